import { conjoin } from "../../rule/build.ts";
import { type Expression, isComputed, type Predicate } from "../../rule/expression.ts";

/** A filter without the parts that only say how far back events are searched. */
export interface WithoutTimeRange {
  /** null: nothing else was asked. */
  readonly rest: Expression | null;
  readonly left: readonly Predicate[];
}

/**
 * Takes `@timestamp > now() - 7 days` off a filter: searches and scheduled rules have a time range of their own on every
 * platform. Only parts that must hold, and that reach from a point before now to now; others are logic.
 */
export function withoutTimeRange(expression: Expression): WithoutTimeRange {
  const operands = expression.type === "and" ? expression.operands : [expression];
  const left = operands.filter((one): one is Predicate => one.type === "predicate" && isTimeRange(one));
  if (left.length === 0) return { rest: expression, left };
  const others = operands.filter((one) => !left.some((each) => each === one));
  return { rest: others.length === 0 ? null : conjoin(others, expression.span), left };
}

function isTimeRange({ field, operator, evaluated, values }: Predicate): boolean {
  if (evaluated !== true || field?.canonical !== "@timestamp" || isComputed(field)) return false;
  return (operator === "gt" || operator === "ge") && values.every((one) => /\b(?:now|ago)\s*\(/iu.test(String(one)));
}
