import type { PatternToken } from "../../rule/expression.ts";
import { type Refused, type RegexDialect, refused } from "../platform.ts";
import { type RegexWriter, re2 } from "../regex/dialect.ts";
import { regexOfPattern } from "../regex/pattern-regex.ts";
import { regexFor, regexOfText } from "../regex/write.ts";
import { cqlRegex } from "./literals.ts";

/**
 * JitRex: look-ahead, no look-behind, no classes of Unicode, no `x+?`
 * (https://library.humio.com/data-analysis/syntax-regex-syntax.html, …/syntax-regex-unsupported.html). `.` stops at line
 * breaks, and `^` and `$` do not, unless a flag behind the expression says otherwise
 * (https://library.humio.com/data-analysis/syntax-regex-flags.html).
 */
const jitrex: RegexWriter = {
  ...re2,
  title: "LogScale",
  looks: "ahead",
  lazy: false,
  unicodeClasses: false,
  posixClasses: false,
};

/** An expression with its flags, between slashes. */
export function regexTest(text: string, from: RegexDialect, caseSensitive: boolean): string | Refused {
  const written = regexFor(text, from, jitrex);
  if (written.type === "refused") return written;
  const longest = Math.max(0, ...[...written.text.matchAll(/\{(\d+)(?:,(\d*))?\}/gu)].flatMap(bounds));
  if (longest > 1000) return refused("regex", "LogScale does not repeat a part more than 1,000 times.");
  return slashes(written.text, caseSensitive && !written.ignoreCase);
}

function bounds([, least, most]: RegExpMatchArray): readonly number[] {
  return [Number(least), Number(most ?? 0)];
}

/** The pattern of a whole value. */
export function patternTest(tokens: readonly PatternToken[], caseSensitive: boolean): string {
  return slashes(regexOfPattern(tokens, jitrex), caseSensitive);
}

/** Any of several texts between the same ends: `/^(?:one|other)$/`. What they share at their ends is said once. */
export function textsTest(texts: readonly string[], before: "^" | "", after: "$" | "", caseSensitive: boolean): string {
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) return slashes(`${before}${regexOfText(only)}${after}`, caseSensitive);
  const head = /^[\s\S]*[^\p{L}\p{N}]/u.exec(sharedStart(texts))?.[0] ?? "";
  const rests = texts.map((one) => one.slice(head.length));
  const tail = /[^\p{L}\p{N}][\s\S]*$/u.exec(reverse(sharedStart(rests.map(reverse))))?.[0] ?? "";
  const middles = rests.map((one) => regexOfText(one.slice(0, one.length - tail.length))).join("|");
  return slashes(`${before}${regexOfText(head)}(?:${middles})${regexOfText(tail)}${after}`, caseSensitive);
}

/** Whole characters only. */
function sharedStart(texts: readonly string[]): string {
  const [first = [], ...others] = texts.map((one) => [...one]);
  let length = 0;
  while (length < first.length && others.every((one) => one[length] === first[length])) length++;
  return first.slice(0, length).join("");
}

function reverse(text: string): string {
  return [...text].reverse().join("");
}

/** Flags that the writer put at the beginning stand behind the expression here: `d` lets `.` match line breaks. */
function slashes(expression: string, caseSensitive: boolean): string {
  const inline = /^(?:\(\?[sm]\))*/u.exec(expression)?.[0] ?? "";
  const flags = `${inline.includes("s") ? "d" : ""}${caseSensitive ? "" : "i"}${inline.includes("m") ? "m" : ""}`;
  return cqlRegex(expression.slice(inline.length), flags);
}

/** Words are letters, digits and `_` that such a sign does not touch on either side. */
export function wordTest(tokens: readonly PatternToken[], caseSensitive: boolean): string {
  const body = tokens.map((one) =>
    one.type === "literal" ? regexOfText(one.text) : one.type === "any" ? "\\w*" : "\\w",
  );
  const [first, last] = [tokens[0], tokens.at(-1)];
  return slashes(`${edge(first, 0)}${body.join("")}${edge(last, -1)}`, caseSensitive);
}

function edge(token: PatternToken | undefined, at: 0 | -1): string {
  if (token === undefined || token.type === "any") return "";
  return token.type !== "literal" || /\w/u.test(token.text.at(at) ?? "") ? "\\b" : "";
}
