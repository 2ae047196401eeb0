import { type Duration, refused, type TargetField } from "../platform.ts";
import { aqlName } from "./literals.ts";
import { kindOf } from "./properties.ts";
import type { AqlTable } from "./select.ts";

/** How far back a search looks that names no time: without a word of it AQL looks at five minutes. */
export const lookBack: Duration = { amount: 24, unit: "hour" };

export function last({ amount, unit }: Duration): string {
  return `LAST ${amount} ${unit.toUpperCase()}S`;
}

/** In words: `5 minutes`. */
export function said({ amount, unit }: Duration): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

/** Clauses below each other, columns and conditions on lines of their own. */
export function clauses(columns: readonly string[], table: AqlTable, where: string, rest: readonly string[]): string {
  return [`SELECT\n  ${columns.join(",\n  ")}`, `FROM ${table}`, `WHERE\n  ${where}`, ...rest].join("\n");
}

/** Is a value among those of a column of another search? That search stands two steps in, as `whereOf` lays out. */
export function amongRows(value: string, search: string): string {
  return `${value} IN (\n    ${search.replaceAll("\n", "\n    ")}\n  )`;
}

export const twoTables = refused("join", "AQL asks events and flows in two searches.");

export const unnamed = refused("no-field", "No quotation marks hold the name of a property to group by.");

export function namesOf(fields: readonly TargetField[]): readonly string[] | null {
  const names = fields.map((one) => aqlName(one.name));
  return names.includes(null) ? null : names.filter((one) => one !== null);
}

/** Several properties as one value, since a sub-query gives one column. */
export interface Key {
  readonly value: string;
  /** The column that holds it, and its name for `GROUP BY`. */
  readonly column: string;
  readonly alias: string;
  /** Those that an event may lack. */
  readonly present: readonly string[];
}

/** @param asText where it is compared with a property of another kind. */
export function keyOf(fields: readonly TargetField[], asText = false): Key | null {
  const names = namesOf(fields);
  const [name] = names ?? [];
  if (names === null || name === undefined) return null;
  const present = names.filter((_, at) => kindOf(fields[at]?.name ?? "") === "text");
  if (names.length > 1) {
    const value = `CONCAT(${names.join(", '|', ")})`;
    return { value, column: `${value} AS key_values`, alias: "key_values", present };
  }
  if (!asText || present.length > 0) return { value: name, column: name, alias: name, present };
  return { value: `STR(${name})`, column: `STR(${name}) AS key_value`, alias: "key_value", present };
}
