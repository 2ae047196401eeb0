/** For tests: what is wrong with a query, and the texts that stand in it. */
export interface CheckedSql {
  readonly problems: readonly string[];
  /** Texts as the engine reads them; of patterns and expressions also without their escapes. */
  readonly literals: readonly string[];
  /** Names of columns, and those that the query gives. */
  readonly names: readonly string[];
}

/** Words that a query of ours is made of, besides what stands in quotes. */
const words: ReadonlySet<string> = new Set(
  `SELECT FROM WHERE AND OR NOT IS NULL TRUE FALSE IN LIKE ILIKE ANY ARRAY ESCAPE AS JOIN ON UNION ALL GROUP BY HAVING BETWEEN CASE
  WHEN THEN END EXISTS DISTINCT INTERVAL TIMESTAMP COLLATE CAST DOUBLE inet numeric events distinct_values distinct_values_2 distinct_values_3 window_start first_seen
  last_seen absent lag OVER PARTITION ORDER run_start ifNull lower lowerUTF8 position positionCaseInsensitive positionCaseInsensitiveUTF8 startsWith endsWith match
  multiSearchAny multiSearchAnyCaseInsensitive multiSearchAnyCaseInsensitiveUTF8 toFloat64OrNull toIPv4 toIPv6 toIPv4OrNull
  toIPv6OrNull IPv4StringToNum IPv6StringToNum now toStartOfInterval toDateTime toUInt32 intDiv uniqExact count countIf min max
  sequenceMatch multiIf sum steps JSONExtract visitParamHas visitParamExtractString if strpos starts_with ends_with right length date_bin contains
  regexp_matches TRY_CAST time_bucket json_extract_string chr SECOND MINUTE HOUR DAY`.split(/\s+/u),
);

type Token =
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "name" | "number" | "word" | "sign"; readonly value: string };

/** The signs between quotes, names and numbers. */
const signs = [
  "->>",
  "<<=",
  "::",
  "||",
  "<=",
  ">=",
  "<>",
  "~*",
  "<",
  ">",
  "=",
  "~",
  "(",
  ")",
  "[",
  "]",
  ",",
  ".",
  "*",
  "-",
  "+",
];

/**
 * Reads a query as one engine does, and tells whatever a query of ours does not have. `backslash`: are texts and names
 * escaped with it, as in ClickHouse?
 */
export function checkSql(text: string, { backslash }: { readonly backslash: boolean }): CheckedSql {
  const problems: string[] = [];
  const tokens: Token[] = [];
  // The header: comments alone.
  let at = /^(?:--[^\n\r]*\n)*/u.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    const rest = text.slice(at, at + 40);
    const blank = /^[ \n]+/u.exec(text.slice(at, at + 400));
    if (blank !== null) at += blank[0].length;
    else if (rest.startsWith("--") || rest.startsWith("/*")) {
      problems.push(`${at}: a comment`);
      at += 2;
    } else if (text[at] === "'" || text[at] === '"' || rest.startsWith("E'")) {
      const read = readQuoted(text, at, backslash);
      if (read === null) {
        problems.push(`${at}: does not end`);
        break;
      }
      tokens.push(read.token);
      at = read.end;
    } else {
      const token = plainToken(rest);
      if (token === null) problems.push(`${at}: unexpected ${JSON.stringify(text[at])}`);
      else tokens.push(token);
      at += token?.value.length ?? 1;
    }
  }
  problems.push(...unbalanced(tokens), ...unknownWords(tokens));
  const names = new Set(tokens.filter((one) => one.type === "name").map((one) => one.value));
  return { problems, literals: literalsOf(tokens), names: [...names] };
}

/** The same for a platform of this folder. */
export function checkQueryOf(platform: string): (text: string) => CheckedSql {
  return (text) => checkSql(text, { backslash: platform.startsWith("clickhouse") });
}

function plainToken(rest: string): Token | null {
  const word = /^[A-Za-z_]\w*/u.exec(rest)?.[0];
  if (word !== undefined) return { type: "word", value: word };
  const number = /^\d+(?:\.\d+)?/u.exec(rest)?.[0];
  if (number !== undefined) return { type: "number", value: number };
  const sign = signs.find((one) => rest.startsWith(one));
  return sign === undefined ? null : { type: "sign", value: sign };
}

const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", "0": "\0" };

/** Characters that mean themselves in any quotes. */
const plain = /[^'"\\]*/uy;

function readQuoted(
  text: string,
  from: number,
  backslash: boolean,
): { readonly token: Token; readonly end: number } | null {
  const extended = text[from] === "E";
  const quote = extended ? "'" : (text[from] ?? "");
  const escapes = backslash || extended;
  let value = "";
  let at = from + (extended ? 2 : 1);
  for (;;) {
    const char = text[at];
    if (char === undefined) return null;
    if (char === quote) {
      if (text[at + 1] !== quote) break;
      value += quote;
      at += 2;
    } else if (char === "\\" && escapes) {
      const coded = /^\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/u.exec(text.slice(at, at + 6));
      if (coded !== null) {
        value += String.fromCharCode(Number.parseInt(coded[1] ?? coded[2] ?? "", 16));
        at += coded[0].length;
      } else {
        const next = text[at + 1] ?? "";
        value += controls[next] ?? next;
        at += 2;
      }
    } else {
      // Both halves of a character, between which no expression starts.
      const whole = String.fromCodePoint(text.codePointAt(at) ?? 0);
      plain.lastIndex = at + whole.length;
      const run = plain.exec(text)?.[0] ?? "";
      value += whole + run;
      at += whole.length + run.length;
    }
  }
  return { token: { type: quote === "'" ? "text" : "name", value }, end: at + 1 };
}

function unbalanced(tokens: readonly Token[]): readonly string[] {
  const open: string[] = [];
  for (const { type, value } of tokens) {
    if (type !== "sign") continue;
    if (value === "(" || value === "[") open.push(value);
    else if (value === ")" || value === "]") {
      if (open.pop() !== (value === ")" ? "(" : "[")) return [`${value} closes nothing`];
    }
  }
  return open.map((one) => `${one} is not closed`);
}

function unknownWords(tokens: readonly Token[]): readonly string[] {
  return tokens
    .filter(({ type, value }) => type === "word" && !words.has(value) && !/^(?:step|key)\d+$/u.test(value))
    .map(({ value }) => `unknown word ${value}`);
}

/** Texts that DuckDB joins with characters by number are one. */
function literalsOf(tokens: readonly Token[]): readonly string[] {
  const texts: string[][] = [];
  let joins = false;
  for (let at = 0; at < tokens.length; at++) {
    const { type, value } = tokens[at] ?? { type: "sign", value: "" };
    let piece: string | null = type === "text" ? value : null;
    if (type === "word" && value === "chr") {
      piece = String.fromCharCode(Number(tokens[at + 2]?.value));
      at += 3;
    }
    if (piece !== null) {
      if (joins) texts.at(-1)?.push(piece);
      else texts.push([piece]);
    }
    joins = type === "sign" && value === "||";
  }
  return texts.map((one) => one.join("")).flatMap((one) => [one, one.replace(/\\([^A-Za-z0-9])/gu, "$1")]);
}
