import type { Scalar } from "../view/layout.ts";

/** The values that an event has for one field: at least one. */
export interface Cell {
  readonly values: readonly Scalar[];
  /** The values as texts, and the same without letter case; worked out when first asked for. */
  texts: readonly string[] | null;
  folded: readonly string[] | null;
  /** The folded texts with one dash for all of those that `windash` takes for each other. */
  dashed: readonly string[] | null;
}

export function cellOf(values: readonly Scalar[]): Cell {
  return { values, texts: null, folded: null, dashed: null };
}

export function textsOf(cell: Cell): readonly string[] {
  cell.texts ??= cell.values.map(String);
  return cell.texts;
}

export function foldedOf(cell: Cell): readonly string[] {
  cell.folded ??= textsOf(cell).map((one) => one.toLowerCase());
  return cell.folded;
}

export function dashedOf(cell: Cell): readonly string[] {
  cell.dashed ??= foldedOf(cell).map(withOneDash);
  return cell.dashed;
}

const dashes = /[-/\u2013\u2014\u2015]/gu;

/** A text as predicates with `windash` compare it (Sigma specification, modifiers). */
export function withOneDash(text: string): string {
  return text.replace(dashes, "-");
}
