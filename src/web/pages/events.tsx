import type { Child } from "hono/jsx";
import type { TieCounts } from "../../catalog/queries/answers.ts";
import { type ProviderLine, providers } from "../../catalog/queries/events.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { addresses, searchAddress } from "../addresses.ts";
import { Bar } from "../components/bar.tsx";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { Empty } from "../components/empty.tsx";
import { Section } from "../components/section.tsx";
import { Table } from "../components/table.tsx";
import { definePage, found } from "../page.ts";

interface EventsData {
  readonly filter: { readonly text: string; readonly product: string };
  readonly products: readonly string[];
  readonly providers: readonly ProviderLine[];
  /** Active rules of each corpus by their strongest tie. */
  readonly tied: readonly { readonly corpus: string; readonly tied: TieCounts }[];
}

/** Who writes the events that rules need, and the rules that are tied to none. */
export const eventsPage = definePage<EventsData>({
  path: "/events",
  load: ({ database, site }, { query }) => {
    const all = providers(database);
    const filter = { text: (query.get("q") ?? "").trim(), product: query.get("product") ?? "" };
    const wanted = filter.text.toLowerCase();
    return found({
      filter,
      products: [...new Set(all.map((one) => one.product))].sort(),
      providers: all.filter(
        ({ name, title, product }) =>
          (filter.product === "" || product === filter.product) &&
          (name.toLowerCase().includes(wanted) || title.toLowerCase().includes(wanted)),
      ),
      tied: site.overview.corpora.filter((one) => one.active > 0).map(({ id, tied }) => ({ corpus: id, tied })),
    });
  },
  view: (data, site) => ({
    title: "Events",
    summary: "Who writes the events that detection rules need, and how many rules need each.",
    place: "events",
    body: <EventsBody data={data} corpusNames={site.corpusNames} />,
  }),
});

function EventsBody({
  data: { filter, products, providers: shown, tied },
  corpusNames,
}: {
  readonly data: EventsData;
  readonly corpusNames: ReadonlyMap<string, string>;
}): Child {
  const most = Math.max(1, ...shown.map((one) => one.rules));
  const narrowed = filter.text !== "" || filter.product !== "";
  return (
    <>
      <Breadcrumb crumbs={[{ label: "Home", href: addresses.home }, { label: "Events" }]} />
      <header class="head">
        <h1>Events</h1>
        <p class="lead">What has to be logged: who writes events, and the active rules that need them.</p>
      </header>
      <form class="filter" action={addresses.events} method="get" aria-label="Filter providers">
        <label>
          Name
          <input type="search" name="q" value={filter.text} maxlength={100} placeholder="Sysmon" autocomplete="off" />
        </label>
        <label>
          Product
          <select name="product">
            <option value="">all</option>
            {products.map((product) => (
              <option value={product} {...(product === filter.product ? { selected: true } : {})}>
                {product}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">Filter</button>
      </form>
      {narrowed && (
        <p class="note" role="status">
          {counted(shown.length, "provider")} found. <a href={addresses.events}>Show all</a>
        </p>
      )}
      {shown.length === 0 ? (
        <Empty title="No provider matches." />
      ) : (
        <Table
          caption="Providers of events with the rules that need them"
          narrow="stack"
          columns={[
            { title: "Provider" },
            { title: "Product" },
            { title: "Rules", numeric: true },
            { title: "Events used", numeric: true },
            { title: "Events known", numeric: true },
          ]}
          rows={shown.map((one) => [
            <>
              <a href={addresses.provider(one.name)}>{one.name}</a>{" "}
              {one.title !== one.name && <span class="quiet">{one.title}</span>}
            </>,
            one.product,
            <span class="counted">
              <Bar part={one.rules} whole={most} />
              {formatNumber(one.rules)}
            </span>,
            formatNumber(one.eventsUsed),
            formatNumber(one.events),
          ])}
        />
      )}
      <Section
        id="unattributed"
        title="(unattributed)"
        note="Active rules that we can tie to no event: their text does not say enough, or we do not know their log source yet."
      >
        <ul class="plain">
          {tied.map(({ corpus, tied: { none } }) => (
            <li>
              {none === 0 ? (
                `${corpusNames.get(corpus) ?? corpus}: none`
              ) : (
                <a href={searchAddress({ corpus, without: "event" })}>
                  {corpusNames.get(corpus) ?? corpus}: {counted(none, "rule")}
                </a>
              )}
            </li>
          ))}
          <li>
            <a href={searchAddress({ without: "technique" })}>Rules of any corpus that carry no technique</a>
          </li>
        </ul>
      </Section>
    </>
  );
}
