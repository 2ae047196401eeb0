import { html } from "hono/html";
import type { Child } from "hono/jsx";
import { counted } from "../../kit/numbers.ts";
import { languageName } from "../wording.ts";
import { CopyButton } from "./copy-button.tsx";
import { highlight } from "./highlight.ts";

/** Characters shown at most; the rest is in the JSON. */
const most = 4000;

export interface QueryProps {
  /** Unique on the page. */
  readonly id: string;
  /** Of which `highlight` knows the colours; '' for a text without any. */
  readonly language: string;
  /** Stands above it; the name of the language unless said otherwise. */
  readonly label?: string;
  /** What it is, for those who hear it: `the query of Remote logon`. */
  readonly what: string;
  readonly text: string;
  /** Where the whole text stands, as a JSON pointer into the JSON at `address`. */
  readonly whole: { readonly address: string; readonly pointer: string };
}

/** A query or a script, coloured, that can be copied. Its head keeps its height, so that nothing moves when the button comes. */
export function Query({ id, language, label = languageName(language), what, text, whole }: QueryProps): Child {
  const shown = shownPart(text);
  const isCut = shown !== text;
  const pieces = highlight(shown, language).map((one) =>
    one.kind === null ? one.text : html`<span class="h-${one.kind}">${one.text}</span>`,
  );
  const rest = isCut
    ? html`<p class="note">It goes on for ${counted(text.length - shown.length, "more character")}: <a href="${whole.address}">the whole text in the JSON</a>.</p>`
    : "";
  return html`<div class="query-box"><div class="query-head"><span>${label}</span>${CopyButton({ of: id, what, ...(isCut ? { whole } : {}) })}</div><pre class="query-text" id="${id}" tabindex="0"><code>${pieces}</code></pre></div>${rest}`;
}

/** As many whole lines as may be shown, or a part of the first. */
function shownPart(text: string): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf("\n", most);
  return text.slice(0, end > 0 ? end : most);
}
