import type { Operator, Value } from "../../rule/expression.ts";

/** The network of all addresses that begin as asked (`10.` is 10.0.0.0/8), since addresses have no letters to look through. */
export function networkOf(operator: Operator, value: Value): string | null {
  if (operator !== "starts_with" || typeof value !== "string" || !/^(?:\d{1,3}\.){1,3}$/u.test(value)) return null;
  const parts = value.split(".").slice(0, -1);
  if (parts.some((one) => Number(one) > 255)) return null;
  return `${[...parts, "0", "0", "0"].slice(0, 4).join(".")}/${parts.length * 8}`;
}
