import { isRefused, type Refused, type Test, type Written } from "../platform.ts";
import { cqlField, cqlString, isQuotable } from "./literals.ts";

/** Fields of several values, or of several objects, are named with empty brackets: `event.category[]`, `rules[].verbs[]`. */
export function isArray(name: string): boolean {
  return name.includes("[]");
}

/**
 * Does any element of an array meet the test? A filter reads one field, so a function asks for all of them, within which
 * the name without its brackets stands for the element
 * (https://library.humio.com/data-analysis/functions-array-exists.html, …/functions-objectarray-exists.html).
 */
export function arrayTest(
  test: Test,
  name: string,
  testOf: (test: Test, name: string) => Written | Refused,
): Written | Refused {
  if (test.operator === "is_null") {
    const exists = arrayTest({ ...test, operator: "exists" }, name, testOf);
    return isRefused(exists) ? exists : { text: `not ${exists.text}`, binds: "not" };
  }
  const inner = testOf(test, name.replaceAll("[]", ""));
  if (isRefused(inner)) return inner;
  return { text: within(name, inner.text), binds: "atom", remarks: inner.remarks ?? [] };
}

/** One call for every pair of brackets, the outermost array first. */
export function within(name: string, condition: string): string {
  const depth = name.split("[]").length - 1;
  return Array.from({ length: depth }, (_, at) => depth - at).reduce((text, level) => {
    const parts = name.split("[]").slice(0, level);
    const flat = name.endsWith("[]") && level === depth;
    return `${flat ? "array" : "objectArray"}:exists(${cqlString(`${parts.join("")}[]`)}, condition={ ${text} })`;
  }, condition);
}

/** The selector of a place whose field is an array. */
export function arraySelector(name: string, values: readonly string[]): string {
  const field = cqlField(name.replaceAll("[]", ""));
  const [only = ""] = values;
  const test =
    values.length === 1 ? `${field}=${cqlString(only)}` : `in(${field}, values=[${values.map(cqlString).join(", ")}])`;
  return within(name, test);
}

/** Can events be grouped by a field? */
export function isKey(name: string): boolean {
  return isQuotable(name) && !isArray(name);
}

export const noKey = "Events cannot be grouped by a field of several values or one whose name cannot be quoted.";
