import type { PatternToken } from "../../rule/expression.ts";
import type { Duration, Refused, WrittenList } from "../platform.ts";
import type { RegexWriter } from "../regex/dialect.ts";

/** What one database says in its own way; everything else is SQL that all of them share. */
export interface SqlEngine {
  readonly id: string;
  readonly title: string;
  readonly aliases: readonly string[];
  /** Its manual, for its page. */
  readonly manual: string;
  /** A text; of characters that `lacks` does not name. */
  readonly text: (value: string) => string;
  /** A character that the engine's texts do not hold; null where they hold all. */
  readonly lacks: string | null;
  /** What the column of a field is called. */
  readonly column: (field: string) => string;
  /** The same in a query, quoted; also for names of tables and results. */
  readonly name: (name: string) => string;
  /** The value of a key of a JSON object in a column, as text; NULL where there is none. */
  readonly jsonText: (column: string, key: string) => string;
  /** True where the operand, which stands in parentheses, is false or unknown. */
  readonly not: (operand: string) => string;
  /** The value with small letters; `ascii`: no others matter. */
  readonly lower: (value: string, ascii: boolean) => string;
  /** Does the value hold the text? With `fold`, letter case does not matter. */
  readonly holds: (where: Where, value: string, text: string, fold: boolean) => string;
  /** The same of several texts, of which one is enough; null where the engine has no short form for that many. */
  readonly holdsAny: (
    where: Where,
    value: string,
    texts: readonly string[],
    fold: boolean,
  ) => WrittenList | string | null;
  /** The same where the text is another value; both are folded already where they have to be. */
  readonly holdsValue: (where: Where, value: string, other: string) => string;
  /** Is the whole value like a pattern? */
  readonly like: (value: string, pattern: readonly PatternToken[], fold: boolean) => string;
  readonly regex: RegexWriter;
  readonly matches: (value: string, regex: string, fold: boolean) => string;
  /** A letter or digit, and anything else, in a regular expression. */
  readonly wordSigns: { readonly inside: string; readonly outside: string };
  /** The value as a number; NULL where it is none. */
  readonly number: (value: string) => string;
  /** The value in an order of its bytes. */
  readonly ordered: (value: string) => string;
  readonly inNetwork: (value: string, network: Network) => string | Refused;
  /** The same of several networks at once; null where the engine has no form for it. */
  readonly inAnyNetwork: (value: string, networks: readonly Network[]) => WrittenList | null;
  /** A time before now, and the beginning of the span of time in which one falls. */
  readonly ago: (span: Duration) => string;
  readonly startOfSpan: (time: string, span: Duration) => string;
  /** `true` for a condition of groups that counts distinct values. */
  readonly distinct: (value: string) => string;
  readonly sequences: "joins" | "patterns";
  /** The first of two times plus a span. */
  readonly later: (time: string, span: Duration) => string;
  /** Bytes that a query may have, unless a setting says otherwise. */
  readonly longest: number | null;
  /** How deep conditions may stand in each other. */
  readonly deepest: number;
}

/** Where in a value a text stands. */
export type Where = "anywhere" | "start" | "end";

/** A range of addresses, from the first to the last, both as text. */
export interface Network {
  readonly kind: "ipv4" | "ipv6";
  readonly first: string;
  readonly last: string;
  /** As the rule writes it, with its length. */
  readonly text: string;
  readonly bits: number;
  /** Numbers of the base address: four of 8 bits, or eight of 16. */
  readonly parts: readonly number[];
}

/** The sign `%` and the others of `LIKE`, as themselves. */
function likeText(text: string): string {
  return text.replace(/[\\%_]/gu, "\\$&");
}

/** A pattern in the words of `LIKE`, with `\` before a sign that stands for itself. */
export function likePattern(tokens: readonly PatternToken[]): string {
  return tokens.map((one) => (one.type === "literal" ? likeText(one.text) : one.type === "any" ? "%" : "_")).join("");
}

/** The pattern of `LIKE` for a text that stands somewhere in the value. */
export function likeFor(where: Where, text: string): string {
  return `${where === "start" ? "" : "%"}${likeText(text)}${where === "end" ? "" : "%"}`;
}

/** Small letters, each by itself, as databases have them. */
export function lowered(text: string): string {
  return [...text].map((char) => char.toLowerCase()).join("");
}

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** Are there letters that have a case? */
export function hasCase(text: string): boolean {
  return text.toLowerCase() !== text.toUpperCase();
}
