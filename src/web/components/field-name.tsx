import { html } from "hono/html";
import type { Child } from "hono/jsx";
import { addresses, withQuery } from "../addresses.ts";
import { currentLens } from "../lens.ts";

export interface FieldNameProps {
  /** As fields are counted: canonical, or `<schema>:<raw name>`; null for a keyword. */
  readonly field: string | null;
  /** The name that stands there without a lens, where that is not the id: on the page of a rule, the rule's own. */
  readonly own?: string | undefined;
  /** false inside of another link. */
  readonly linked?: boolean;
}

/** A field by the name of the schema that the reader has picked, leading to its page. */
export function FieldName({ field, own, linked = true }: FieldNameProps): Child {
  if (field === null) return html`<code class="name">${own ?? "any field"}</code>`;
  const lens = currentLens();
  const name = lens.schema === null ? (own ?? field) : lens.nameOf(field);
  const kept = own === undefined || own === field ? "" : html` data-own="${own}"`;
  const unnamed = name === null ? html` title="No name in ${lens.title}"` : "";
  const code = html`<code class="${name === null ? "name unnamed" : "name"}" data-field="${field}"${kept}${unnamed}>${name ?? field}</code>`;
  return linked ? html`<a class="field" href="${addresses.field(field)}">${code}</a>` : code;
}

/** A facet by the name of one of its forms, leading to the page of all of them: a form may have the same id. */
export function FacetName({ facet }: { readonly facet: string }): Child {
  const href = withQuery(addresses.field(facet), { forms: "all" });
  return html`<a class="field" href="${href}">${FieldName({ field: facet, linked: false })}</a>`;
}
