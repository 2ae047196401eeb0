import type { Scalar } from "../view/layout.ts";

/** The values that an event has for one field: at least one. */
export interface Cell {
  readonly values: readonly Scalar[];
  /** The values as texts, and the same without letter case; worked out when first asked for. */
  texts: readonly string[] | null;
  folded: readonly string[] | null;
}

export function cellOf(values: readonly Scalar[]): Cell {
  return { values, texts: null, folded: null };
}

export function textsOf(cell: Cell): readonly string[] {
  cell.texts ??= cell.values.map(String);
  return cell.texts;
}

export function foldedOf(cell: Cell): readonly string[] {
  cell.folded ??= textsOf(cell).map((one) => one.toLowerCase());
  return cell.folded;
}
