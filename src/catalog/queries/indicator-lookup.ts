import { vocabulary } from "../../corpora/content/vocabulary/index.ts";
import { values } from "../../corpora/content/vocabulary/value-files.ts";
import type { Operator } from "../../rule/expression.ts";
import { indicatorOf } from "../../vocabulary/indicator.ts";
import type { Database } from "../database.ts";
import { fieldMeant, withOtherForms } from "./field-lookup.ts";
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
  const find = (names: readonly string[], own: Operator, text: string): string | undefined =>
    database.one<{ id: string }>(
      `SELECT i.id FROM indicator i WHERE ${among} AND i.operator = ?2 AND (i.value = ?3 COLLATE NOCASE OR i.spelling = ?3 COLLATE NOCASE)
       ORDER BY i.reach DESC, i.excluded_by DESC, i.key LIMIT 1`,
      JSON.stringify(names),
      own,
      text,
    )?.id;
  const found =
    find(fields, operator, value) ??
    commonForms(fields, operator, value)
      .map((one) => find([one.field], one.operator, one.value))
      .find((one) => one !== undefined);
  if (found !== undefined) return { type: "indicator", id: found };
  const near = database.all<IndicatorStatement>(
    `SELECT i.id, i.field, i.operator, i.spelling AS value FROM indicator i WHERE ${among} AND i.spelling LIKE ?2 ESCAPE '!'
     ORDER BY i.reach DESC, i.key LIMIT ?3`,
    JSON.stringify(withOtherForms(database, fields)),
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

/** What the catalog may hold it as: a path that ends with `\\cmd.exe` is the name `cmd.exe`, on whichever platform. */
function commonForms(fields: readonly string[], operator: Operator, value: string): readonly Statement[] {
  if (!texts.has(operator)) return [];
  const knowledge = { vocabulary: vocabulary(), values: values() };
  const predicate = { type: "predicate", operator, values: [value], raw: [value], quantifier: "any" } as const;
  return fields.flatMap((field) =>
    (["windows", "unix", null] as const).map((platform) => {
      const asked = { ...predicate, field: { raw: field, canonical: field }, caseSensitive: false, span: noSpan };
      const meaning = indicatorOf(knowledge, platform, asked, value);
      return { field: meaning.field ?? field, operator: meaning.operator, value: meaning.value };
    }),
  );
}

/** Operators of which a value is a text as it stands, without a pattern in it. */
const texts: ReadonlySet<Operator> = new Set(["eq", "contains", "starts_with", "ends_with"]);

const noSpan = { start: 0, end: 0 };
