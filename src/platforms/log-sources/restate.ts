import { conjoin, disjoin, fieldRef } from "../../rule/build.ts";
import { type Expression, isDerived, type Predicate } from "../../rule/expression.ts";
import type { LogSource, Restatement } from "./tables.ts";

/** An expression in which other fields say what a platform has no name for. */
export interface Restated {
  readonly expression: Expression;
  /** What was said by other fields, and by which. */
  readonly changed: readonly { readonly from: Predicate; readonly to: Expression }[];
}

/** Restatements may lead to fields that must be restated themselves. */
const most = 3;

/** Says by other fields of the log what a platform has no name for. `hasName`: does the platform have a name for the field? */
export function restate(
  expression: Expression,
  { same = {} }: LogSource,
  hasName: (field: string) => boolean,
): Restated {
  const changed: { from: Predicate; to: Expression }[] = [];
  const walk = (one: Expression, depth: number): Expression => {
    switch (one.type) {
      case "predicate": {
        const to = depth === 0 ? null : inOtherFields(one, same, hasName);
        if (to === null) return one;
        const said = walk(to, depth - 1);
        if (depth === most) changed.push({ from: one, to: said });
        return said;
      }
      case "not": {
        const operand = walk(one.operand, depth);
        return operand === one.operand ? one : { ...one, operand };
      }
      case "and":
      case "or": {
        const operands = one.operands.map((each) => walk(each, depth));
        return operands.every((each, index) => each === one.operands[index]) ? one : { ...one, operands };
      }
      case "opaque":
        return one;
      default:
        return one satisfies never;
    }
  };
  return { expression: walk(expression, most), changed };
}

/** null where the platform has the field, or the table does not know every value. */
function inOtherFields(
  predicate: Predicate,
  same: NonNullable<LogSource["same"]>,
  hasName: (field: string) => boolean,
): Expression | null {
  const field = predicate.field?.canonical ?? "";
  const table = Object.hasOwn(same, field) ? same[field] : undefined;
  if (table === undefined || predicate.operator !== "eq" || isDerived(predicate) || hasName(field)) return null;
  if (predicate.quantifier === "all" && predicate.values.length > 1) return null;
  const known = new Map(Object.entries(table).map(([value, one]) => [value.toLowerCase(), one]));
  const said = predicate.values.map((value) => known.get(String(value).toLowerCase()));
  const all = said.filter((one) => one !== undefined);
  if (all.length < said.length || all.length === 0) return null;
  return disjoin(
    [...new Set(all)].map((one) => conditionsOf(one, predicate)),
    predicate.span,
  );
}

function conditionsOf(restatement: Restatement, { span }: Predicate): Expression {
  const conditions = Object.entries(restatement).map(([field, values]) => {
    const ref = { ...fieldRef(field), canonical: field };
    const texts = values.filter((one): one is string => one !== null && one !== "*");
    const base = { type: "predicate", field: ref, quantifier: "any", caseSensitive: false, span } as const;
    const ways: Predicate[] = [];
    if (texts.length > 0) ways.push({ ...base, operator: "eq", values: texts, raw: texts });
    if (values.includes("*")) ways.push({ ...base, operator: "exists", values: [], raw: [] });
    if (values.includes(null)) ways.push({ ...base, operator: "is_null", values: [], raw: [] });
    return disjoin(ways, span);
  });
  return conjoin(conditions, span);
}
