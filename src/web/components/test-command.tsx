import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { CommandParts } from "./command-parts.ts";

/** The command of a test; what events come from leads to them. */
export function TestCommand({ parts, label }: { readonly parts: CommandParts; readonly label: string }): Child {
  const pieces = parts.pieces.map(({ text, part, first }) => {
    if (part === null) return text;
    const id = first ? html` id="part-${part + 1}"` : "";
    return html`<a class="part"${id} href="#event-${(parts.events[part] ?? 0) + 1}">${text}</a>`;
  });
  return html`<section class="code-box" aria-label="${label}" tabindex="0"><pre class="command"><code>${pieces}</code></pre></section>`;
}

/** A script that nothing is derived from. */
export function Script({ text, label }: { readonly text: string; readonly label: string }): Child {
  return html`<section class="code-box" aria-label="${label}" tabindex="0"><pre class="command"><code>${text}</code></pre></section>`;
}
