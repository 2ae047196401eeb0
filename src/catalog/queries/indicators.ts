import type { Operator } from "../../rule/expression.ts";
import type { Database } from "../database.ts";
import type { IndicatorAnswer } from "./answers.ts";

/** Columns of `indicator` that an answer needs, for a select list; the table must be named `i`. */
export const indicatorColumns =
  "i.key, i.id, i.field, i.facet, i.operator, i.spelling, i.reach, i.excluded_by, i.vendors_json";

export interface IndicatorRow {
  readonly key: number;
  readonly id: string;
  readonly field: string | null;
  readonly facet: string | null;
  readonly operator: Operator;
  readonly spelling: string;
  readonly reach: number;
  readonly excluded_by: number;
  readonly vendors_json: string;
}

export function indicatorAnswer(row: IndicatorRow, rulesHere: number): IndicatorAnswer {
  return {
    id: row.id,
    field: row.field,
    facet: row.facet,
    operator: row.operator,
    value: row.spelling,
    rulesHere,
    reach: row.reach,
    excludedBy: row.excluded_by,
    vendors: JSON.parse(row.vendors_json) as Readonly<Record<string, number>>,
  };
}

/** The indicators of one rule, in the order of the keys. */
export function indicatorsByKey(database: Database, keys: readonly number[]): readonly IndicatorAnswer[] {
  const rows = database.all<IndicatorRow>(
    `SELECT ${indicatorColumns} FROM indicator i WHERE i.key IN (SELECT value FROM json_each(?))`,
    JSON.stringify(keys),
  );
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return keys.flatMap((key) => {
    const row = byKey.get(key);
    return row === undefined ? [] : [indicatorAnswer(row, 1)];
  });
}
