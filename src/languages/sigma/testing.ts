import type { Expression } from "../../rule/expression.ts";
import type { Stage } from "../../rule/logic.ts";
import { showValue } from "../../rule/pattern.ts";
import { sketch } from "../testing.ts";
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
  return sketch(one, (leaf) => {
    if (leaf.type === "opaque") return `opaque<${leaf.reason}: ${leaf.text}>`;
    const values = leaf.values.map((value) => (typeof value === "string" ? JSON.stringify(value) : showValue(value)));
    const marks = [
      leaf.quantifier === "all" ? "all" : "",
      leaf.caseSensitive ? "cased" : "",
      leaf.encoding?.join("+") ?? "",
    ];
    return [leaf.field?.raw ?? "*", leaf.operator, ...values, ...marks].filter((part) => part !== "").join(" ");
  });
}
