import type { Child } from "hono/jsx";
import type { RuleAnswer } from "../../catalog/queries/answers.ts";
import { rule } from "../../catalog/queries/rule.ts";
import { translationsOf } from "../../catalog/translations.ts";
import { lineStarts, positionAt } from "../../kit/span.ts";
import type { Translation } from "../../platforms/translation.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import { addresses, jsonAddress, phraseAddress } from "../addresses.ts";
import { SeverityBadge, VendorBadge } from "../components/badges.tsx";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { Code, shownLines } from "../components/code.tsx";
import { Diagnostics } from "../components/diagnostics.tsx";
import { Empty } from "../components/empty.tsx";
import { ExclusionList } from "../components/exclusions.tsx";
import { FieldNames } from "../components/field-names.tsx";
import { IndicatorTable } from "../components/indicator-table.tsx";
import { Proof } from "../components/proof.tsx";
import { RelatedRules, RuleCard } from "../components/rule-card.tsx";
import { RuleEvents } from "../components/rule-events.tsx";
import { Contents, type ContentsEntry, Section } from "../components/section.tsx";
import { Stages } from "../components/stages.tsx";
import { Translations } from "../components/translations.tsx";
import { hasCase, type Reading } from "../components/tree.tsx";
import { renderMarkdown } from "../markdown.ts";
import { definePage, found, type Site } from "../page.ts";
import { placesOf } from "../places.ts";
import { cut, kindWord, languageName } from "../wording.ts";

interface RulePage extends RuleAnswer {
  readonly translations: readonly Translation[];
}

/** One rule: what it does, what it says, where it comes from. */
export const rulePage = definePage<RulePage>({
  path: "/rules/:corpus/:slug",
  load: ({ database }, { params }) => {
    const { corpus = "", slug = "" } = params;
    const answer = rule(database, corpus, slug);
    if (answer === null) {
      return {
        type: "missing",
        what: "The catalog has no such rule.",
        hint: "Rules move and are renamed; the search finds them by id.",
      };
    }
    if (slug !== answer.slug) return { type: "moved", to: addresses.rule(answer) };
    return found({ ...answer, translations: translationsOf(database, answer) });
  },
  view: (data, site) => ({
    title: data.title,
    summary: cut(data.document.description.replace(/\s+/g, " ").trim(), 200),
    place: "rule",
    body: <RuleBody data={data} site={site} />,
  }),
});

