import type { PatternToken } from "../../rule/expression.ts";
import { durationSeconds } from "../duration.ts";
import type { Duration, WrittenList } from "../platform.ts";
import { type RegexWriter, re2 } from "../regex/dialect.ts";
import { regexOfPattern } from "../regex/pattern-regex.ts";
import { regexOfText } from "../regex/write.ts";
import { hasCase, isAscii, likePattern, lowered, type Network, type SqlEngine, type Where } from "./engine.ts";

/** Every backslash and quote is escaped; so are the signs that would break a line. */
function text(value: string): string {
  return `'${value.replace(/['\\\p{Cc}]/gu, escaped)}'`;
}

const named: Readonly<Record<string, string>> = {
  "'": "\\'",
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
  "\0": "\\0",
};

function escaped(char: string): string {
  const code = char.charCodeAt(0);
  return named[char] ?? (code < 128 ? `\\x${code.toString(16).padStart(2, "0")}` : char);
}

function name(value: string): string {
  return `"${value.replace(/["\\\p{Cc}]/gu, escaped).replaceAll('"', '\\"')}"`;
}

function lower(value: string, ascii: boolean): string {
  return ascii ? `lower(${value})` : `lowerUTF8(${value})`;
}

function holds(where: Where, value: string, needle: string, fold: boolean): string {
  const folds = fold && hasCase(needle);
  const ascii = isAscii(needle);
  if (where === "anywhere") {
    const call = folds ? `positionCaseInsensitive${ascii ? "" : "UTF8"}` : "position";
    return `${call}(${value}, ${text(needle)}) > 0`;
  }
  const call = where === "start" ? "startsWith" : "endsWith";
  return folds ? `${call}(${lower(value, ascii)}, ${text(lowered(needle))})` : `${call}(${value}, ${text(needle)})`;
}

/** One regular expression: a long `OR` takes old versions time that grows with the square of its length. */
function holdsAnyByRegex(where: Where, value: string, needles: readonly string[], fold: boolean): string | null {
  if (needles.length < mostInRow) return null;
  const options = `(?:${needles.map(regexOfText).join("|")})`;
  const regex = `${where === "start" ? "^" : ""}${options}${where === "end" ? "$" : ""}`;
  return matches(value, regex, fold && needles.some(hasCase));
}

/** Texts from which on they are looked for at once. */
const mostInRow = 10;

/** Versions as old as 18.16 look for a letter as it stands unless all that follows the flag is a group. */
function matches(value: string, regex: string, fold: boolean): string {
  return `match(${value}, ${text(fold ? `(?i)(?:${regex})` : regex)})`;
}

function holdsAny(where: Where, value: string, needles: readonly string[], fold: boolean): WrittenList | string | null {
  if (where !== "anywhere" || needles.length > 255) return holdsAnyByRegex(where, value, needles, fold);
  const folds = fold && needles.some(hasCase);
  const call = folds ? `multiSearchAnyCaseInsensitive${needles.every(isAscii) ? "" : "UTF8"}` : "multiSearchAny";
  return { open: `${call}(${value}, [`, items: needles.map(text), close: "])" };
}

function holdsValue(where: Where, value: string, other: string): string {
  switch (where) {
    case "anywhere":
      return `position(${value}, ${other}) > 0`;
    case "start":
      return `startsWith(${value}, ${other})`;
    case "end":
      return `endsWith(${value}, ${other})`;
    default:
      return where satisfies never;
  }
}

function like(value: string, tokens: readonly PatternToken[], fold: boolean): string {
  const pattern = likePattern(tokens);
  return `${value} ${fold && hasCase(pattern) ? "ILIKE" : "LIKE"} ${text(pattern)}`;
}

/** `LIKE` of 18.16 misses some values, such as `\\windows\\system32 …` for `%\\windows\\system32%…%`. */
function likeByRegex(value: string, tokens: readonly PatternToken[], fold: boolean): string {
  return matches(value, regexOfPattern(tokens, regexes), fold && hasCase(likePattern(tokens)));
}

/** `.` also matches line breaks. */
const regexes: RegexWriter = { ...re2, dotMatchesLines: true, dotAllFlag: "" };

function inNetwork(value: string, { kind, first, last }: Network): string {
  const version = kind === "ipv4" ? "4" : "6";
  return `toIPv${version}OrNull(${value}) BETWEEN toIPv${version}(${text(first)}) AND toIPv${version}(${text(last)})`;
}

/** Whatever is no address becomes zeros, which only a network that holds them has to leave out. */
function inNetworkOld(value: string, { kind, first, last }: Network): string {
  const call = kind === "ipv4" ? "IPv4StringToNum" : "IPv6StringToNum";
  const zeros = kind === "ipv4" ? "0.0.0.0" : "::";
  const range = `${call}(${value}) BETWEEN ${call}(${text(first)}) AND ${call}(${text(last)})`;
  return first === zeros ? `(${range} AND (${call}(${value}) > ${call}('${zeros}') OR ${value} = '${zeros}'))` : range;
}

/** The functions of 18.16 look for a key as it is written in the text of an object. */
export function jsonKey(key: string): string {
  return JSON.stringify(key).slice(1, -1);
}

function interval({ amount, unit }: Duration): string {
  return `INTERVAL ${amount} ${unit.toUpperCase()}`;
}

/**
 * ClickHouse as it is today. Every column may be NULL, and comparisons with NULL are NULL. `.` of `match` also matches
 * line breaks (https://clickhouse.com/docs/sql-reference/functions/string-search-functions).
 */
export const clickHouse: SqlEngine = {
  id: "clickhouse",
  title: "ClickHouse",
  aliases: [],
  manual: "https://clickhouse.com/docs/sql-reference",
  text,
  column: (field) => field,
  name,
  jsonText: (column, key) => `JSONExtract(${column}, ${text(key)}, 'Nullable(String)')`,
  not: (operand) => `NOT ifNull(${operand.slice(1, -1)}, 0)`,
  lacks: null,
  lower,
  holds,
  holdsAny,
  holdsValue,
  like,
  regex: regexes,
  matches,
  wordSigns: { inside: "[\\p{L}\\p{N}]", outside: "[^\\p{L}\\p{N}]" },
  number: (value) => `toFloat64OrNull(${value})`,
  ordered: (value) => value,
  inNetwork,
  inAnyNetwork: () => null,
  ago: (span) => `now() - ${interval(span)}`,
  startOfSpan: (time, span) => `toStartOfInterval(${time}, ${interval(span)})`,
  distinct: (value) => `uniqExact(${value})`,
  sequences: "patterns",
  later: (time, span) => `${time} + ${interval(span)}`,
  longest: 262_144,
  deepest: 120,
};

/**
 * ClickHouse as old as 18.16, which Debian still ships: no `ILIKE`, no JSONExtract, no multiSearch, no `WITH` of queries,
 * no window functions, and a nest of two thousand conditions ends the server.
 */
export const oldClickHouse: SqlEngine = {
  ...clickHouse,
  id: "clickhouse-old",
  title: "ClickHouse 18.16 and later",
  aliases: ["clickhouse-18"],
  jsonText: (column, key) => {
    const written = text(jsonKey(key));
    return `if(visitParamHas(${column}, ${written}), visitParamExtractString(${column}, ${written}), NULL)`;
  },
  holdsAny: holdsAnyByRegex,
  like: likeByRegex,
  inNetwork: inNetworkOld,
  startOfSpan: (time, span) =>
    `toDateTime(intDiv(toUInt32(${time}), ${durationSeconds(span)}) * ${durationSeconds(span)})`,
};
