import { type SemanticsCase, semanticsCases } from "../../corpora/testing.ts";
import { analyseRule } from "../../languages/analyse.ts";
import { languages } from "../../languages/registry.ts";
import { writeCondition } from "../../platforms/condition/write-condition.ts";
import type { FieldNames } from "../../platforms/fields/target-field.ts";
import type { LogPlace } from "../../platforms/log-sources/tables.ts";
import { planRule } from "../../platforms/plan/plan-rule.ts";
import { twoValued } from "../../platforms/plan/two-valued.ts";
import { onOneLine } from "../../platforms/print/layout.ts";
import { regexDialectOf, type TranslationKnowledge } from "../../platforms/translate.ts";
import { bareDocument } from "../../rule/bare-document.ts";
import type { Schema } from "../../vocabulary/fields/names.ts";
import type { ScanTable } from "./scan-table.ts";

export interface LanguageCase extends SemanticsCase {
  readonly language: string;
}

/** For tests: the cases of every language. */
export function allCases(): readonly LanguageCase[] {
  return [...languages.keys()].flatMap((language) => semanticsCases(language).map((one) => ({ language, ...one })));
}

/** The fields of an event by their whole names: a text, or a text for each of several values. */
export function fieldsOf(
  event: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string | readonly string[]>> {
  const found = new Map<string, string[]>();
  const visit = (value: unknown, name: string): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) for (const one of value) visit(one, name);
    else if (typeof value === "object") {
      for (const [key, one] of Object.entries(value)) visit(one, name === "" ? key : `${name}.${key}`);
    } else found.set(name, [...(found.get(name) ?? []), String(value)]);
  };
  visit(event, "");
  return Object.fromEntries([...found].map(([name, values]) => [name, values.length > 1 ? values : (values[0] ?? "")]));
}

/** Every field is called as the query calls it, in a log of which nothing is known. */
const anySchema: Schema = {
  id: "any",
  title: "any",
  languages: [],
  read: (raw) => ({ field: raw, schema: "any", scope: "any", source: { title: "any", url: "" } }),
  namesOf: () => [],
  namesIn: () => [],
};

const anyPlace: LogPlace = {
  from: [],
  where: {},
  context: {},
  unlisted: {},
  has: [],
  lacks: [],
  says: {},
  source: "case",
};

/** The condition of a query, whatever log it reads, or why there is none. */
export function conditionOf(
  { vocabulary, values }: TranslationKnowledge,
  table: ScanTable,
  { language, query }: LanguageCase,
): { readonly condition: string; readonly fields: readonly string[] } | { readonly why: string } {
  const document = bareDocument({
    corpus: "query",
    id: "case",
    path: "case",
    title: "case",
    queries: [{ role: "main", language, text: query, offset: 0, line: 1 }],
  });
  const { plan, report } = planRule(vocabulary, analyseRule(document, {}));
  if (plan === null) return { why: report.find((one) => one.verdict === "lost")?.why ?? "No plan." };
  if (plan.type !== "selection") return { why: `The query is a ${plan.type}.` };
  const names: FieldNames = {
    vocabulary,
    find: (name) => (name.includes("*") ? null : { name, canonical: null, type: "keyword", listed: true }),
    supply: () => null,
  };
  const texts: string[] = [];
  const fields = new Set<string>();
  for (const flow of plan.flows) {
    if (flow.condition === null) {
      texts.push("1 = 1");
      continue;
    }
    const written = writeCondition(
      {
        dialect: table.dialect,
        names,
        values,
        schema: anySchema,
        context: {},
        place: anyPlace,
        system: null,
        regex: regexDialectOf(language),
      },
      twoValued(flow.condition),
    );
    if (written.condition === null)
      return { why: written.report.find((one) => one.verdict === "lost")?.why ?? "Lost." };
    for (const one of written.fields) fields.add(one.name);
    texts.push(onOneLine(table.dialect, written.condition));
  }
  return { condition: texts.map((one) => `(${one})`).join(" OR "), fields: [...fields] };
}
