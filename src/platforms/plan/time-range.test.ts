import { expect, test } from "vitest";
import { span } from "../../kit/span.ts";
import { describeExpression } from "../../rule/describe.ts";
import type { Expression, Operator, Predicate } from "../../rule/expression.ts";
import { withoutTimeRange } from "./time-range.ts";

const at = span(0, 0);
const is = (canonical: string, operator: Operator, value: string, evaluated = true): Predicate => ({
  type: "predicate",
  field: { raw: canonical, canonical },
  operator,
  values: [value],
  raw: [value],
  quantifier: "any",
  caseSensitive: false,
  span: at,
  ...(evaluated ? { evaluated: true as const } : {}),
});
const name = is("process.name", "eq", "a.exe", false);

function rest(expression: Expression): string | null {
  const found = withoutTimeRange(expression);
  return found.rest === null ? null : describeExpression(found.rest);
}

test.each(["now() - 7 days", "ago(7d)", "NOW() - 1 hour", "startofday(ago(Window))"])("%s is a time range", (value) => {
  expect(rest(is("@timestamp", "gt", value))).toBe(null);
  const both: Expression = { type: "and", operands: [is("@timestamp", "ge", value), name], span: at };
  expect(rest(both)).toBe("process.name eq a.exe");
  expect(withoutTimeRange(both).left).toHaveLength(1);
});

test.each([
  ["what ends before now", is("@timestamp", "lt", "ago(7d)")],
  ["a time that the rule works out of events", is("@timestamp", "ge", "LogonTime")],
  ["another time", is("file.created", "gt", "ago(7d)")],
  ["a time as it is written", is("@timestamp", "gt", "2026-01-01", false)],
  ["what need not hold", { type: "or", operands: [is("@timestamp", "gt", "ago(7d)"), name], span: at }],
  ["its contrary", { type: "not", operand: is("@timestamp", "gt", "ago(7d)"), span: at }],
] as const)("%s is logic", (_, expression) => {
  expect(rest(expression)).toBe(describeExpression(expression));
});
