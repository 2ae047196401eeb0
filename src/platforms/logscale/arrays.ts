import { isPattern } from "../../rule/expression.ts";
import { wholePattern } from "../condition/whole-pattern.ts";
import { type Refused, refused, type Test, type Written } from "../platform.ts";
import { cqlField, cqlString } from "./literals.ts";
import { patternTest, regexTest, textsTest } from "./regex.ts";

/** Fields of several values are named with empty brackets: `event.category[]`. */
export function isArray(name: string): boolean {
  return name.endsWith("[]");
}

/**
 * Does any of the values meet the test? A filter reads one field, so functions ask for all of an array
 * (https://library.humio.com/data-analysis/functions-array-contains.html, …/functions-array-regex.html).
 */
export function arrayTest(test: Test, name: string): Written | Refused {
  const { operator, values, caseSensitive } = test;
  const first = cqlField(name.replace(/\[\]$/u, "[0]"));
  const call = (text: string): Written => ({ text, binds: "atom" });
  switch (operator) {
    case "exists":
      return call(`${first}=*`);
    case "is_null":
      return call(`${first}!=*`);
    case "eq":
    case "wildcard":
    case "starts_with":
    case "ends_with":
    case "contains": {
      const [value] = values;
      const texts = values.map(String);
      const folds = !caseSensitive && texts.some((one) => one.toLowerCase() !== one.toUpperCase());
      if (values.length === 1 && value !== undefined && (isPattern(value) || operator === "wildcard")) {
        return call(byRegex(name, patternTest(wholePattern(operator, value) ?? [], caseSensitive)));
      }
      const [before, after] = ends[operator === "wildcard" ? "eq" : operator];
      return call(byRegex(name, textsTest(texts, before, after, !folds)));
    }
    case "regex_match": {
      const written = regexTest(String(values[0] ?? ""), test.regex, caseSensitive);
      return typeof written === "string" ? call(byRegex(name, written)) : written;
    }
    default:
      return refused("operator", `LogScale cannot ask this of the values of ${name}.`);
  }
}

const ends = { eq: ["^", "$"], starts_with: ["^", ""], ends_with: ["", "$"], contains: ["", ""] } as const;

/** The expression between slashes becomes a string, where a slash needs no escape. */
function byRegex(name: string, slashed: string): string {
  const end = slashed.lastIndexOf("/");
  const body = slashed.slice(1, end).replace(/\\([\s\S])/gu, (both, char: string) => (char === "/" ? "/" : both));
  const flags = slashed.slice(end + 1);
  return `array:regex(${cqlString(name)}, regex=${cqlString(body)}${flags === "" ? "" : `, flags=${cqlString(flags)}`})`;
}
