import type { Expression, Predicate } from "../../rule/expression.ts";
import type { AggregateStage, Aggregation, ThresholdStage } from "../../rule/logic.ts";
import { namesOf } from "../../rule/thresholds.ts";
import type { Measure, NumberCondition } from "./plan.ts";

/** Aggregate functions that make one number of many, as the languages name them. */
const measures: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  ["sum", { type: "sum" }],
  ["avg", { type: "average" }],
  ["mean", { type: "average" }],
  ["min", { type: "least" }],
  ["max", { type: "greatest" }],
  ["median", { type: "percentile", percent: 50 }],
]);

const operators: ReadonlySet<string> = new Set(["eq", "lt", "le", "gt", "ge"]);

/** The comparisons with numbers that an aggregation makes of a field of the events, and what else the filter asks. */
export function numbersIn(
  expression: Expression,
  { functions }: AggregateStage,
): { readonly numbers: readonly NumberCondition<string>[]; readonly rest: readonly Expression[] } {
  const numbers: NumberCondition<string>[] = [];
  const rest: Expression[] = [];
  for (const part of expression.type === "and" ? expression.operands : [expression]) {
    const number = part.type === "predicate" ? numberAsked(part, functions) : null;
    if (number === null) rest.push(part);
    else numbers.push(number);
  }
  return { numbers, rest };
}

function numberAsked(predicate: Predicate, functions: readonly Aggregation[]): NumberCondition<string> | null {
  const { field, operator, values } = predicate;
  const [value, ...others] = values;
  const limit = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  const source = field?.derivedFrom?.fields ?? [];
  if (field?.derivedFrom?.kind !== "computed" || source.length !== 1 || others.length > 0) return null;
  if (!operators.has(operator) || typeof limit !== "number" || !Number.isFinite(limit)) return null;
  const made = functions.find((one) => namesOf(one).includes(field.raw));
  if (made === undefined || made.filter !== undefined) return null;
  const measured = measureOf(made);
  // Of a value that the query made before, the events know nothing.
  if (measured === null || measured.field !== source[0]) return null;
  return { ...measured, operator: operator as ThresholdStage["operator"], value: limit };
}

/** `percentile 95` of Sigma, `perc95`, `p95` of Splunk, `percentile(x, 95)` of Kusto and ES|QL. */
function measureOf({ function: name, field }: Aggregation): Pick<NumberCondition<string>, "measure" | "field"> | null {
  if (field === null) return null;
  const measure = measures.get(name.toLowerCase());
  if (measure !== undefined) return { measure, field };
  const inName = /^(?:percentile |exactperc|perc|p)(\d+(?:\.\d+)?)$/iu.exec(name);
  if (inName !== null) return { measure: { type: "percentile", percent: Number(inName[1]) }, field };
  const inField = name.toLowerCase() === "percentile" ? /^(.+?),\s*(\d+(?:\.\d+)?)$/u.exec(field) : null;
  const [, of = "", percent] = inField ?? [];
  return inField === null ? null : { measure: { type: "percentile", percent: Number(percent) }, field: of };
}
