import type { OverviewAnswer } from "../../catalog/queries/answers.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { addresses, searchAddress } from "../addresses.ts";
import { Bar } from "../components/bar.tsx";
import { CorpusCard } from "../components/corpus.tsx";
import { SearchBox } from "../components/search-box.tsx";
import { Section } from "../components/section.tsx";
import { definePage, found } from "../page.ts";

const examples = [
  "rundll32.exe",
  "T1059.001",
  "CVE-2024-1708",
  "C:\\Windows\\Temp",
  "-EncodedCommand",
  "Image|endswith",
];

/** What is in here. */
export const homePage = definePage<OverviewAnswer>({
  path: "/",
  load: ({ site }) => found(site.overview),
  view: (data) => ({
    title: "Detectionary: the dictionary of detections",
    summary:
      "Public detection rules, read in the languages they were written in and brought together by ATT&CK technique.",
    place: "home",
    body: (
      <>
        <div class="hero">
          <div>
            <h1>
              de<i>·</i>tec<i>·</i>tion<i>·</i>ary
            </h1>
            <p class="sense">
              <em>noun.</em> The dictionary of detections: {counted(data.counts.active, "rule")}, read in the languages
              they were written in, and brought together by technique.
            </p>
            <SearchBox size="large" query="" />
            <p class="examples">
              <span>Try</span>
              {examples.map((query) => (
                <a href={searchAddress({ query })}>
                  <code>{query}</code>
                </a>
              ))}
            </p>
          </div>
          {data.topTechniques.length > 0 && (
            <section class="top" aria-labelledby="top-title">
              <h2 id="top-title" class="label">
                Most rules
              </h2>
              <ol class="ranking">
                {data.topTechniques.map(({ id, name, rules }) => (
                  <li>
                    <a href={addresses.technique(id)}>
                      <code>{id}</code> <span class="name">{name || "not in the loaded version"}</span>
                    </a>
                    <Bar part={rules} whole={data.topTechniques[0]?.rules ?? 0} />
                    <span class="number">{formatNumber(rules)}</span>
                  </li>
                ))}
              </ol>
            </section>
          )}
        </div>
        {data.embeddedOnly && (
          <p class="notice">
            These are the rules that Detectionary ships itself. For the full dictionary, point it at the public
            collections: <code>npx detectionary build --corpora DIR</code>; the README says how.
          </p>
        )}
        <dl class="figures">
          {figures(data).map(([label, value, href]) => (
            <div>
              <dt>{label}</dt>
              <dd>{href === undefined ? formatNumber(value) : <a href={href}>{formatNumber(value)}</a>}</dd>
            </div>
          ))}
        </dl>
        <Section id="tactics" title="By tactic" note="Active rules under each tactic of ATT&CK.">
          <ul class="tactics">
            {data.tactics.map(({ shortName, name, rules }) => (
              <li>
                <a href={addresses.tactic(shortName)}>
                  <span class="name">{name}</span>
                  <span class="number">{formatNumber(rules)}</span>
                  <Bar part={rules} whole={Math.max(...data.tactics.map((one) => one.rules))} />
                </a>
              </li>
            ))}
          </ul>
        </Section>
        <Section id="corpora" title="Where the rules come from">
          <ul class="cards">
            {data.corpora
              .filter((corpus) => corpus.rules > 0)
              .map((corpus) => (
                <CorpusCard corpus={corpus} />
              ))}
          </ul>
        </Section>
      </>
    ),
  }),
});

function figures({ counts, tactics }: OverviewAnswer): readonly (readonly [string, number, string?])[] {
  return [
    ["rules", counts.rules],
    ["techniques covered", counts.techniques],
    ["tactics covered", tactics.filter((one) => one.rules > 0).length],
    ["predicates", counts.predicates],
    ["distinct indicators", counts.indicators, addresses.indicators],
    ["fields", counts.fields, addresses.fields],
  ];
}
