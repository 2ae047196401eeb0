import { areaName } from "../../corpora/content/diagnostic-areas.ts";
import { diagnosticGuide, prefixOf } from "../../corpora/content/diagnostic-guide.ts";
import { addresses } from "../addresses.ts";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { InlineCode } from "../components/inline-code.tsx";
import { Contents, Section } from "../components/section.tsx";
import { definePage, found } from "../page.ts";

interface DiagnosticArea {
  readonly prefix: string;
  readonly name: string;
  readonly codes: readonly { readonly code: string; readonly meaning: string }[];
}

interface DiagnosticsData {
  readonly areas: readonly DiagnosticArea[];
}

/** Every code that stands beside a message of ours. */
export const diagnosticsPage = definePage<DiagnosticsData>({
  path: "/diagnostics",
  load: () => {
    const areas = [...Map.groupBy(diagnosticGuide().values(), ({ code }) => prefixOf(code))];
    return found({
      areas: areas.map(([prefix, entries]) => ({
        prefix,
        name: areaName(prefix),
        codes: entries.map(({ code, meaning }) => ({ code, meaning: meaning.trim() })),
      })),
    });
  },
  view: ({ areas }) => ({
    title: "Diagnostics",
    summary: "What every diagnostic code of Detectionary means, and what to do about it.",
    place: "corpora",
    body: (
      <>
        <Breadcrumb crumbs={[{ label: "Corpora", href: addresses.corpora }, { label: "Diagnostics" }]} />
        <header class="head">
          <h1>Diagnostics</h1>
          <p class="lead">
            What the codes mean that stand beside our messages, on this site and in the output of{" "}
            <code>detectionary check</code>.
          </p>
        </header>
        <div class="columns">
          <div class="text">
            {areas.map(({ prefix, name, codes }) => (
              <Section id={prefix} title={name} count={codes.length}>
                <dl class="codes-list">
                  {codes.map(({ code, meaning }) => (
                    <div>
                      <dt>
                        <a href={addresses.diagnostic(code)}>
                          <code>{code}</code>
                        </a>
                      </dt>
                      <dd>
                        <InlineCode text={meaning} />
                      </dd>
                    </div>
                  ))}
                </dl>
              </Section>
            ))}
          </div>
          <div class="aside">
            <Contents
              entries={areas.map(({ prefix, name, codes }) => ({ id: prefix, title: name, count: codes.length }))}
            />
          </div>
        </div>
      </>
    ),
  }),
});
