import type { Child } from "hono/jsx";
import { eventMeant } from "../../catalog/queries/event-lookup.ts";
import { type ProviderAnswer, provider } from "../../catalog/queries/events.ts";
import { addresses, jsonAddress, searchAddress } from "../addresses.ts";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { EventTable } from "../components/event-table.tsx";
import { Figures } from "../components/figures.tsx";
import { elsewhere, Head, quiet } from "../components/head.tsx";
import { Section } from "../components/section.tsx";
import { TechniqueLinks } from "../components/technique-links.tsx";
import { definePage, found } from "../page.ts";

/** Events shown at most; some providers write thousands. */
const mostEvents = 400;

/** Who writes events: each of them with the rules that need it. */
export const providerPage = definePage<ProviderAnswer>({
  path: "/events/:provider",
  load: ({ database }, { params }) => {
    const answer = provider(database, params.provider ?? "");
    if (answer !== null) return found(answer);
    const meant = eventMeant(database, params.provider ?? "");
    if (meant.type === "provider") return { type: "moved", to: addresses.provider(meant.provider) };
    const near = meant.type === "unknown" ? meant.near : [];
    return {
      type: "missing",
      what: "The catalog knows no provider of this name.",
      hint:
        near.length > 0
          ? `Did you mean ${near.join(", ")}?`
          : "The list of all providers can be filtered by a part of the name.",
    };
  },
  view: (data) => ({
    title: data.name,
    summary: `Events of ${data.name}, and the detection rules that need each.`,
    place: "events",
    body: <ProviderBody data={data} />,
  }),
});

function ProviderBody({ data }: { readonly data: ProviderAnswer }): Child {
  const { name, events } = data;
  const used = events.filter((one) => one.rules > 0);
  const others = events.filter((one) => one.rules === 0);
  return (
    <>
      <Breadcrumb crumbs={[{ label: "Events", href: addresses.events }, { label: name }]} />
      <Head
        id={data.product}
        what="provider"
        title={name}
        facts={[
          quiet(data.title === name ? null : data.title),
          ...data.channels.map((channel) => <code>{channel}</code>),
          elsewhere(data.source),
          <a href={jsonAddress(addresses.provider(name))}>as JSON</a>,
        ]}
      />
      <Figures
        items={[
          { label: "active rules", value: data.rules, href: searchAddress({ provider: name }) },
          { label: "events used by rules", value: data.eventsUsed, href: "#events" },
          { label: "events known", value: events.length },
        ]}
      />
      {data.logging !== null && (
        <Section id="logging" title="How to switch it on">
          <p>{data.logging}</p>
        </Section>
      )}
      {used.length > 0 && (
        <Section id="events" title="Events that rules need" count={used.length}>
          <EventTable
            events={used.slice(0, mostEvents)}
            caption={`Events of ${name} that rules need`}
            whole={data.rules}
            narrowing={{}}
          />
        </Section>
      )}
      {others.length > 0 && (
        <Section
          id="others"
          title="Events that no rule needs"
          count={others.length}
          note={others.length > mostEvents ? `The first ${mostEvents} are listed.` : undefined}
        >
          <details class="more" {...(used.length === 0 ? { open: true } : {})}>
            <summary>Show them</summary>
            <ul class="plain">
              {others.slice(0, mostEvents).map((one) => (
                <li>
                  <a href={addresses.event(one)}>
                    <code>{one.eventId}</code>
                  </a>{" "}
                  {one.title}
                </li>
              ))}
            </ul>
          </details>
        </Section>
      )}
      <TechniqueLinks techniques={data.techniques} total={data.totals.techniques} of={name} />
    </>
  );
}
