import type { Expression } from "../../rule/expression.ts";
import type { Stage } from "../../rule/logic.ts";
import { showValue } from "../../rule/pattern.ts";
import { lower, parse } from "./index.ts";

/** For tests: a rule file around the lines of a detection. */
export function ruleOf(...detection: readonly string[]): string {
  return `title: Sample\nlogsource:\n    product: windows\ndetection:\n${detection.map((line) => `    ${line}\n`).join("")}`;
}

/** For tests: codes of the diagnostics, each with the text that it points at. */
export function complaints(text: string): readonly (readonly [string, string])[] {
  return parse(text).diagnostics.map((one) => [one.code, text.slice(one.span.start, one.span.end)] as const);
}

/** For tests: the stages of a text. */
export function stagesOf(text: string): readonly Stage[] {
  return lower(parse(text).ast).stages;
}

/** For tests: the filter of a rule, on one line. */
export function filterOf(...detection: readonly string[]): string {
  const filters = stagesOf(ruleOf(...detection)).filter((stage) => stage.type === "filter");
  return filters.map((stage) => sentence(stage.expression)).join(" ; ");
}

export function sentence(one: Expression): string {
  switch (one.type) {
    case "and":
    case "or":
      return `(${one.operands.map(sentence).join(` ${one.type} `)})`;
    case "not":
      return `not ${sentence(one.operand)}`;
    case "opaque":
      return `opaque<${one.reason}: ${one.text}>`;
    case "predicate": {
      const values = one.values.map((value) => (typeof value === "string" ? JSON.stringify(value) : showValue(value)));
      const marks = [
        one.quantifier === "all" ? "all" : "",
        one.caseSensitive ? "cased" : "",
        one.encoding?.join("+") ?? "",
      ];
      return [one.field?.raw ?? "*", one.operator, ...values, ...marks].filter((part) => part !== "").join(" ");
    }
    default:
      return one satisfies never;
  }
}
