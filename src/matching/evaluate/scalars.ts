import type { Value } from "../../rule/expression.ts";
import type { Scalar } from "../view/layout.ts";

const numeric = /^\s*[+-]?\d+(?:\.\d+)?\s*$/u;

const longest = 400;

/** A number, or a text that is nothing but one in decimal digits. */
export function isNumeric(value: Value): value is string | number {
  return typeof value === "number" || (typeof value === "string" && value.length <= longest && numeric.test(value));
}

/** By number where both are numbers, else by the order of their letters. */
export function order(left: Scalar, right: Scalar): number {
  if (isNumeric(left) && isNumeric(right)) return Number(left) - Number(right);
  const [a, b] = [String(left), String(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}
