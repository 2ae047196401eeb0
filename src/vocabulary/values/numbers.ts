import type { Operator, Value } from "../../rule/expression.ts";
import { changed, type Step } from "./draft.ts";

/** Operators that compare a whole number. */
const whole: ReadonlySet<Operator> = new Set(["eq", "lt", "le", "gt", "ge"]);

/** A number is written in tens, without a sign or zeros that say nothing: `0x1F4`, `0500` and `500` are one process id. */
export const numberStep: Step = (draft) => {
  if (typeof draft.value !== "string" || !whole.has(draft.operator)) return draft;
  const number = readNumber(draft.value);
  return number === null || number === draft.value ? draft : changed(draft, { value: number }, "number in tens");
};

/** Longer texts of digits are no numbers of an event. */
const longest = 40;

const decimal = /^([+-]?)0*(\d+)(?:\.(\d*?)0*)?$/u;
const hexadecimal = /^0x0*([0-9a-f]+)$/iu;

/** null for what is no number, or one that a double does not hold to the last digit. */
function readNumber(text: string): string | null {
  if (text.length > longest) return null;
  const hex = hexadecimal.exec(text)?.[1];
  if (hex !== undefined) return hex.length > 13 ? null : String(Number.parseInt(hex, 16));
  const found = decimal.exec(text);
  if (found === null) return null;
  const [, sign = "", units = "", fraction = ""] = found;
  const number = fraction === "" ? units : `${units}.${fraction}`;
  return sign === "-" && number !== "0" ? `-${number}` : number;
}

/**
 * A number of a field that is written in hexadecimal: `0x00001FFFFF` is `0x1fffff`, and so is the number 2097151 of a
 * language that has numbers. A text of digits alone stays as it is: rules write `1410` for 0x1410 as well as for 1410.
 */
export const hexNumberStep: Step = (draft) => {
  const { operator, value } = draft;
  if (operator === "ends_with" && typeof value === "string" && hexadecimal.test(value)) {
    // The field's values begin with 0x, which stands nowhere else in them.
    return changed(draft, { operator: "eq", value: hexOf(value) ?? value }, "the whole number");
  }
  if (!whole.has(operator)) return draft;
  const hex = hexOf(value);
  // Letters alone are no other number, and the spelling keeps them.
  if (hex === null || (typeof value === "string" && hex === value.toLowerCase())) return draft;
  return changed(draft, { value: hex }, "number in hexadecimal");
};

function hexOf(value: Value): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? `0x${value.toString(16)}` : null;
  const digits = typeof value === "string" ? hexadecimal.exec(value)?.[1] : undefined;
  return digits === undefined ? null : `0x${digits.toLowerCase()}`;
}