function RuleBody({ data, site }: { readonly data: RulePage; readonly site: Site }): Child {
  const { document } = data;
  const places = placesOf(data);
  const starts = lineStarts(data.raw);
  const { uses } = predicatesOf(data.logic);
  const caseMatters = new Set(uses.filter((one) => hasCase(one.predicate)).map((one) => one.predicate.caseSensitive));
  const shown = shownLines(data.raw);
  const reading: Reading = {
    lineOf: (predicate) => {
      const place = places.get(predicate);
      const line = place === undefined ? null : positionAt(starts, place.start).line;
      return line !== null && line <= shown ? line : null;
    },
    sayCase: caseMatters.size > 1,
  };
  const json = jsonAddress(addresses.rule(data));
  const corpusName = site.corpusNames.get(data.corpus) ?? data.corpus;
  return (
    <>
      <Breadcrumb
        crumbs={[
          { label: "Corpora", href: addresses.corpora },
          { label: corpusName, href: addresses.corpus(data.corpus) },
          { label: data.slug },
        ]}
      />
      <header class="head">
        <p class="headword-id">
          <VendorBadge corpus={data.corpus} label={corpusName} href={addresses.corpus(data.corpus)} />
          <span class="class">
            {data.language === ""
              ? `${kindWord(data.kind)} without a query`
              : `${languageName(data.language)} ${kindWord(data.kind)}`}
          </span>
        </p>
        <h1>{data.title}</h1>
        <ul class="facts-line">
          {data.severity !== null && (
            <li>
              <SeverityBadge severity={data.severity} />
            </li>
          )}
          {data.status !== "" && <li class="quiet">{data.status}</li>}
          {data.techniques.map(({ id, name }) => (
            <li>
              <a class="tag" href={addresses.technique(id)}>
                {id} {name ?? ""}
              </a>
            </li>
          ))}
        </ul>
      </header>
      {data.lifecycle !== "active" && (
        <p class="notice">Its authors have marked this rule as {data.lifecycle}. It counts in none of the tables.</p>
      )}
      <div class="columns">
        <div class="text">
          {document.description !== "" && <div class="prose lead-in">{renderMarkdown(document.description, 3)}</div>}
          <Section
            id="logic"
            title="What it does"
            note={`${outcomeNotes[data.outcome] ?? ""} ${caseNote(caseMatters)}`.trim()}
          >
            {data.logic.stages.length === 0 ? (
              <Empty title="This rule has no query." />
            ) : (
              <Stages logic={data.logic} reading={reading} />
            )}
          </Section>
          {data.proof !== null && (
            <Section
              id="proof"
              title="Proof"
              note="What the rule does on the events that tests must leave, as our engine sees it. Events are derived from the commands of the tests; nobody ran them."
            >
              <Proof proof={data.proof} json={json} />
            </Section>
          )}
          {data.events.length > 0 && (
            <Section
              id="events"
              title="Events it needs"
              count={data.events.length}
              note="What has to be logged for it to fire, and why we say so."
            >
              <RuleEvents events={data.events} />
            </Section>
          )}
          {data.exclusions.length > 0 && (
            <Section
              id="exclusions"
              title="What it leaves out"
              count={data.exclusions.length}
              note="Parts of one exclusion must hold together. The number counts the active rules that leave out exactly the same."
            >
              <ExclusionList exclusions={data.exclusions} />
            </Section>
          )}
          {data.indicators.length > 0 && (
            <Section
              id="indicators"
              title="Indicators"
              count={data.indicators.length}
              note="Reach counts the active rules of the whole catalog that look for the same."
            >
              <IndicatorTable indicators={data.indicators} caption={`Indicators of ${data.title}`} here={null} />
            </Section>
          )}
          {data.predicates.length > 0 && (
            <Section
              id="names"
              title="Fields by their common names"
              note="What the rule's own names mean in the common vocabulary, and which table says so."
            >
              <FieldNames predicates={data.predicates} />
            </Section>
          )}
          <Section
            id="text"
            title="The rule as written"
            note={
              <>
                {places.size > 0 && (
                  <>
                    <mark class="looked-for">Looked for</mark> and <mark class="left-out">left out</mark> are marked.{" "}
                  </>
                )}
                <code>{data.path}</code>
              </>
            }
          >
            <Code label={`Text of ${data.title}`} text={data.raw} marks={places.values()} whole={json} />
          </Section>
          <Section
            id="translations"
            title="Translations"
            count={data.translations.filter((one) => one.query !== null).length}
            note="The same logic in the languages of other platforms, and what became of each part of it. A query that would find more than the rule is not shown."
          >
            <Translations translations={data.translations} whole={json} />
          </Section>
          {document.falsePositives.length > 0 && (
            <Section id="false-positives" title="Known false positives" count={document.falsePositives.length}>
              <ul class="plain">
                {document.falsePositives.map((text) => (
                  <li>{text}</li>
                ))}
              </ul>
            </Section>
          )}
          {data.searchTerms.length > 0 && (
            <Section
              id="terms"
              title="Words to search raw logs for"
              note="Literal parts of what the rule looks for, longest first."
            >
              <p class="values">
                {data.searchTerms.map((term) => (
                  <a href={phraseAddress(term)}>
                    <code class="value">{cut(term, 160)}</code>
                  </a>
                ))}
              </p>
            </Section>
          )}
          {data.outputFields.length > 0 && (
            <Section id="output" title="Output fields" count={data.outputFields.length}>
              <p class="values">
                {data.outputFields.map((field) => (
                  <code>{field}</code>
                ))}
              </p>
            </Section>
          )}
          {document.sections.length > 0 && (
            <Section
              id="sections"
              title="Notes of the authors"
              note="Written by the rule's authors, under the rule's licence."
            >
              {document.sections.map(({ title, markdown }, index) => (
                <details class="chapter" {...(index === 0 && document.sections.length === 1 ? { open: true } : {})}>
                  <summary>
                    <h3>{title}</h3>
                  </summary>
                  <div class="prose">{renderMarkdown(markdown)}</div>
                </details>
              ))}
            </Section>
          )}
          {data.related.length > 0 && (
            <Section id="related" title="Related rules" count={data.related.length}>
              <RelatedRules related={data.related} />
            </Section>
          )}
          {data.diagnostics.length > 0 && (
            <Section id="diagnostics" title="What we noticed" count={data.diagnostics.length}>
              <Diagnostics items={data.diagnostics} corpus={null} />
            </Section>
          )}
        </div>
        <div class="aside">
          <RuleCard data={data} corpusName={corpusName} json={json} />
          <Contents entries={contentsOf(data)} />
        </div>
      </div>
    </>
  );
}

/** How far to trust what follows, by how the rule came out. */
const outcomeNotes: Readonly<Record<string, string>> = {
  parsed: "As we read it: events come in at the top, hits go out at the bottom.",
  failed: "Parts of it were not understood; see what we noticed, below.",
  unread: "Its query is kept as text: we have no parser for its language.",
  queryless: "It has no query: what it does is said by its metadata alone.",
};

function caseNote(matters: ReadonlySet<boolean>): string {
  if (matters.size !== 1) return "";
  return matters.has(true) ? "Case matters in every comparison." : "Case does not matter.";
}

function contentsOf(data: RulePage): readonly ContentsEntry[] {
  const { document } = data;
  const entries: readonly (ContentsEntry & { readonly present: boolean })[] = [
    { id: "logic", title: "What it does", present: true },
    { id: "proof", title: "Proof", present: data.proof !== null },
    { id: "events", title: "Events it needs", count: data.events.length, present: data.events.length > 0 },
    {
      id: "exclusions",
      title: "What it leaves out",
      count: data.exclusions.length,
      present: data.exclusions.length > 0,
    },
    { id: "indicators", title: "Indicators", count: data.indicators.length, present: data.indicators.length > 0 },
    { id: "names", title: "Fields", present: data.predicates.length > 0 },
    { id: "text", title: "The rule as written", present: true },
    {
      id: "translations",
      title: "Translations",
      count: data.translations.filter((one) => one.query !== null).length,
      present: true,
    },
    { id: "false-positives", title: "False positives", present: document.falsePositives.length > 0 },
    { id: "terms", title: "Search words", present: data.searchTerms.length > 0 },
    { id: "output", title: "Output fields", present: data.outputFields.length > 0 },
    { id: "sections", title: "Notes", present: document.sections.length > 0 },
    { id: "related", title: "Related rules", present: data.related.length > 0 },
    { id: "diagnostics", title: "What we noticed", present: data.diagnostics.length > 0 },
  ];
  return entries.filter(({ present }) => present).map(({ present: _, ...entry }) => entry);
}
