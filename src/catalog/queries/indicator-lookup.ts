import type { Operator } from "../../rule/expression.ts";
import type { Database } from "../database.ts";
import { fieldMeant } from "./field-lookup.ts";
import { anyField } from "./field-table.ts";
import { containing } from "./like.ts";

/** An indicator that people name by its id or by what it says. */
export type IndicatorMeaning =
  | { readonly type: "indicator"; readonly id: string }
  /** The text is neither an id nor a field, an operator and a value. */
  | { readonly type: "unread" }
  | { readonly type: "unknown"; readonly near: readonly IndicatorStatement[] };

export interface IndicatorStatement {
  readonly id: string;
  readonly field: string | null;
  readonly operator: Operator;
  readonly value: string;
}

/** null for an id that no indicator has. */
export function indicatorStatement(database: Database, id: string): IndicatorStatement | null {
  return database.one<IndicatorStatement>(
    "SELECT i.id, i.field, i.operator, i.spelling AS value FROM indicator i WHERE i.id = ?",
    id,
  );
}

/** Indicators that are told where the one that was asked for is not there. */
const mostNear = 3;

/**
 * `process.name eq cmd.exe`: a field, or a name that a schema has for fields, or `(any field)`; an operator, with blanks
 * or underscores; and the value, in either letter case. Of several that fit, the one with the widest reach.
 */
export function indicatorMeant(database: Database, text: string): IndicatorMeaning {
  if (database.one("SELECT 1 FROM indicator WHERE id = ?", text) !== null) return { type: "indicator", id: text };
  const operators = database.all<{ operator: Operator }>(
    "SELECT DISTINCT operator FROM indicator ORDER BY length(operator) DESC",
  );
  const statement = statementOf(
    text,
    operators.map((one) => one.operator),
  );
  if (statement === null) return { type: "unread" };
  const { field, operator, value } = statement;
  const meant = field === anyField ? null : fieldMeant(database, field);
  const fields = meant === null || meant.type === "unknown" ? [] : meant.fields;
  const among = meant === null ? "i.field IS NULL AND ?1 IS NOT NULL" : "i.field IN (SELECT value FROM json_each(?1))";
  const found = database.one<{ id: string }>(
    `SELECT i.id FROM indicator i WHERE ${among} AND i.operator = ?2 AND (i.value = ?3 COLLATE NOCASE OR i.spelling = ?3 COLLATE NOCASE)
     ORDER BY i.reach DESC, i.excluded_by DESC, i.key LIMIT 1`,
    JSON.stringify(fields),
    operator,
    value,
  );
  if (found !== null) return { type: "indicator", id: found.id };
  const near = database.all<IndicatorStatement>(
    `SELECT i.id, i.field, i.operator, i.spelling AS value FROM indicator i WHERE ${among} AND i.spelling LIKE ?2 ESCAPE '!'
     ORDER BY i.reach DESC, i.key LIMIT ?3`,
    JSON.stringify(fields),
    containing(value),
    mostNear,
  );
  return { type: "unknown", near };
}

interface Statement {
  readonly field: string;
  readonly operator: Operator;
  readonly value: string;
}

/** `operators` come longest first: `eq_field` starts with `eq`. */
function statementOf(text: string, operators: readonly Operator[]): Statement | null {
  const rest = text.startsWith(anyField) ? text.slice(anyField.length) : /\s.*$/su.exec(text)?.[0];
  if (rest === undefined) return null;
  const field = text.slice(0, text.length - rest.length);
  const said = rest.trimStart();
  for (const operator of operators) {
    for (const word of [operator, operator.replaceAll("_", " ")]) {
      if (said.startsWith(`${word} `)) return { field, operator, value: said.slice(word.length + 1).trim() };
    }
  }
  return null;
}
