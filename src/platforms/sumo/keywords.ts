import { isPattern, type PatternToken, type Value } from "../../rule/expression.ts";
import { type Condition, type Refused, refused, type Test, type Written } from "../platform.ts";
import { re2 } from "../regex/dialect.ts";
import { regexFor, regexOfText } from "../regex/write.ts";
import { sumoRegex, sumoString } from "./literals.ts";

/** A test of the whole event; where the keyword expression of the query can say the same, `scope` is how. */
interface KeywordTest extends Written {
  readonly scope: string | null;
}

const code = "keyword";
const inWhere = "Keywords are looked for in the text of the message as Sumo Logic keeps it.";

/**
 * Texts anywhere in the event. In the keyword expression, letter case does not matter and words must be whole
 * (https://www.sumologic.com/help/docs/search/get-started-with-search/build-search/keyword-search-expressions/). In a
 * `where`, `_raw` is the message; a record of Cloud SIEM keeps there what the log said
 * (https://www.sumologic.com/help/docs/cse/rules/cse-rules-syntax/#json), as JSON, in which quotes and backslashes stand
 * behind a backslash.
 */
export function keywordTest({ operator, values, caseSensitive, regex }: Test): KeywordTest | Refused {
  const [value = ""] = values;
  switch (operator) {
    case "match":
    case "contains":
    case "eq":
    case "wildcard":
    case "starts_with":
    case "ends_with": {
      const tokens: readonly PatternToken[] = isPattern(value)
        ? value.tokens
        : [{ type: "literal", text: String(value) }];
      return {
        text: `_raw matches ${sumoRegex(`${caseSensitive ? "(?s)" : "(?is)"}.*${rawBody(tokens)}.*`)}`,
        binds: "atom",
        remarks: [{ code, why: inWhere }],
        scope: caseSensitive ? null : scopeOf(value),
      };
    }
    case "regex_match": {
      const written = regexFor(String(value), regex, re2);
      if (written.type === "refused") return written;
      const flags = caseSensitive && !written.ignoreCase ? "(?s)" : "(?is)";
      return {
        text: `_raw matches ${sumoRegex(`${flags}.*(?-s:${written.text}).*`)}`,
        binds: "atom",
        remarks: [
          {
            code,
            why: "The text of the message is searched, in which a log in JSON has quotes and backslashes behind a backslash.",
          },
        ],
        scope: null,
      };
    }
    default:
      return refused("keyword", "Sumo Logic looks through whole events only for texts.");
  }
}

function rawBody(tokens: readonly PatternToken[]): string {
  return tokens
    .map((one) =>
      one.type === "literal"
        ? [...one.text]
            .map((char) => (char === "\\" ? "\\\\{1,2}" : char === '"' ? '\\\\?"' : regexOfText(char)))
            .join("")
        : one.type === "any"
          ? ".*"
          : ".",
    )
    .join("");
}

/** Between double quotes `*` is itself, so a keyword with wildcards can't stand there. */
function scopeOf(value: Value): string | null {
  if (isPattern(value)) {
    const [only, ...others] = value.tokens;
    return only?.type === "literal" && others.length === 0 ? scopeOf(only.text) : null;
  }
  const text = String(value);
  return text.trim() === "" ? null : sumoString(text);
}

/** The parts of a condition that the keyword expression can say, and what is left of it for `where`. */
export interface Parted {
  readonly scope: readonly string[];
  readonly rest: readonly Condition[];
}

export function partKeywords(condition: Condition | null): Parted {
  if (condition === null) return { scope: [], rest: [] };
  const operands = condition.type === "and" ? condition.operands : [condition];
  const scope: string[] = [];
  const rest: Condition[] = [];
  for (const one of operands) {
    const text = scopeText(one);
    if (text === null) rest.push(one);
    else scope.push(text);
  }
  return { scope, rest };
}

function scopeText(condition: Condition): string | null {
  switch (condition.type) {
    case "written": {
      const { written } = condition;
      return "scope" in written && typeof written.scope === "string" ? written.scope : null;
    }
    case "not": {
      const inner = scopeText(condition.operand);
      return inner === null ? null : `NOT ${inner}`;
    }
    case "and":
    case "or": {
      const parts = condition.operands.map(scopeText);
      if (parts.includes(null)) return null;
      return `(${parts.join(condition.type === "and" ? " AND " : " OR ")})`;
    }
    default:
      return condition satisfies never;
  }
}
