import type { PatternToken, Value } from "../../rule/expression.ts";
import { isPattern } from "../../rule/expression.ts";
import { holdsLiteral, wholePattern } from "../condition/whole-pattern.ts";
import { type Condition, type Test, type Written, writtenList } from "../platform.ts";
import { isNetwork, isPatternName, plainNumber, searchField, splString } from "./literals.ts";

/** How a name of the place is written in the search: as it is, or behind the name of its data set. */
export type Naming = (name: string) => string;

/** The test as text of a search, once it is known how names are written. */
export type SearchText = (naming: Naming) => Condition;

/**
 * A test in the words of a search: letter case does not matter, `*` is the one wildcard and cannot be escaped, a missing
 * field makes it false. null where only an evaluation can say it.
 */
export function searchTest(test: Test): SearchText | null {
  const { field } = test;
  const minds = test.caseSensitive && test.values.some(hasCase);
  if (field === null) return minds ? null : keyword(test);
  if (isPatternName(field.name)) return null;
  if (minds) return caseTest(test, field.name);
  const named = (naming: Naming): string => searchField(naming(field.name));
  const atom =
    (right: string): SearchText =>
    (naming) =>
      leaf({ text: `${named(naming)}${right}`, binds: "atom" });
  switch (test.operator) {
    case "exists":
      return atom("=*");
    case "is_null":
      return (naming) => leaf({ text: `NOT ${named(naming)}=*`, binds: "not" });
    case "eq":
    case "wildcard":
    case "starts_with":
    case "ends_with":
    case "contains": {
      const values = test.values.map((one) => searchValue(test, one));
      const texts = values.filter((one) => one !== null);
      if (texts.length < values.length) return null;
      const [only] = texts;
      if (texts.length === 1) return atom(`=${only}`);
      return (naming) => leaf(writtenList(`${named(naming)} IN (`, texts, ")"));
    }
    case "cidr_match": {
      const [network = ""] = test.values.map(String);
      return isNetwork(network) ? atom(`=${splString(network)}`) : null;
    }
    case "lt":
    case "le":
    case "gt":
    case "ge": {
      const number = plainNumber(String(test.values[0] ?? ""));
      return number === null ? null : atom(`${{ lt: "<", le: "<=", gt: ">", ge: ">=" }[test.operator]}${number}`);
    }
    default:
      return null;
  }
}

/**
 * `CASE(…)` minds letter case. What it takes is a term, without quotes, so that only plain words are said with it
 * (https://help.splunk.com/splunk-enterprise/search/search-manual/10.0/search-primer/use-case-and-term-to-match-phrases).
 */
function caseTest(test: Test, name: string): SearchText | null {
  const terms = test.values.map((one) => starred(wholePattern(test.operator, one) ?? []));
  if (terms.length === 0 || terms.some((one) => one === null || !/^[\w.*-]+$/u.test(one))) return null;
  return (naming) => {
    const operands = terms.map((one) => leaf({ text: `${searchField(naming(name))}=CASE(${one})`, binds: "atom" }));
    const [only] = operands;
    return only !== undefined && operands.length === 1 ? only : { type: "or", operands };
  };
}

function leaf(written: Written): Condition {
  return { type: "written", written };
}

/** Has a value letters of two cases? */
export function hasCase(value: Value): boolean {
  const text = isPattern(value)
    ? value.tokens.map((one) => (one.type === "literal" ? one.text : "")).join("")
    : String(value);
  return text.toLowerCase() !== text.toUpperCase();
}

function searchValue({ operator }: Test, value: Value): string | null {
  const tokens = wholePattern(operator, value) ?? [];
  const text = starred(tokens);
  if (text === null || (!text.includes("*") && isNetwork(text))) return null;
  return plainNumber(text) ?? splString(text);
}

/** The pattern with stars; null where it holds a star that is none, or stands for exactly one character. */
function starred(tokens: readonly PatternToken[]): string | null {
  if (holdsLiteral(tokens, /\*/u) || tokens.some((one) => one.type === "one")) return null;
  return tokens.map((one) => (one.type === "literal" ? one.text : "*")).join("");
}

/** Words anywhere in the event. */
function keyword({ operator, values }: Test): SearchText | null {
  const [value] = values;
  if (value === undefined || (operator !== "match" && operator !== "contains")) return null;
  const text = starred(operator === "match" ? patternOf(value) : (wholePattern(operator, value) ?? []));
  return text === null || text === "" ? null : () => leaf({ text: splString(text), binds: "atom" });
}

function patternOf(value: Value): readonly PatternToken[] {
  return isPattern(value) ? value.tokens : [{ type: "literal", text: String(value) }];
}
