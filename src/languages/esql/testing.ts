import { isPattern, type Opaque, type Predicate } from "../../rule/expression.ts";
import type { Stage } from "../../rule/logic.ts";
import { showValue } from "../../rule/pattern.ts";
import { sketch } from "../testing.ts";
import { lower, parse } from "./index.ts";

/** For tests: the stages of a query that must be in order. */
export function stagesOf(text: string): readonly Stage[] {
  const { ast, diagnostics } = parse(text);
  const errors = diagnostics.filter((one) => one.severity === "error");
  if (errors.length > 0) throw new Error(errors.map((one) => one.message).join(" "));
  return lower(ast).stages;
}

/** For tests: the condition of the last filter of a query, on one line. */
export function filterOf(text: string): string {
  const filter = stagesOf(text).findLast((one) => one.type === "filter");
  if (filter === undefined) throw new Error("no filter");
  return sketch(filter.expression, leaf);
}

/** For tests: a condition behind `where`. */
export function conditionOf(text: string): string {
  return filterOf(`from logs-* | where ${text}`);
}

/** `~` where case does not matter, `?` where null is unknown, `1` where several values are not, `=>` for computed ones. */
function leaf(one: Predicate | Opaque): string {
  if (one.type === "opaque") return `<${one.reason}>`;
  const { field, operator, values, quantifier, caseSensitive, missing, several } = one;
  const kind = field?.derivedFrom?.kind;
  const name = `${kind === "computed" ? "=>" : kind === "resolved" ? "~>" : ""}${field?.raw ?? "*"}`;
  const shown = values.map((value) => (isPattern(value) ? `/${showValue(value)}/` : JSON.stringify(value)));
  const marks = `${caseSensitive ? "" : "~"}${missing === undefined ? "" : "?"}${several === undefined && missing !== undefined ? "1" : ""}`;
  const all = quantifier === "all" ? "all " : "";
  return `${name} ${operator}${marks}${values.length === 0 ? "" : ` ${all}${shown.join(",")}`}`;
}
