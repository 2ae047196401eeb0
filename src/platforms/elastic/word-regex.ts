import type { PatternToken } from "../../rule/expression.ts";
import { luceneRegexFor } from "../regex/lucene.ts";
import { regexOfText } from "../regex/write.ts";
import type { Remark } from "../translation.ts";

/** A whole value in which a word stands that no letter or digit touches, for fields that are not cut into words. */
export function wordRegex(tokens: readonly PatternToken[]): string {
  const sign = "[^A-Za-z0-9]";
  const body = tokens
    .map((one) =>
      one.type === "literal" ? regexOfText(one.text) : one.type === "any" ? "[A-Za-z0-9]*" : "[A-Za-z0-9]",
    )
    .join("");
  const [first, last] = [tokens[0], tokens.at(-1)];
  const edge = (one: PatternToken | undefined, at: 0 | -1): boolean =>
    one?.type === "one" || (one?.type === "literal" && /[\p{L}\p{N}]/u.test([...one.text].at(at) ?? ""));
  const before = edge(first, 0) ? `(?:^|${sign})` : "";
  const after = edge(last, -1) ? `(?:${sign}|$)` : "";
  const whole = luceneRegexFor(`${before}${body}${after}`, "re2");
  if (whole.type === "refused") throw new Error(`A word is always an expression: ${whole.why}`);
  return whole.text;
}

export const wordRemark: Remark = {
  code: "words",
  why: "Words end at every sign that is no letter of the English alphabet and no digit.",
};
