import type { Child } from "hono/jsx";
import type { CorpusAnswer } from "../../catalog/queries/answers.ts";
import { corpus, corpusDiagnostics, type DiagnosticPage } from "../../catalog/queries/corpora.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses, searchAddress, withQuery } from "../addresses.ts";
import { StackedBar } from "../components/bar.tsx";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import {
  languageColumns,
  languageRows,
  opaqueColumns,
  opaqueRows,
  outcomeParts,
  RepositoryLink,
} from "../components/corpus.tsx";
import { Diagnostics } from "../components/diagnostics.tsx";
import { Empty } from "../components/empty.tsx";
import { type FigureProps, Figures } from "../components/figures.tsx";
import { Pager } from "../components/pager.tsx";
import { Section } from "../components/section.tsx";
import { Table } from "../components/table.tsx";
import { definePage, found, invalidPageNumber, pageNumber } from "../page.ts";
import { formatShare } from "../wording.ts";

interface CorpusData {
  readonly corpus: CorpusAnswer;
  /** Diagnostics of this code only. */
  readonly code: string | null;
  readonly diagnostics: DiagnosticPage;
}

/** One corpus: every number of its parse table, and everything that was not understood. */
export const corpusPage = definePage<CorpusData>({
  path: "/corpora/:id",
  load: ({ database }, { params, query }) => {
    const answer = corpus(database, params.id ?? "");
    if (answer === null) return { type: "missing", what: "The catalog holds no corpus of this name." };
    const page = pageNumber(query);
    if (page === null) return invalidPageNumber;
    const code = query.get("code");
    const narrowed = code === null || code === "" ? {} : { code };
    const diagnostics = corpusDiagnostics(database, { corpus: answer.id, page, ...narrowed });
    return found({ corpus: answer, code: narrowed.code ?? null, diagnostics });
  },
  view: (data) => ({
    title: data.corpus.name,
    summary: `How ${data.corpus.name} was read: rules, languages, and everything that was not understood.`,
    place: "corpora",
    body: <CorpusBody data={data} />,
  }),
});

function CorpusBody({ data: { corpus: one, code, diagnostics } }: { readonly data: CorpusData }): Child {
  const address = (page: number): string =>
    `${withQuery(addresses.corpus(one.id), { code: code ?? undefined, page: page === 1 ? undefined : String(page) })}#diagnostics`;
  return (
    <>
      <Breadcrumb crumbs={[{ label: "Corpora", href: addresses.corpora }, { label: one.name }]} />
      <header class="head">
        <p class="headword-id">
          {one.id}
          <span class="class">corpus</span>
        </p>
        <h1>{one.name}</h1>
        <ul class="facts-line">
          <li>
            <RepositoryLink corpus={one} />
          </li>
          <li class="quiet">{one.licence}</li>
          <li class="quiet">{one.commit === null ? "commit not recorded" : <code>{one.commit.slice(0, 12)}</code>}</li>
        </ul>
      </header>
      <Figures items={figures(one)} />
      <div class="shares">
        <StackedBar parts={outcomeParts(one)} />
        <ul class="legend">
          {outcomeParts(one)
            .filter(({ value }) => value > 0)
            .map(({ name, value, label }) => (
              <li class={name}>
                <b>{formatNumber(value)}</b> {label}
              </li>
            ))}
        </ul>
      </div>
      {one.languages.length > 0 && (
        <Section id="languages" title="By language">
          <Table
            caption={`Queries of ${one.name} by language`}
            narrow="scroll"
            columns={languageColumns}
            rows={languageRows(one)}
          />
        </Section>
      )}
      {one.opaqueReasons.length > 0 && (
        <Section
          id="opaque"
          title="Kept as text"
          count={one.opaque}
          note="Parts of queries that no stage of the model can hold yet, by reason."
        >
          <Table
            caption={`Why parts of ${one.name} are kept as text`}
            narrow="stack"
            columns={opaqueColumns}
            rows={opaqueRows(one)}
          />
        </Section>
      )}
      <Section
        id="diagnostics"
        title="Diagnostics"
        count={diagnostics.total}
        note={<a href={addresses.diagnostics}>What the codes mean</a>}
      >
        {one.diagnostics.length === 0 ? (
          <Empty title="Nothing to report: everything was understood." />
        ) : (
          <>
            <p class="chips codes">
              <a
                class="chip"
                href={`${addresses.corpus(one.id)}#diagnostics`}
                {...(code === null ? { "aria-current": "true" } : {})}
              >
                all
              </a>
              {byCode(one.diagnostics).map((each) => (
                <a
                  class={`chip d-${each.severity}`}
                  href={`${withQuery(addresses.corpus(one.id), { code: each.code })}#diagnostics`}
                  {...(code === each.code ? { "aria-current": "true" } : {})}
                >
                  {each.code} <b>{formatNumber(each.count)}</b>
                </a>
              ))}
            </p>
            <Diagnostics items={diagnostics.items} corpus={one.id} />
            <Pager
              page={diagnostics.page}
              pageSize={diagnostics.pageSize}
              total={diagnostics.total}
              address={address}
            />
          </>
        )}
      </Section>
    </>
  );
}

/** A code counted once though it comes as error and as warning: the link shows both. The first is the one met most. */
export function byCode(diagnostics: CorpusAnswer["diagnostics"]): CorpusAnswer["diagnostics"] {
  const counts = new Map<string, CorpusAnswer["diagnostics"][number]>();
  for (const one of diagnostics) {
    const before = counts.get(one.code);
    counts.set(one.code, before === undefined ? one : { ...before, count: before.count + one.count });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

function figures(one: CorpusAnswer): readonly FigureProps[] {
  const untied = searchAddress({ corpus: one.id, without: "event" });
  return [
    { label: "files", value: one.files },
    { label: "rules", value: one.rules },
    { label: "active", value: one.active },
    { label: "predicates", value: one.predicates },
    { label: "of them named", value: formatShare(one.mapped, one.predicates) },
    { label: "active rules tied to no event", value: one.tied.none, href: untied },
    { label: "nodes", value: one.nodes },
    { label: "of them kept as text", value: formatShare(one.opaque, one.nodes) },
    { label: "ATT&CK tags folded", value: one.folded },
  ];
}
