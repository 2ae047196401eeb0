import { expect, test } from "vitest";
import type { ConditionExpression } from "./ast.ts";
import { parseCondition } from "./condition.ts";
import { printCondition } from "./print-condition.ts";

function shape(one: ConditionExpression): string {
  switch (one.type) {
    case "and":
    case "or":
      return `${one.type}(${one.operands.map(shape).join(" ")})`;
    case "not":
      return `not(${shape(one.operand)})`;
    case "reference":
      return one.name;
    case "of":
      return `${one.quantity}:${one.target}`;
    default:
      return `fault(${one.content})`;
  }
}

test.each([
  ["a", "a"],
  ["a and b and c", "and(a b c)"],
  ["a or b and c", "or(a and(b c))"],
  ["a and b or c", "or(and(a b) c)"],
  ["not a and b", "and(not(a) b)"],
  ["not a or not b", "or(not(a) not(b))"],
  ["not not a", "not(not(a))"],
  ["not (a and b)", "not(and(a b))"],
  ["(a or b) and c", "and(or(a b) c)"],
  ["(a and b) and (c and d)", "and(a b c d)"],
  ["((a))", "a"],
  ["A AND NOT b OR c", "or(and(A not(b)) c)"],
  ["1 of sel*", "1:sel*"],
  ["all of them", "all:them"],
  ["ALL OF THEM", "all:them"],
  ["any of sel_*_x and not 2 of filter*", "and(any:sel_*_x not(2:filter*))"],
  ["1 of sel* or all of k*", "or(1:sel* all:k*)"],
  ["them or all or any", "or(them all any)"],
  ["sel-1 and sel.2", "and(sel-1 sel.2)"],
])("%s", (text, expected) => {
  const { condition, diagnostics } = parseCondition(text);
  expect(diagnostics).toEqual([]);
  expect(shape(condition.expression)).toBe(expected);
  const again = parseCondition(printCondition(condition));
  expect(shape(again.condition.expression)).toBe(expected);
});

test("spans cover what they mean", () => {
  const text = "not (a or  b) and 1 of c*";
  const { expression } = parseCondition(text).condition;
  if (expression.type !== "and") throw new Error(expression.type);
  const parts = expression.operands.map((one) => text.slice(one.span.start, one.span.end));
  expect(parts).toEqual(["not (a or  b)", "1 of c*"]);
});

test.each([
  ["sel | count() > 10", { function: "count", field: null, by: null, operator: "gt", value: 10 }],
  ["sel | count(user) by host >= 3", { function: "count", field: "user", by: "host", operator: "gte", value: 3 }],
  ["sel|sum(bytes) by src_ip<1.5", { function: "sum", field: "bytes", by: "src_ip", operator: "lt", value: 1.5 }],
  ["sel | MIN( age ) == 1", { function: "min", field: "age", by: null, operator: "eq", value: 1 }],
  ["sel | avg(a) by b <= 2", { function: "avg", field: "a", by: "b", operator: "lte", value: 2 }],
])("%s", (text, expected) => {
  const { condition, diagnostics } = parseCondition(text);
  expect(diagnostics).toEqual([]);
  expect(condition.aggregation).toMatchObject(expected);
  expect(parseCondition(printCondition(condition)).condition.aggregation).toMatchObject(expected);
});

test("near takes an expression", () => {
  const { aggregation } = parseCondition("a | near b and not c").condition;
  expect(aggregation?.type === "near" ? shape(aggregation.expression) : null).toBe("and(b not(c))");
});

test.each([
  ["", "Expected the name of a search identifier instead of the end.", ""],
  ["a and", "Expected the name of a search identifier instead of the end.", ""],
  ["a b", 'Expected "and", "or" or the end of the condition instead of "b".', "b"],
  ["(a or b", 'Expected ")" for this parenthesis.', "("],
  ["a)", 'Expected "and", "or" or the end of the condition instead of ")".', ")"],
  ["and a", 'Expected the name of a search identifier instead of "and".', "and"],
  ["some of a*", 'Expected a number, "all" or "any" before "of" instead of "some".', "some"],
  ["0 of a*", 'Expected a number, "all" or "any" before "of" instead of "0".', "0"],
  ["1 of", 'Expected "them" or a name after "of".', ""],
  ["a | median(x) > 1", "Expected count, sum, min, max, avg or near after the pipe.", "median"],
  ["a | count(x > 1", 'Expected ")" after the field.', ">"],
  ["a | count() by > 1", 'Expected a field after "by".', ">"],
  ["a | count()", "Expected a comparison such as > 5 after the aggregation.", ""],
  ["a | count() > many", 'Expected a number instead of "many".', "many"],
  ["wait for a then tell b", 'Expected "and", "or" or the end of the condition instead of "for".', "for"],
])("%j is not a condition", (text, message, at) => {
  const { condition, diagnostics } = parseCondition(text);
  expect(diagnostics.map((one) => [one.code, one.message, text.slice(one.span.start, one.span.end)])).toEqual([
    ["sigma/condition-syntax", message, at],
  ]);
  expect(condition.expression).toMatchObject({ type: "fault", content: text });
});

test("depth is capped, length is not a problem", () => {
  expect(parseCondition(`${"(".repeat(150)}a${")".repeat(150)}`).diagnostics).toEqual([]);
  expect(parseCondition(`${"(".repeat(10_000)}a`).diagnostics[0]?.message).toBe(
    "A condition nests at most 200 levels.",
  );
  expect(parseCondition(`${"not ".repeat(10_000)}a`).diagnostics[0]?.message).toBe(
    "A condition nests at most 200 levels.",
  );
  const chain = parseCondition(`${"a and ".repeat(10_000)}a`);
  expect(chain.diagnostics).toEqual([]);
  expect(chain.condition.expression).toMatchObject({ type: "and", operands: { length: 10_001 } });
});
