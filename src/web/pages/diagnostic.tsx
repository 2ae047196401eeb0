import type { Child } from "hono/jsx";
import { areaName } from "../../corpora/content/diagnostic-areas.ts";
import { diagnosticGuide, prefixOf } from "../../corpora/content/diagnostic-guide.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses, withQuery } from "../addresses.ts";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { Code } from "../components/code.tsx";
import { InlineCode } from "../components/inline-code.tsx";
import { Section } from "../components/section.tsx";
import { Table } from "../components/table.tsx";
import { definePage, found } from "../page.ts";

interface DiagnosticData {
  readonly code: string;
  readonly area: string;
  readonly meaning: string;
  readonly remedy: string;
  /** Files that yield it, by name; none where no short text can. */
  readonly example: readonly { readonly name: string | null; readonly text: string }[];
  readonly circumstances: string | null;
  /** Where this catalog has it. */
  readonly found: readonly { readonly corpus: string; readonly name: string; readonly count: number }[];
}

/** One code: what it means, what to do about it, and where it occurs. */
export const diagnosticPage = definePage<DiagnosticData>({
  path: "/diagnostics/:prefix/:name",
  load: ({ site }, { params }) => {
    const code = `${params.prefix}/${params.name}`;
    const entry = diagnosticGuide().get(code);
    if (entry === undefined) return { type: "missing", what: "There is no diagnostic of this name." };
    const files = Object.entries(entry.files ?? {}).map(([name, text]) => ({ name, text }));
    return found({
      code,
      area: areaName(prefixOf(code)),
      meaning: entry.meaning.trim(),
      remedy: entry.remedy.trim(),
      example: entry.example === undefined ? files : [{ name: entry.file ?? null, text: entry.example }],
      circumstances: entry.circumstances?.trim() ?? null,
      found: site.overview.corpora.flatMap(({ id, name, diagnostics }) =>
        diagnostics.filter((one) => one.code === code).map(({ count }) => ({ corpus: id, name, count })),
      ),
    });
  },
  view: (data) => ({
    title: data.code,
    summary: data.meaning.replaceAll("`", ""),
    place: "corpora",
    body: <DiagnosticBody data={data} />,
  }),
});

function DiagnosticBody({ data }: { readonly data: DiagnosticData }): Child {
  const { code, area, meaning, remedy, example, circumstances } = data;
  return (
    <>
      <Breadcrumb
        crumbs={[
          { label: "Corpora", href: addresses.corpora },
          { label: "Diagnostics", href: addresses.diagnostics },
          { label: area, href: addresses.diagnosticArea(prefixOf(code)) },
          { label: code.slice(prefixOf(code).length + 1) },
        ]}
      />
      <header class="head">
        <p class="headword-id">
          {area}
          <span class="class">diagnostic</span>
        </p>
        <h1>
          <code>{code}</code>
        </h1>
        <p class="lead">
          <InlineCode text={meaning} />
        </p>
      </header>
      <div class="text">
        <Section id="remedy" title="What to do">
          <p>
            <InlineCode text={remedy} />
          </p>
        </Section>
        <Section
          id="example"
          title="Example"
          note={circumstances === null ? "The smallest text that yields it." : "No short text can show it."}
        >
          {circumstances !== null && (
            <p>
              <InlineCode text={circumstances} />
            </p>
          )}
          {example.map(({ name, text }, index) => (
            <>
              {name !== null && (
                <p class="note">
                  <code>{name}</code>
                </p>
              )}
              {text === "" ? (
                <p class="note">An empty file.</p>
              ) : (
                <Code
                  label={name ?? `Example of ${code}`}
                  text={text.trimEnd()}
                  marks={[]}
                  whole={addresses.diagnostics}
                  anchor={`F${index + 1}L`}
                />
              )}
            </>
          ))}
        </Section>
        {data.found.length > 0 && (
          <Section id="found" title="Where it occurs">
            <Table
              caption={`Occurrences of ${code} in this catalog`}
              narrow="scroll"
              columns={[{ title: "Corpus" }, { title: "Times", numeric: true }]}
              rows={data.found.map(({ corpus, name, count }) => [
                <a href={`${withQuery(addresses.corpus(corpus), { code })}#diagnostics`}>{name}</a>,
                formatNumber(count),
              ])}
            />
          </Section>
        )}
      </div>
    </>
  );
}
