import type { Operator } from "../../rule/expression.ts";
import type { Database } from "../database.ts";
import type { IndicatorAnswer } from "./answers.ts";

interface Row {
  readonly key: number;
  readonly field: string | null;
  readonly operator: Operator;
  readonly spelling: string;
  readonly reach: number;
  readonly excluded_by: number;
  readonly vendors_json: string;
}

/** The indicators of one rule, in the order of the keys. */
export function indicatorsByKey(database: Database, keys: readonly number[]): readonly IndicatorAnswer[] {
  const rows = database.all<Row>(
    `SELECT key, field, operator, spelling, reach, excluded_by, vendors_json FROM indicator WHERE key IN (SELECT value FROM json_each(?))`,
    JSON.stringify(keys),
  );
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return keys.flatMap((key) => {
    const row = byKey.get(key);
    if (row === undefined) return [];
    return [
      {
        field: row.field,
        operator: row.operator,
        value: row.spelling,
        rulesHere: 1,
        reach: row.reach,
        excludedBy: row.excluded_by,
        vendors: JSON.parse(row.vendors_json) as Readonly<Record<string, number>>,
      },
    ];
  });
}
