import type { Child } from "hono/jsx";
import { counted, formatNumber } from "../../../kit/numbers.ts";
import type { LogNeed } from "../../../packages/detection-package.ts";
import { Fact } from "./fact.tsx";
import type { PackagePartProps } from "./package-part.ts";

/** Logs shown open. */
const openNeeds = 3;

/** Events named for a log, and detections that read it. */
const most = { events: 12, detections: 8 } as const;

/** The logs that must be collected, where they stand and how they are switched on. */
export function Needs({ data, links }: PackagePartProps): Child {
  return (
    <div class="folds">
      {data.needs.map((need, index) => (
        <details class="fold" {...(index < openNeeds ? { open: true } : {})}>
          <summary>
            <h3>
              {need.title} <code class="quiet">{need.id}</code>
            </h3>
            <span class="marks">
              <span class="chip">read by {formatNumber(need.detections.length)}</span>
            </span>
          </summary>
          <div class="fold-body" id={`need-${index + 1}`}>
            <dl class="facts-table">
              <Fact term="Stands in">
                {need.places.length === 0 ? (
                  "no place that we know"
                ) : (
                  <span class="values">
                    {need.places.map((one) => (
                      <code>{one}</code>
                    ))}
                  </span>
                )}
              </Fact>
              {need.settings.length > 0 && (
                <Fact term="Switch on">
                  <ul class="plain">
                    {need.settings.map((one) => (
                      <li>{one}</li>
                    ))}
                  </ul>
                </Fact>
              )}
              {need.events.length > 0 && (
                <Fact term="Events">
                  <Events need={need} links={links} />
                </Fact>
              )}
              <Fact term="Read by">
                <ReadBy need={need} data={data} />
              </Fact>
            </dl>
          </div>
        </details>
      ))}
    </div>
  );
}

function Events({ need, links }: { readonly need: LogNeed } & Pick<PackagePartProps, "links">): Child {
  return (
    <ul class="event-list">
      {need.events.slice(0, most.events).map(({ provider, id, title }) => {
        const address = links.events.get(`${provider} ${id}`);
        const name = `${provider} ${id}`;
        return (
          <li>
            {address === undefined ? name : <a href={address}>{name}</a>} <span class="quiet">{title}</span>
          </li>
        );
      })}
      {need.events.length > most.events && <li>… and {counted(need.events.length - most.events, "more event")}</li>}
    </ul>
  );
}

function ReadBy({ need, data }: { readonly need: LogNeed } & Pick<PackagePartProps, "data">): Child {
  const readers = data.detections.flatMap((one, index) => (need.detections.includes(one.id) ? [{ one, index }] : []));
  if (readers.length === 0) return <>no detection that is shown</>;
  const left = readers.length - most.detections;
  return (
    <ul class="inline-list">
      {readers.slice(0, most.detections).map(({ one, index }) => (
        <li>
          <a href={`#detection-${index + 1}`}>{one.title}</a>
        </li>
      ))}
      {left > 0 && <li>and {left} more</li>}
    </ul>
  );
}
