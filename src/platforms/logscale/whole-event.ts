import { holdsLiteral, wholePattern } from "../condition/whole-pattern.ts";
import { type Refused, refused, type Test, type Written } from "../platform.ts";
import { patternTest, regexTest, wordTest } from "./regex.ts";

/** Free text is looked for in every field but the tags, and in the raw event. */
export function wholeEvent(test: Test): Written | Refused {
  const { operator, values, caseSensitive, regex } = test;
  const [value] = values;
  if (value === undefined) return refused("keyword", "LogScale cannot ask this of whole events.");
  switch (operator) {
    case "match":
      return words(test);
    case "regex_match": {
      const written = regexTest(String(value), regex, caseSensitive);
      return typeof written === "string" ? { text: written, binds: "atom" } : written;
    }
    case "eq":
    case "contains":
    case "wildcard": {
      const tokens = (wholePattern(operator === "eq" ? "contains" : operator, value) ?? []).filter(
        (one, at, all) => one.type !== "any" || (at > 0 && at < all.length - 1),
      );
      if (!holdsLiteral(tokens, /./su)) return refused("keyword", "Every event would be found.");
      // Without anchors: the text may stand anywhere.
      return { text: patternTest([{ type: "any" }, ...tokens, { type: "any" }], caseSensitive), binds: "atom" };
    }
    default:
      return refused("keyword", "LogScale cannot ask this of whole events.");
  }
}

export function words({ values, caseSensitive }: Test): Written {
  const tokens = wholePattern("eq", values[0] ?? "") ?? [];
  const why = "A word ends at a sign that is no letter of ASCII, no digit and no underscore.";
  return { text: wordTest(tokens, caseSensitive), binds: "atom", remarks: [{ code: "words", why }] };
}
