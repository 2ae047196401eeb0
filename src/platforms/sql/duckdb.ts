import { type Duration, refused } from "../platform.ts";
import { re2 } from "../regex/dialect.ts";
import { hasCase, likePattern, lowered, type SqlEngine, type Where } from "./engine.ts";
import { networkRegex } from "./network.ts";

/** Only the quote is special; control characters are joined to the text by number. */
function text(value: string): string {
  const parts = value
    .split(/(\p{Cc})/u)
    .filter((part) => part !== "")
    .map((part) => (/^\p{Cc}$/u.test(part) ? `chr(${part.charCodeAt(0)})` : `'${part.replaceAll("'", "''")}'`));
  const [only] = parts;
  return parts.length > 1 ? `(${parts.join(" || ")})` : (only ?? "''");
}

function name(value: string): string {
  return `"${value.replaceAll("\0", "").replaceAll('"', '""')}"`;
}

const calls: Readonly<Record<Where, string>> = { anywhere: "contains", start: "starts_with", end: "ends_with" };

function holds(where: Where, value: string, needle: string, fold: boolean): string {
  return fold && hasCase(needle)
    ? `${calls[where]}(lower(${value}), ${text(lowered(needle))})`
    : `${calls[where]}(${value}, ${text(needle)})`;
}

function interval({ amount, unit }: Duration): string {
  return `INTERVAL ${amount} ${unit.toUpperCase()}`;
}

/** https://duckdb.org/docs/stable/sql/introduction. Addresses are an extension there, which has to be fetched. */
export const duckDb: SqlEngine = {
  id: "duckdb",
  title: "DuckDB",
  aliases: [],
  manual: "https://duckdb.org/docs/stable/sql/introduction",
  text,
  column: (field) => field,
  name,
  // `->>` binds less tightly than a comparison, and takes a key that begins with `$` or `/` for a path.
  jsonText: (column, key) =>
    /^[^$/]/u.test(key)
      ? `(${column}->>${text(key)})`
      : `json_extract_string(${column}, ${text(`$."${key.replaceAll('"', '\\"')}"`)})`,
  not: (operand) => `${operand} IS NOT TRUE`,
  lacks: null,
  lower: (value) => `lower(${value})`,
  holds,
  holdsAny: () => null,
  holdsValue: (where, value, other) => `${calls[where]}(${value}, ${other})`,
  like: (value, tokens, fold) => {
    const pattern = likePattern(tokens);
    const escapeSign = pattern.includes("\\") ? " ESCAPE '\\'" : "";
    return `${value} ${fold && hasCase(pattern) ? "ILIKE" : "LIKE"} ${text(pattern)}${escapeSign}`;
  },
  regex: re2,
  matches: (value, regex, fold) => `regexp_matches(${value}, ${text(regex)}${fold ? ", 'i'" : ""})`,
  wordSigns: { inside: "[\\p{L}\\p{N}]", outside: "[^\\p{L}\\p{N}]" },
  number: (value) => `TRY_CAST(${value} AS DOUBLE)`,
  ordered: (value) => value,
  inNetwork: (value, network) => {
    const regex = networkRegex(network);
    if (regex === null) return refused("operator", `DuckDB cannot tell addresses of ${network.text} by their text.`);
    return `regexp_matches(${value}, ${text(regex)}${network.kind === "ipv6" ? ", 'i'" : ""})`;
  },
  inAnyNetwork: () => null,
  ago: (span) => `now() - ${interval(span)}`,
  startOfSpan: (time, span) => `time_bucket(${interval(span)}, ${time})`,
  distinct: (value) => `count(DISTINCT ${value})`,
  sequences: "joins",
  later: (time, span) => `${time} + ${interval(span)}`,
  longest: null,
  deepest: 200,
};
