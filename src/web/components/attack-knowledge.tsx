import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { TechniqueObject } from "../../catalog/queries/answers.ts";
import { formatNumber } from "../../kit/numbers.ts";
import type { DetectionStrategy } from "../../rule/attack.ts";
import { addresses, mitreAddress } from "../addresses.ts";
import { renderAttackText } from "../markdown.ts";

/** Objects shown at once; the rest unfolds. Some software lists have hundreds. */
const openObjects = 24;

/** Objects listed at most; the rest is in the JSON. */
const mostObjects = 150;

export function AttackObjects({
  objects,
  json,
}: {
  readonly objects: readonly TechniqueObject[];
  readonly json: string;
}): Child {
  return (
    <>
      <ul class="objects">{objects.slice(0, openObjects).map(objectLink)}</ul>
      {objects.length > openObjects && (
        <details class="more">
          <summary>{formatNumber(objects.length - openObjects)} more</summary>
          <ul class="objects">{objects.slice(openObjects, mostObjects).map(objectLink)}</ul>
          {objects.length > mostObjects && (
            <p class="note">
              <a href={json}>… and {formatNumber(objects.length - mostObjects)} more</a>
            </p>
          )}
        </details>
      )}
    </>
  );
}

/** Groups and software have a page of ours; campaigns and mitigations have one at MITRE. */
function objectLink({ id, name }: TechniqueObject): Child {
  const own = id.startsWith("G") ? addresses.group(id) : id.startsWith("S") ? addresses.software(id) : null;
  if (own !== null) return html`<li><a href="${own}" title="${id}">${name}</a></li>`;
  const address = mitreAddress(id);
  return address === null
    ? html`<li>${name}</li>`
    : html`<li><a href="${address}" rel="noopener noreferrer" title="${id}">${name}</a></li>`;
}

export interface StrategiesProps {
  readonly strategies: readonly DetectionStrategy[];
  /** Ids of techniques that have a page. */
  readonly techniques: ReadonlySet<string>;
}

export function Strategies({ strategies, techniques }: StrategiesProps): Child {
  return (
    <>
      {strategies.map(({ id, name, analytics }) => (
        <details class="strategy">
          <summary>
            <h3>
              <code>{id}</code> {name} <span class="count">{formatNumber(analytics.length)}</span>
            </h3>
          </summary>
          {analytics.map((analytic) => (
            <article>
              <h4>
                {analytic.id} <span class="quiet">{analytic.platforms.join(", ")}</span>
              </h4>
              <div class="prose">{renderAttackText(analytic.description, techniques)}</div>
              {analytic.logSources.length > 0 && (
                <ul class="sources">
                  {analytic.logSources.map((source) => (
                    <li>
                      <span class="quiet">{source.component}</span> <code>{source.name}</code>
                      {source.channel !== "" && <span> {source.channel}</span>}
                    </li>
                  ))}
                </ul>
              )}
              {analytic.mutableElements.length > 0 && (
                <dl class="mutable">
                  {analytic.mutableElements.map(({ field, description }) => (
                    <div>
                      <dt>
                        <code>{field}</code>
                      </dt>
                      <dd>{description}</dd>
                    </div>
                  ))}
                </dl>
              )}
            </article>
          ))}
        </details>
      ))}
    </>
  );
}
