import type { Child } from "hono/jsx";
import { eventMeant } from "../../catalog/queries/event-lookup.ts";
import { type EventFieldAnswer, type EventPageAnswer, event } from "../../catalog/queries/events.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses, jsonAddress, searchAddress } from "../addresses.ts";
import { VendorBadge, vendorClass } from "../components/badges.tsx";
import { Bar, StackedBar } from "../components/bar.tsx";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { Empty } from "../components/empty.tsx";
import { EventTable, TieChips } from "../components/event-table.tsx";
import { FacetName, FieldName } from "../components/field-name.tsx";
import { Figures } from "../components/figures.tsx";
import { elsewhere, Head, quiet } from "../components/head.tsx";
import { IndicatorTable } from "../components/indicator-table.tsx";
import { Section } from "../components/section.tsx";
import { Table } from "../components/table.tsx";
import { TechniqueLinks } from "../components/technique-links.tsx";
import { definePage, found, type Site } from "../page.ts";

/** One event: what it holds, and what rules look for in it. */
export const eventPage = definePage<EventPageAnswer>({
  path: "/events/:provider/:event",
  load: ({ database }, { params }) => {
    const answer = event(database, params.provider ?? "", params.event ?? "");
    if (answer !== null) return found(answer);
    const meant = eventMeant(database, `${params.provider ?? ""} ${params.event ?? ""}`);
    if (meant.type === "event") return { type: "moved", to: addresses.event(meant) };
    return {
      type: "missing",
      what: "The catalog knows no such event.",
      hint: "The list of all providers leads to the events of each.",
    };
  },
  view: (data, site) => ({
    title: `${nameOf(data)} ${data.title}`,
    summary: `${data.title} (${nameOf(data)}): its fields, and the detection rules that need it.`,
    place: "events",
    body: <EventBody data={data} site={site} />,
  }),
});

function nameOf({ provider, eventId }: EventPageAnswer): string {
  return eventId === "*" ? `${provider}, any event` : `${provider} ${eventId}`;
}

function EventBody({ data, site }: { readonly data: EventPageAnswer; readonly site: Site }): Child {
  const { provider, eventId, rules } = data;
  const own = { provider, event: eventId };
  return (
    <>
      <Breadcrumb
        crumbs={[
          { label: "Events", href: addresses.events },
          { label: provider, href: addresses.provider(provider) },
          { label: eventId === "*" ? "any" : eventId },
        ]}
      />
      <Head
        id={eventId === "*" ? "any event" : eventId}
        what={`event of ${provider}`}
        title={data.title}
        facts={[
          quiet(data.subcategory),
          ...data.channels.map((channel) => <code>{channel}</code>),
          elsewhere(data.source),
          <a href={jsonAddress(addresses.event(data))}>as JSON</a>,
        ]}
      />
      {rules === 0 ? (
        <Empty title="No active rule needs this event." />
      ) : (
        <>
          <Figures items={[{ label: "active rules", value: rules, href: searchAddress(own) }]} />
          <div class="shares">
            <StackedBar parts={data.vendors.map((one) => ({ name: vendorClass(one.corpus), value: one.rules }))} />
            <p class="chips">
              {data.vendors.map((one) => (
                <VendorBadge
                  corpus={one.corpus}
                  label={site.corpusNames.get(one.corpus)}
                  count={one.rules}
                  href={searchAddress({ ...own, corpus: one.corpus })}
                />
              ))}
            </p>
            <p>
              <TieChips ties={data.ties} partial={data.partial} />
            </p>
          </div>
        </>
      )}
      {(data.logging ?? data.providerLogging) !== null && (
        <Section id="logging" title="How to switch it on">
          {data.logging !== null && <p>{data.logging}</p>}
          {data.providerLogging !== null && <p>{data.providerLogging}</p>}
        </Section>
      )}
      <Section
        id="fields"
        title="Fields"
        count={data.fields.length}
        note="As the product logs them, and the rules tied to this event that filter on each, in whichever form."
      >
        {data.fields.length === 0 ? (
          <Empty title="Nobody has told us the fields of this event." />
        ) : (
          <Table
            caption={`Fields of ${nameOf(data)}`}
            narrow="stack"
            columns={[{ title: "Field" }, { title: "Type" }, { title: "Means" }, { title: "Rules", numeric: true }]}
            rows={data.fields.map((one) => fieldRow(one, data))}
          />
        )}
      </Section>
      {data.otherFields.length > 0 && (
        <Section
          id="other-fields"
          title="Other fields that its rules filter on"
          count={data.totals.otherFields}
          note={`Not among its own: the rules need them of other events, of a lookup, or of a newer version of the product. ${firstOf(data.otherFields, data.totals.otherFields) ?? ""}`.trim()}
        >
          <ul class="plain">
            {data.otherFields.map((one) => (
              <li>
                <FacetName facet={one.facet} />{" "}
                <a class="count" href={searchAddress({ ...own, facet: one.facet })}>
                  {formatNumber(one.rules)}
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {data.values.length > 0 && (
        <Section
          id="values"
          title="Looked for most"
          count={data.totals.values}
          note={firstOf(data.values, data.totals.values)}
        >
          <IndicatorTable
            indicators={data.values}
            caption={`Indicators of rules for ${nameOf(data)}`}
            here="Rules here"
          />
        </Section>
      )}
      {data.together.length > 0 && (
        <Section
          id="together"
          title="Usually needed with it"
          count={data.totals.together}
          note={`Other events that the same rules are tied to; any one of them may do where a log source has several. ${firstOf(data.together, data.totals.together) ?? ""}`.trim()}
        >
          <EventTable
            events={data.together}
            caption={`Events needed together with ${nameOf(data)}`}
            whole={rules}
            narrowing={{}}
          />
        </Section>
      )}
      <TechniqueLinks techniques={data.techniques} total={data.totals.techniques} of={nameOf(data)} />
    </>
  );
}

/** Says that a list is cut; undefined for one that is whole. */
function firstOf(shown: readonly unknown[], total: number): string | undefined {
  return shown.length < total ? `The first ${shown.length} are listed.` : undefined;
}

function fieldRow(
  { name, type, field, facet, rules }: EventFieldAnswer,
  { provider, eventId, rules: whole }: EventPageAnswer,
): readonly Child[] {
  const behind = facet === null ? null : searchAddress({ provider, event: eventId, facet });
  return [
    <code>{name}</code>,
    type,
    field === null ? <span class="quiet">no common name</span> : <FieldName field={field} />,
    <span class="counted">
      <Bar part={rules} whole={whole} />
      {rules === 0 || behind === null ? formatNumber(rules) : <a href={behind}>{formatNumber(rules)}</a>}
    </span>,
  ];
}
