import { expect, test } from "vitest";
import { span } from "../../kit/span.ts";
import { describeExpression } from "../../rule/describe.ts";
import type { Expression, Predicate } from "../../rule/expression.ts";
import { restate } from "./restate.ts";
import type { LogSource } from "./tables.ts";

const at = span(0, 0);
const is = (canonical: string, ...values: readonly string[]): Predicate => ({
  type: "predicate",
  field: { raw: canonical, canonical },
  operator: "eq",
  values,
  raw: values,
  quantifier: "any",
  caseSensitive: false,
  span: at,
});

const source: LogSource = {
  id: "a.log",
  title: "A log",
  facts: {},
  signs: [],
  same: {
    outcome: { success: { code: [null, "0"] }, failure: { code: ["*"], kind: ["error", "fault"] } },
    action: { ALLOW: { outcome: ["success"] } },
  },
};

function said(expression: Expression, ...has: readonly string[]): string {
  return describeExpression(restate(expression, source, (field) => has.includes(field)).expression);
}

test("says by other fields what the platform has no name for", () => {
  expect(said(is("outcome", "success"))).toBe("code eq 0 or code is_null");
  expect(said(is("outcome", "Failure"))).toBe("code exists and kind eq error, fault");
  expect(said({ type: "not", operand: is("outcome", "success"), span: at })).toBe("not (code eq 0 or code is_null)");
});

test("leaves what the platform has, and what the table does not know", () => {
  expect(said(is("outcome", "success"), "outcome")).toBe("outcome eq success");
  expect(said(is("outcome", "success", "unknown"))).toBe("outcome eq success, unknown");
  expect(said({ ...is("outcome", "success"), operator: "contains" })).toBe("outcome contains success");
  expect(said(is("other", "success"))).toBe("other eq success");
});

test("goes on until the platform has a name, and tells the first and the last", () => {
  expect(said(is("action", "ALLOW"), "outcome")).toBe("outcome eq success");
  const { changed } = restate(is("action", "ALLOW"), source, () => false);
  expect(changed.map(({ from, to }) => `${describeExpression(from)}: ${describeExpression(to)}`)).toEqual([
    "action eq ALLOW: code eq 0 or code is_null",
  ]);
});
