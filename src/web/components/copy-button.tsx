import { html } from "hono/html";
import type { Child } from "hono/jsx";

export interface CopyButtonProps {
  /** Id of the element whose text is copied. */
  readonly of: string;
  /** What it copies, for those who hear the button: `the query of Remote logon`. */
  readonly what: string;
  /** Where the text stands in a JSON, when the page cuts it: address and JSON pointer. */
  readonly whole?: { readonly address: string; readonly pointer: string };
}

/** Hidden until the script of the pages finds that it may copy. */
export function CopyButton({ of, what, whole }: CopyButtonProps): Child {
  const from = whole === undefined ? "" : html` data-whole="${whole.address}" data-pointer="${whole.pointer}"`;
  return html`<button type="button" class="copy" hidden data-copy="${of}"${from}><span>Copy</span><span class="hidden"> ${what}</span></button>`;
}
