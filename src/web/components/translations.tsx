import type { Child } from "hono/jsx";
import { counted } from "../../kit/numbers.ts";
import { platformNamed } from "../../platforms/registry.ts";
import type { ReportPart, Translation } from "../../platforms/translation.ts";
import { cut } from "../wording.ts";
import { CopyButton } from "./copy-button.tsx";

/** Characters of a query and parts of a report that are shown; the rest is in the JSON. */
const most = { query: 3000, parts: 12, part: 160 } as const;

export interface TranslationsProps {
  readonly translations: readonly Translation[];
  /** Address of the JSON that has all of it. */
  readonly whole: string;
}

/** The same rule on other platforms: one of them open, the others a click away, without any script. */
export function Translations({ translations, whole }: TranslationsProps): Child {
  const first = translations.find((one) => one.query !== null);
  return (
    <div class="translations">
      {translations.map((one, index) => (
        <details name="translation" id={`to-${one.platform}`} {...(one === first ? { open: true } : {})}>
          <summary>
            <h3>{platformNamed(one.platform)?.title ?? one.platform}</h3>
            <span class={`verdict is-${one.verdict}`}>{verdicts[one.verdict]}</span>
          </summary>
          <TranslationBody translation={one} index={index} whole={whole} />
        </details>
      ))}
    </div>
  );
}

const verdicts = { exact: "exact", approximated: "approximated", "not-expressible": "cannot be said" } as const;

interface TranslationBodyProps {
  readonly translation: Translation;
  /** From 0, as in the JSON. */
  readonly index: number;
  readonly whole: string;
}

function TranslationBody({ translation, index, whole }: TranslationBodyProps): Child {
  const { query, platform, report } = translation;
  const parts = report.filter((one) => one.verdict !== "exact");
  const shown = query === null ? null : shownPart(query);
  return (
    <div class="translation">
      {shown !== null && query !== null && (
        <div class="query">
          <CopyButton
            of={`query-${platform}`}
            what={`the query for ${platformNamed(platform)?.title ?? platform}`}
            {...(shown === query ? {} : { whole: { address: whole, pointer: `/translations/${index}/query` } })}
          />
          <pre class="query-text" id={`query-${platform}`} tabindex={0}>
            <code>{shown}</code>
          </pre>
          {shown !== query && (
            <p class="note">
              It goes on for {counted(query.length - shown.length, "more character")}:{" "}
              <a href={whole}>the whole query in the JSON</a>.
            </p>
          )}
        </div>
      )}
      {parts.length > 0 && <Report parts={parts} whole={whole} />}
    </div>
  );
}

function Report({ parts, whole }: { readonly parts: readonly ReportPart[]; readonly whole: string }): Child {
  const left = parts.length - most.parts;
  return (
    <ul class="report">
      {parts.slice(0, most.parts).map(({ verdict, part, why }) => (
        <li>
          <span class={`verdict is-${verdict}`}>{verdict}</span> <code>{cut(part, most.part)}</code>{" "}
          <span class="why">{why}</span>
        </li>
      ))}
      {left > 0 && (
        <li>
          … and {counted(left, "more part")}: <a href={whole}>all of them in the JSON</a>.
        </li>
      )}
    </ul>
  );
}

/** As many whole lines as may be shown, or a part of the first. */
function shownPart(query: string): string {
  if (query.length <= most.query) return query;
  const end = query.lastIndexOf("\n", most.query);
  return query.slice(0, end > 0 ? end : most.query);
}
