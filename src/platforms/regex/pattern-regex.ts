import type { PatternToken } from "../../rule/expression.ts";
import type { RegexWriter } from "./dialect.ts";
import { regexOfText } from "./write.ts";

/** A pattern of the whole value as a regular expression that finds it; runs of anything at its ends need no anchor. */
export function regexOfPattern(tokens: readonly PatternToken[], to: RegexWriter): string {
  const open = [tokens[0]?.type === "any", tokens.length > 1 && tokens.at(-1)?.type === "any"];
  const inner = tokens.slice(open[0] ? 1 : 0, open[1] ? -1 : undefined);
  const body = inner.map((token) => {
    switch (token.type) {
      case "literal":
        return regexOfText(token.text);
      case "any":
        return ".*";
      case "one":
        return ".";
      case "placeholder":
        throw new Error(`A placeholder has no expression: ${token.name}`);
      default:
        return token satisfies never;
    }
  });
  const lines = body.some((one) => one === ".*" || one === ".") && !to.dotMatchesLines ? (to.dotAllFlag ?? "") : "";
  return `${lines}${open[0] ? "" : "^"}${body.join("")}${open[1] ? "" : "$"}`;
}

/** A word that no letter or digit touches on either side, for platforms that do not look for words themselves. */
export function regexOfWord(tokens: readonly PatternToken[]): string {
  const letter = "[\\p{L}\\p{N}]";
  const body = tokens
    .map((token) => (token.type === "literal" ? regexOfText(token.text) : token.type === "any" ? `${letter}*` : letter))
    .join("");
  const [first, last] = [tokens[0], tokens.at(-1)];
  const edge = (token: PatternToken | undefined, at: 0 | -1): boolean =>
    token?.type === "one" || (token?.type === "literal" && /[\p{L}\p{N}]/u.test([...token.text].at(at) ?? ""));
  return `${edge(first, 0) ? "(?:^|[^\\p{L}\\p{N}])" : ""}${body}${edge(last, -1) ? "(?:[^\\p{L}\\p{N}]|$)" : ""}`;
}
