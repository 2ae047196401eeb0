import { textOf, type Untyped } from "../untyped.ts";
import { stripCitations } from "./citations.ts";

export function nameOf(object: Untyped): string {
  return textOf(object.name).trim();
}

/** The description in ATT&CK's Markdown, without the marks of its references. */
export function descriptionOf(object: Untyped): string {
  return stripCitations(textOf(object.description));
}

/** Plain order of code units, so that the result does not hang on the machine's language. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
