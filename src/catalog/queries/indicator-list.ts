import type { Operator } from "../../rule/expression.ts";
import type { Database } from "../database.ts";
import type { IndicatorAnswer } from "./answers.ts";
import { type FieldMeaning, fieldMeant, formsOf, withOtherForms } from "./field-lookup.ts";
import { type IndicatorRow, indicatorAnswer, indicatorColumns } from "./indicators.ts";
import { containing } from "./like.ts";

const pageSize = 100;

export const indicatorOrders = ["reach", "excluded", "vendors"] as const;

export interface IndicatorFilter {
  /** A field, a facet, or a name that a schema has for fields, with which their other forms are meant, too. */
  readonly field?: string | undefined;
  readonly facet?: string | undefined;
  readonly operator?: Operator | undefined;
  /** Part of the value, in either case; `\\cmd.exe` is found as the base name that it asks for, too. */
  readonly text?: string | undefined;
  /** Only what active rules of this corpus look for. */
  readonly corpus?: string | undefined;
}

export interface IndicatorListQuestion extends IndicatorFilter {
  readonly sort?: (typeof indicatorOrders)[number] | undefined;
  readonly page?: number;
}

export interface IndicatorListAnswer {
  /** Indicators in all; `indicators` holds one page of them, of which `rulesHere` is the reach. */
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  /** How the field that was asked for was understood; null where none was. */
  readonly meant: FieldMeaning | null;
  readonly indicators: readonly IndicatorAnswer[];
}

/** A colon stands behind each corpus, and in no name of one. */
const vendorCount = "length(i.vendors_json) - length(replace(i.vendors_json, ':', ''))";

const order: Readonly<Record<(typeof indicatorOrders)[number], string>> = {
  reach: "i.reach DESC, i.key",
  excluded: "i.excluded_by DESC, i.reach DESC, i.key",
  vendors: `${vendorCount} DESC, i.reach DESC, i.key`,
};

export function indicatorList(database: Database, question: IndicatorListQuestion): IndicatorListAnswer {
  const { facet, operator, text, corpus, sort = "reach" } = question;
  const page = Math.max(1, Math.floor(question.page ?? 1));
  const meant = question.field === undefined ? null : fieldMeant(database, question.field);
  const where: string[] = [];
  const values: (string | null)[] = [];
  const only = (clause: string, value: string): void => {
    where.push(clause);
    values.push(value);
  };
  const among = "i.field IN (SELECT value FROM json_each(?))";
  if (meant !== null) only(among, JSON.stringify(fieldsOf(database, meant)));
  if (facet !== undefined) only(among, JSON.stringify(formsOf(database, facet)));
  if (operator !== undefined) only("i.operator = ?", operator);
  if (text !== undefined) {
    only("(i.spelling LIKE ? ESCAPE '!' OR (i.operator = 'eq' AND i.spelling = ? COLLATE NOCASE))", containing(text));
    values.push(text.replace(/^[*\\/]+/, "") || text);
  }
  if (corpus !== undefined) only("instr(i.vendors_json, ?) > 0", `${JSON.stringify(corpus)}:`);
  const from = `indicator i${where.length === 0 ? "" : ` WHERE ${where.join(" AND ")}`}`;
  const rows = database.all<IndicatorRow>(
    `SELECT ${indicatorColumns} FROM ${from} ORDER BY ${order[sort]} LIMIT ? OFFSET ?`,
    ...values,
    pageSize,
    (page - 1) * pageSize,
  );
  return {
    total: database.one<{ total: number }>(`SELECT count(*) AS total FROM ${from}`, ...values)?.total ?? 0,
    page,
    pageSize,
    meant,
    indicators: rows.map((one) => indicatorAnswer(one, one.reach)),
  };
}

function fieldsOf(database: Database, meant: FieldMeaning): readonly string[] {
  switch (meant.type) {
    case "field":
    case "facet":
      return meant.fields;
    case "name":
      return withOtherForms(database, meant.fields);
    case "unknown":
      return [];
    default:
      return meant satisfies never;
  }
}
