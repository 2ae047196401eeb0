import type { Child } from "hono/jsx";
import type { CorpusAnswer } from "../../catalog/queries/answers.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses, searchAddress } from "../addresses.ts";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { languageColumns, languageRows, opaqueColumns, opaqueRows, RepositoryLink } from "../components/corpus.tsx";
import { Section } from "../components/section.tsx";
import { Table } from "../components/table.tsx";
import { definePage, found } from "../page.ts";
import { formatShare } from "../wording.ts";

interface CorporaData {
  readonly attackVersion: string;
  readonly corpora: readonly CorpusAnswer[];
}

const columns = [
  { title: "Corpus" },
  { title: "Files", numeric: true },
  { title: "Rules", numeric: true },
  { title: "Active", numeric: true },
  { title: "Understood", numeric: true },
  { title: "With an error", numeric: true },
  { title: "No query", numeric: true },
  { title: "Kept as text", numeric: true },
  { title: "Predicates", numeric: true },
  { title: "Named", numeric: true },
  { title: "Nodes", numeric: true },
  { title: "Nodes as text", numeric: true },
  { title: "Tags folded", numeric: true },
];

/** Where the rules come from, and how well we read them. */
export const corporaPage = definePage<CorporaData>({
  path: "/corpora",
  load: ({ site }) => found({ attackVersion: site.overview.attackVersion, corpora: site.overview.corpora }),
  view: ({ attackVersion, corpora }) => ({
    title: "Corpora",
    summary: "The collections that the rules come from, and how much of each was understood.",
    place: "corpora",
    body: (
      <>
        <Breadcrumb crumbs={[{ label: "Home", href: addresses.home }, { label: "Corpora" }]} />
        <header class="head">
          <h1>Corpora</h1>
          <p class="lead">
            Where the rules come from, and how well we read them. Nothing is dropped in silence: what was not understood
            is counted here, and shown in full on the page of its rule.
          </p>
        </header>
        <Section
          id="reading"
          title="How they were read"
          note={`Tags folded: ATT&CK tags of another version than ${attackVersion}, the one that is loaded. Their rules stand under what that version has for them.`}
        >
          <Table
            caption="Rules of each corpus by outcome"
            narrow="scroll"
            columns={columns}
            rows={corpora.map(corpusRow)}
          />
        </Section>
        <Section
          id="events"
          title="Tied to events"
          note="Active rules by the strongest reason for which they need an event: the rule names it, its log source means it, or we infer it."
        >
          <Table
            caption="Active rules of each corpus by their tie to events"
            narrow="scroll"
            columns={tieColumns}
            rows={corpora.filter((one) => one.active > 0).map(tieRow)}
          />
        </Section>
        <Section id="languages" title="By language">
          <Table
            caption="Queries of each corpus by language"
            narrow="scroll"
            columns={[{ title: "Corpus" }, ...languageColumns]}
            rows={corpora.flatMap((corpus) => languageRows(corpus).map((cells) => [corpus.name, ...cells]))}
          />
        </Section>
        {corpora.some((one) => one.opaqueReasons.length > 0) && (
          <Section
            id="opaque"
            title="Kept as text"
            count={corpora.reduce((sum, one) => sum + one.opaque, 0)}
            note="Parts of queries that no stage of the model can hold yet, by reason."
          >
            <Table
              caption="Why parts of each corpus are kept as text"
              narrow="stack"
              columns={[{ title: "Corpus" }, ...opaqueColumns]}
              rows={corpora.flatMap((corpus) => opaqueRows(corpus).map((cells) => [corpus.name, ...cells]))}
            />
          </Section>
        )}
        <Section id="sources" title="Sources and licences">
          <Table
            caption="Repository, commit and licence of each corpus"
            narrow="scroll"
            columns={[{ title: "Corpus" }, { title: "Repository" }, { title: "Commit" }, { title: "Licence" }]}
            rows={corpora.map((corpus) => [
              corpus.name,
              <RepositoryLink corpus={corpus} />,
              corpus.commit === null ? "not recorded" : <code>{corpus.commit}</code>,
              corpus.licence,
            ])}
          />
        </Section>
      </>
    ),
  }),
});

const tieColumns = [
  { title: "Corpus" },
  { title: "Active", numeric: true },
  { title: "Stated", numeric: true },
  { title: "By category", numeric: true },
  { title: "Inferred", numeric: true },
  { title: "Tied to none", numeric: true },
];

function tieRow({ id, name, active, tied }: CorpusAnswer): readonly Child[] {
  const { stated, category, inferred, none } = tied;
  const untied = <a href={searchAddress({ corpus: id, without: "event" })}>{formatNumber(none)}</a>;
  return [name, ...[active, stated, category, inferred].map(formatNumber), none === 0 ? "0" : untied];
}

function corpusRow(corpus: CorpusAnswer): readonly Child[] {
  return [
    <a href={addresses.corpus(corpus.id)}>{corpus.name}</a>,
    formatNumber(corpus.files),
    formatNumber(corpus.rules),
    formatNumber(corpus.active),
    formatNumber(corpus.parsed),
    corpus.failed === 0 ? (
      <span class="none">0</span>
    ) : (
      <a href={`${addresses.corpus(corpus.id)}#diagnostics`}>{formatNumber(corpus.failed)}</a>
    ),
    formatNumber(corpus.queryless),
    formatNumber(corpus.unread),
    formatNumber(corpus.predicates),
    formatShare(corpus.mapped, corpus.predicates),
    formatNumber(corpus.nodes),
    formatShare(corpus.opaque, corpus.nodes),
    formatNumber(corpus.folded),
  ];
}
