import type { PatternToken, Value } from "../../rule/expression.ts";
import { isPattern } from "../../rule/expression.ts";
import { holdsLiteral, wholePattern } from "../condition/whole-pattern.ts";
import type { Test, Written } from "../platform.ts";
import { isNetwork, isPatternName, plainNumber, searchField, splString } from "./literals.ts";

/** How a name of the place is written in the search: as it is, or behind the name of its data set. */
export type Naming = (name: string) => string;

export type SearchText = (naming: Naming) => string;

/**
 * A test in the words of a search: letter case does not matter, `*` is the one wildcard and cannot be escaped, a missing
 * field makes it false. null where only an evaluation can say it.
 */
export function searchTest(test: Test): { readonly text: SearchText; readonly binds: Written["binds"] } | null {
  const { field } = test;
  const minds = test.caseSensitive && test.values.some(hasCase);
  if (field === null) return minds ? null : keyword(test);
  if (isPatternName(field.name)) return null;
  if (minds) return caseTest(test, field.name);
  const atom = (right: string): ReturnType<typeof searchTest> => ({
    text: (naming) => `${searchField(naming(field.name))}${right}`,
    binds: "atom",
  });
  switch (test.operator) {
    case "exists":
      return atom("=*");
    case "is_null":
      return { text: (naming) => `NOT ${searchField(naming(field.name))}=*`, binds: "not" };
    case "eq":
    case "wildcard":
    case "starts_with":
    case "ends_with":
    case "contains": {
      const values = test.values.map((one) => searchValue(test, one));
      if (values.includes(null)) return null;
      return atom(values.length === 1 ? `=${values[0]}` : ` IN (${values.join(", ")})`);
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
function caseTest(test: Test, name: string): ReturnType<typeof searchTest> {
  const terms = test.values.map((one) => starred(wholePattern(test.operator, one) ?? []));
  if (terms.length === 0 || terms.some((one) => one === null || !/^[\w.*-]+$/u.test(one))) return null;
  return {
    text: (naming) => terms.map((one) => `${searchField(naming(name))}=CASE(${one})`).join(" OR "),
    binds: terms.length === 1 ? "atom" : "or",
  };
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
function keyword({ operator, values }: Test): ReturnType<typeof searchTest> {
  const [value] = values;
  if (value === undefined || (operator !== "match" && operator !== "contains")) return null;
  const text = starred(operator === "match" ? patternOf(value) : (wholePattern(operator, value) ?? []));
  return text === null || text === "" ? null : { text: () => splString(text), binds: "atom" };
}

function patternOf(value: Value): readonly PatternToken[] {
  return isPattern(value) ? value.tokens : [{ type: "literal", text: String(value) }];
}
