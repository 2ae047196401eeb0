import type { Child } from "hono/jsx";
import type { SearchAnswer } from "../../catalog/queries/answers.ts";
import { type IndicatorStatement, indicatorStatement } from "../../catalog/queries/indicator-lookup.ts";
import { wordsOf } from "../../catalog/queries/match-expression.ts";
import { type Narrowing, nonsense } from "../../catalog/queries/narrowing.ts";
import { search } from "../../catalog/queries/search.ts";
import { techniqueFor } from "../../catalog/queries/technique-alias.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { addresses, mitreAddress, searchAddress } from "../addresses.ts";
import { SeverityBadge, VendorBadge } from "../components/badges.tsx";
import { Empty } from "../components/empty.tsx";
import { FacetName, FieldName } from "../components/field-name.tsx";
import { Marked } from "../components/marked.tsx";
import { Pager } from "../components/pager.tsx";
import { ruleFacts } from "../components/rule-list.tsx";
import { SearchBox } from "../components/search-box.tsx";
import { definePage, found, invalidPageNumber, pageNumber, type Site } from "../page.ts";
import { cut, operatorWords } from "../wording.ts";

const longestValue = 160;

interface SearchData extends SearchAnswer {
  readonly corpus: string | null;
  readonly technique: string | null;
  /** What the rules are narrowed to, besides the corpus. */
  readonly narrowing: Narrowing;
  /** What the indicators say that the narrowing names by their ids. */
  readonly indicators: readonly IndicatorStatement[];
}

/** Finds ATT&CK objects and rules by what people type. */
export const searchPage = definePage<SearchData>({
  path: "/search",
  load: ({ database }, { query }) => {
    const page = pageNumber(query);
    if (page === null) return invalidPageNumber;
    const corpus = query.get("corpus") || null;
    const asked = query.get("technique")?.toUpperCase() || null;
    const technique = asked === null ? null : techniqueFor(database, asked);
    const without = query.get("without") || null;
    if (without !== null && without !== "event" && without !== "technique") {
      return { type: "invalid", why: "without must be event or technique." };
    }
    const narrowing: Narrowing = {
      technique: technique ?? undefined,
      family: query.get("family") === "yes" ? "yes" : undefined,
      tactic: query.get("tactic") || undefined,
      alone: query.get("alone") === "yes" ? "yes" : undefined,
      facet: query.get("facet") || undefined,
      field: query.get("field") || undefined,
      indicator: query.get("indicator") || undefined,
      excludes: query.get("excludes") || undefined,
      provider: query.get("provider") || undefined,
      event: query.get("event") || undefined,
      without: without ?? undefined,
    };
    const why = nonsense(narrowing);
    if (why !== null) return { type: "invalid", why };
    const answer = search(database, {
      ...narrowing,
      query: query.get("q") ?? "",
      page,
      ...(corpus === null ? {} : { corpus }),
    });
    const indicators = [narrowing.indicator, narrowing.excludes].flatMap((id) =>
      id === undefined ? [] : (indicatorStatement(database, id) ?? []),
    );
    return found({ ...answer, corpus, technique, narrowing, indicators });
  },
  view: (data, site) => ({
    title: data.query === "" ? headingOf(data) : `${data.query} · Search`,
    place: "search",
    body: <SearchBody data={data} site={site} />,
  }),
});

