import type { Duration, WrittenList } from "../platform.ts";
import { postgres } from "../regex/dialect.ts";
import { hasCase, likeFor, likePattern, type Network, type SqlEngine, type Where } from "./engine.ts";

/** Only the quote is special, unless `E` stands before it. */
function text(value: string): string {
  const quoted = value.replaceAll("'", "''");
  if (!/\p{Cc}/u.test(value)) return `'${quoted}'`;
  const inner = quoted.replaceAll("\\", "\\\\").replace(/\p{Cc}/gu, (char) => named[char] ?? unicode(char));
  return `E'${inner}'`;
}

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };

function unicode(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Names of up to 63 bytes; of a longer one the beginning, and a number made of all of it, since the rest would be cut off. */
function column(field: string): string {
  const bytes = new TextEncoder().encode(field.replaceAll("\0", ""));
  if (bytes.length <= 63) return field.replaceAll("\0", "");
  let number = 0x811c9dc5;
  for (const byte of bytes) number = Math.imul(number ^ byte, 0x01000193) >>> 0;
  const beginning = new TextDecoder().decode(bytes.slice(0, 54)).replace(/\ufffd+$/u, "");
  return `${beginning}_${number.toString(16).padStart(8, "0")}`;
}

function name(value: string): string {
  return `"${column(value).replaceAll('"', '""')}"`;
}

function like(value: string, pattern: string, fold: boolean): string {
  return `${value} ${fold && hasCase(pattern) ? "ILIKE" : "LIKE"} ${text(pattern)}`;
}

function holdsAny(where: Where, value: string, needles: readonly string[], fold: boolean): WrittenList {
  const items = needles.map((one) => text(likeFor(where, one)));
  return {
    open: `${value} ${fold && needles.some(hasCase) ? "ILIKE" : "LIKE"} ANY (ARRAY[`,
    items,
    close: "])",
  };
}

function holdsValue(where: Where, value: string, other: string): string {
  switch (where) {
    case "anywhere":
      return `strpos(${value}, ${other}) > 0`;
    case "start":
      return `starts_with(${value}, ${other})`;
    case "end":
      return `right(${value}, length(${other})) = ${other}`;
    default:
      return where satisfies never;
  }
}

const byte = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
const groups = "([0-9a-f]{1,4}(:[0-9a-f]{1,4})*)?";

/** A cast of what is no address ends the query, so addresses are told first. */
const address = `^((${byte}[.]){3}${byte}|(?!(.*:){8})(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|${groups}::${groups}))$`;

function inAnyNetwork(value: string, networks: readonly Network[]): WrittenList {
  const open = `CASE WHEN ${value} ~* '${address}' THEN CAST(${value} AS inet) <<= ANY (ARRAY[`;
  return { open, items: networks.map((one) => `'${one.text}'`), close: "]::inet[]) END" };
}

function interval({ amount, unit }: Duration): string {
  return `INTERVAL '${amount} ${unit}${amount === 1 ? "" : "s"}'`;
}

/**
 * PostgreSQL from version 14, with `standard_conforming_strings` as it comes
 * (https://www.postgresql.org/docs/15/functions-matching.html).
 */
export const postgreSql: SqlEngine = {
  id: "postgresql",
  title: "PostgreSQL",
  aliases: ["postgres"],
  manual: "https://www.postgresql.org/docs/15/functions.html",
  text,
  column,
  name,
  jsonText: (column, key) => `${column}->>${text(key)}`,
  not: (operand) => `${operand} IS NOT TRUE`,
  lacks: "\0",
  lower: (value) => `lower(${value})`,
  holds: (where, value, needle, fold) => like(value, likeFor(where, needle), fold),
  holdsAny,
  holdsValue,
  like: (value, tokens, fold) => like(value, likePattern(tokens), fold),
  regex: postgres,
  // A range that begins at NUL begins at the next character: no text holds NUL.
  matches: (value, regex, fold) => `${value} ${fold ? "~*" : "~"} ${text(regex.replaceAll("\0-", "\\u0001-"))}`,
  wordSigns: { inside: "[[:alnum:]]", outside: "[^[:alnum:]]" },
  number: (value) => `CASE WHEN ${value} ~ '^[+-]?[0-9]+([.][0-9]+)?$' THEN CAST(${value} AS numeric) END`,
  ordered: (value) => `${value} COLLATE "C"`,
  inNetwork: (value, network) =>
    `CASE WHEN ${value} ~* '${address}' THEN CAST(${value} AS inet) <<= inet '${network.text}' END`,
  inAnyNetwork,
  ago: (span) => `now() - ${interval(span)}`,
  startOfSpan: (time, span) => `date_bin(${interval(span)}, ${time}, TIMESTAMP '2000-01-01')`,
  distinct: (value) => `count(DISTINCT ${value})`,
  sequences: "joins",
  later: (time, span) => `${time} + ${interval(span)}`,
  longest: null,
  deepest: 1000,
};
