import type { Condition } from "../platform.ts";

/** What chooses the events of a place, one condition a field. */
export function selectorOf(
  where: readonly (readonly [string, readonly string[]])[],
  write: (name: string, values: readonly string[]) => string,
): readonly Condition[] {
  return where.map(([name, values]) => ({ type: "written", written: { text: write(name, values), binds: "atom" } }));
}