function SearchBody({ data, site }: { readonly data: SearchData; readonly site: Site }): Child {
  const { narrowing } = data;
  const parts = narrowedTo(data);
  const asked = data.query !== "" || parts.length > 0;
  const narrowed = { ...narrowing, query: data.query, corpus: data.corpus ?? undefined };
  const all = data.vendors.reduce((sum, one) => sum + one.rules, 0);
  return (
    <>
      <header class="head">
        <h1>{data.query === "" ? headingOf(data) : "Search"}</h1>
      </header>
      <SearchBox size="large" query={data.query} narrowing={narrowing} corpus={data.corpus ?? undefined} />
      {parts.length > 0 && (
        <p class="note">
          Only rules{" "}
          {parts.map((part, position) => (
            <>
              {position > 0 && ", "}
              {part}
            </>
          ))}
          . {data.query !== "" && <a href={searchAddress({ query: data.query })}>Search all rules</a>}
        </p>
      )}
      {!asked && (
        <Empty title="What are you looking for?">
          <p>
            A program, a path, a field, a word of a title, a CVE, the id of a technique or a rule. Every word must
            occur; put double quotes around what belongs together.
          </p>
        </Empty>
      )}
      {data.attack.length > 0 && (
        <section aria-labelledby="attack-title">
          <h2 id="attack-title" class="small-title">
            In ATT&amp;CK
          </h2>
          <ul class="attack-hits">{data.attack.map(attackHit)}</ul>
        </section>
      )}
      {data.tests.length > 0 && (
        <section aria-labelledby="tests-title">
          <h2 id="tests-title" class="small-title">
            Tests
          </h2>
          <ul class="attack-hits">
            {data.tests.map((one) => (
              <li>
                <a href={addresses.test(one.guid)}>
                  <code>
                    {one.technique}-{one.number}
                  </code>{" "}
                  <span class="name">{one.name}</span>
                  <span class="facts">{counted(one.fired, "rule")}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {asked && (
        <section aria-labelledby="rules-title">
          <h2 id="rules-title" class="small-title">
            {counted(data.total, "rule")} found
            {data.active < data.total && <span class="count">{formatNumber(data.active)} active</span>}
          </h2>
          {data.vendors.length > 0 && (
            <nav class="chips" aria-label="Narrow to one corpus">
              <a
                class="vendor v-all"
                href={searchAddress({ ...narrowed, corpus: undefined })}
                {...(data.corpus === null ? { "aria-current": "true" } : {})}
              >
                all<b>{all}</b>
              </a>
              {data.vendors.map(({ corpus, rules }) => (
                <VendorBadge
                  corpus={corpus}
                  label={site.corpusNames.get(corpus)}
                  count={rules}
                  href={searchAddress({ ...narrowed, corpus })}
                  current={corpus === data.corpus}
                />
              ))}
            </nav>
          )}
          {data.rules.length === 0 ? <NoRules data={data} all={all} /> : <Hits data={data} site={site} />}
          <Pager
            page={data.page}
            pageSize={data.pageSize}
            total={data.total}
            address={(page) => searchAddress({ ...narrowed, page })}
          />
        </section>
      )}
    </>
  );
}

function headingOf(data: SearchData): string {
  const { narrowing } = data;
  if (narrowing.technique !== undefined) return `Rules for ${narrowing.technique}`;
  if (narrowing.without !== undefined)
    return `Rules without ${narrowing.without === "event" ? "an event" : "a technique"}`;
  return narrowedTo(data).length === 0 ? "Search" : "Rules";
}

/** What the rules have in common, with links to its pages: where no rule was found there may be none. */
function narrowedTo({ narrowing, indicators, total }: SearchData): readonly Child[] {
  const { technique, family, tactic, alone, facet, field, indicator, excludes, provider, event, without } = narrowing;
  const link = (href: string, inside: Child): Child =>
    total === 0 ? <code>{inside}</code> : <a href={href}>{inside}</a>;
  const parts: Child[] = [];
  if (technique !== undefined) {
    parts.push(<>for {link(addresses.technique(technique), technique)}</>);
    if (family !== undefined) parts.push("or for a technique of its family");
  }
  if (tactic !== undefined) {
    parts.push(<>under the tactic {link(addresses.tactic(tactic), tactic)}</>);
    if (alone !== undefined) parts.push("with none of its techniques");
  }
  if (facet !== undefined)
    parts.push(<>that filter on {total === 0 ? <code>{facet}</code> : <FacetName facet={facet} />}</>);
  if (field !== undefined) parts.push(<>that filter on {<FieldName field={field} linked={total > 0} />}</>);
  if (indicator !== undefined) parts.push(<>that look for {indicatorLink(indicator, indicators)}</>);
  if (excludes !== undefined) parts.push(<>that leave out {indicatorLink(excludes, indicators)}</>);
  if (provider !== undefined && event === undefined)
    parts.push(<>that need {link(addresses.provider(provider), provider)}</>);
  if (provider !== undefined && event !== undefined) {
    parts.push(<>that need {link(addresses.event({ provider, eventId: event }), `${provider} ${event}`)}</>);
  }
  if (without !== undefined) parts.push(without === "event" ? "tied to no event" : "tagged with no technique");
  return parts;
}

function indicatorLink(id: string, known: readonly IndicatorStatement[]): Child {
  const statement = known.find((one) => one.id === id);
  if (statement === undefined) return <code>{id}</code>;
  const { field, operator, value } = statement;
  return (
    <>
      <FieldName field={field} /> <span class="verb">{operatorWords[operator]}</span>{" "}
      <a href={addresses.indicator(id)}>
        <code class="value">{value === "" ? '""' : cut(value, longestValue)}</code>
      </a>
    </>
  );
}

function attackHit({ id, name, kind, rules }: SearchAnswer["attack"][number]): Child {
  const technique = kind === "technique";
  const address = ownAddress(id, kind) ?? mitreAddress(id);
  const inside = (
    <>
      <code>{id}</code> <span class="name">{name}</span>
      <span class="facts">{technique ? counted(rules, "rule") : kind}</span>
    </>
  );
  return <li>{address === null ? <span>{inside}</span> : <a href={address}>{inside}</a>}</li>;
}

function ownAddress(id: string, kind: string): string | null {
  switch (kind) {
    case "technique":
      return addresses.technique(id);
    case "tactic":
      return addresses.tactic(id);
    case "group":
      return addresses.group(id);
    case "software":
      return addresses.software(id);
    default:
      return null;
  }
}

function Hits({ data, site }: { readonly data: SearchData; readonly site: Site }): Child {
  const words = wordsOf(data.query);
  return (
    <ol class="hits" start={(data.page - 1) * data.pageSize + 1}>
      {data.rules.map((rule) => (
        <li>
          <h3>
            <a href={addresses.rule(rule)}>
              <Marked text={rule.title} words={words} />
            </a>
          </h3>
          <p class="excerpt">
            <Marked text={rule.excerpt} words={words} />
          </p>
          <p class="facts">
            <VendorBadge corpus={rule.corpus} label={site.corpusNames.get(rule.corpus)} />
            <SeverityBadge severity={rule.severity} />
            <span>{ruleFacts(rule)}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}

function NoRules({ data, all }: { readonly data: SearchData; readonly all: number }): Child {
  if (all > 0 && data.page > 1) return <Empty title="There are not that many pages." />;
  if (all > 0) return <Empty title="No rule of this corpus; others have some." />;
  return (
    <Empty title="No rule holds all of this.">
      <ul>
        <li>Every word must occur: try fewer of them.</li>
        <li>Words are found from their beginning only: rundll finds rundll32.exe, dll32 does not.</li>
        <li>A word of punctuation only cannot be found.</li>
      </ul>
    </Empty>
  );
}
