import type { Child } from "hono/jsx";
import type { PlacedDiagnostic } from "../../catalog/queries/answers.ts";
import { diagnosticGuide } from "../../corpora/content/diagnostic-guide.ts";
import { addresses } from "../addresses.ts";

export interface DiagnosticsProps {
  readonly items: readonly (PlacedDiagnostic & { readonly slug?: string | null })[];
  /** With a corpus, paths lead to the rules that they gave. Without one, lines lead to the text on the same page. */
  readonly corpus: string | null;
}

export function Diagnostics({ items, corpus }: DiagnosticsProps): Child {
  return (
    <ol class="diagnostics">
      {items.map((item) => (
        <li class={`d-${item.severity}`}>
          <p>
            <span class="level">{item.severity}</span> {item.message} {codeName(item.code)}
          </p>
          {item.hint !== null && <p class="hint">{item.hint}</p>}
          <p class="where">{where(item, corpus)}</p>
        </li>
      ))}
    </ol>
  );
}

/** Leads to what the code means. */
function codeName(code: string): Child {
  const name = <code class="code-name">{code}</code>;
  return diagnosticGuide().has(code) ? <a href={addresses.diagnostic(code)}>{name}</a> : name;
}

function where(item: DiagnosticsProps["items"][number], corpus: string | null): Child {
  const place = `${item.line}:${item.column}`;
  if (corpus === null) return <a href={`#L${item.line}`}>Line {place}</a>;
  const text = `${item.path}:${place}`;
  if (item.slug == null) return <code>{text}</code>;
  return <a href={`${addresses.rule({ corpus, slug: item.slug })}#L${item.line}`}>{text}</a>;
}
