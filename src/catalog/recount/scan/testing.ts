/**
 * For tests: what rules ask for, read from their files without our parsers and tables, so that a count made here and one
 * of the catalog check each other. It knows no more of a language than its quotes, brackets, `not` and comparisons.
 */
export interface Asked {
  /** As the rule writes it, in lower case, without the name of a Splunk data model or the variable of a YARA-L event. */
  readonly field: string;
  readonly how: How;
  /** In lower case. */
  readonly value: string;
  readonly negated: boolean;
}

export type How = "is" | "starts" | "ends" | "has" | "word" | "glob" | "regex" | "net" | "other";

export interface Recount {
  readonly corpus: string;
  readonly path: string;
  /** What tells where the events come from: a log source, or the text of the query. */
  readonly source: string;
  readonly asks: readonly Asked[];
}

/**
 * What `*` and `?` make of a text; a backslash in front of one takes its meaning away where `escapes` says so. `open` says
 * at which ends anything may follow besides.
 */
export function globbed(
  text: string,
  escapes: boolean,
  open = { start: false, end: false },
): Pick<Asked, "how" | "value"> {
  const marked = escapes
    ? text.replace(/\\([*?\\])/gu, (_, sign: string) => (sign === "*" ? "\u0001" : sign === "?" ? "\u0002" : "\\"))
    : text;
  const plain = (one: string): string => one.replaceAll("\u0001", "*").replaceAll("\u0002", "?").toLowerCase();
  const [, before = "", middle = "", after = ""] = /^(\*?)([\s\S]*?)(\*?)$/u.exec(marked) ?? [];
  if (/[*?]/u.test(middle)) return { how: "glob", value: plain(marked) };
  const start = open.start || before !== "";
  const end = open.end || after !== "";
  return { how: start && end ? "has" : start ? "ends" : end ? "starts" : "is", value: plain(middle) };
}

/** A regular expression of nothing but letters, with or without its ends. */
export function fromRegex(text: string): Pick<Asked, "how" | "value"> {
  const [, start = "", inner = "", end = ""] = /^(\^|\.\*)?([\s\S]*?)(\$|\.\*)?$/u.exec(text) ?? [];
  const letters = inner.replace(/\\([^a-zA-Z0-9])/gu, (_, sign: string) =>
    String.fromCodePoint(0xe000 + (sign.codePointAt(0) ?? 0)),
  );
  if (/[\\^$.|?*+()[\]{}]/u.test(letters)) return { how: "regex", value: text.toLowerCase() };
  const value = letters
    .replace(/[\ue000-\uf8ff]/gu, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xe000))
    .toLowerCase();
  return { how: start === "^" ? (end === "$" ? "is" : "starts") : end === "$" ? "ends" : "has", value };
}

const exactly = (text: string): Pick<Asked, "how" | "value"> => ({ how: "is", value: text.toLowerCase() });

interface Token {
  readonly type: "text" | "word" | "sign" | "regex";
  readonly text: string;
}

/** How one language compares. */
export interface Dialect {
  /** Tried in order at each place; what none matches is a sign of one letter. `skip` is left out. */
  readonly tokens: readonly (readonly [Token["type"] | "skip", RegExp, ((text: string) => string)?])[];
  /** By operator in lower case: what a value behind it asks for. `quoted`: it stood in quotes. */
  readonly operators: Readonly<Record<string, (value: string, quoted: boolean) => Pick<Asked, "how" | "value">>>;
  /** Functions that are asked with a field and values, by name in lower case. */
  readonly functions: Readonly<Record<string, (value: string) => Pick<Asked, "how" | "value">>>;
  /** Commands of a piped query that filter; in the others a comparison computes something. null: all of the text filters. */
  readonly filters: ReadonlySet<string> | null;
  /** Words before a bracket that take out what stands in it. */
  readonly without: ReadonlySet<string>;
  readonly field: (word: string) => string;
  /** Behind this word a command filters no more. */
  readonly until?: string;
  /** May the name of a field stand in quotes? */
  readonly quotedFields?: true;
  /** Functions around a field after which it is the same field. */
  readonly wrappers: ReadonlySet<string>;
}

/** All comparisons of a field with a value in a text. */
export function scan(text: string, dialect: Dialect): readonly Asked[] {
  const tokens = unwrapped(tokensOf(text, dialect), dialect.wrappers);
  const asks: Asked[] = [];
  const groups: { readonly negated: boolean; readonly filters: boolean }[] = [];
  let negated = false;
  let not = false;
  const command = (at: number): boolean =>
    dialect.filters === null || dialect.filters.has(tokens[at]?.text.toLowerCase() ?? "");
  const wordAt = (at: number): string => (tokens[at]?.type === "text" ? "" : (tokens[at]?.text.toLowerCase() ?? ""));
  /** The values from a place on, one or a list in brackets, and where they end. */
  const valuesFrom = (start: number): { readonly values: readonly Token[]; readonly end: number } => {
    if (wordAt(start) !== "(" && wordAt(start) !== "[") {
      const only = tokens[start];
      return { values: only === undefined ? [] : [only], end: start };
    }
    const values: Token[] = [];
    const groups: boolean[] = [];
    for (let at = start; at < tokens.length; at++) {
      const word = wordAt(at);
      const out = groups.at(-1) === true || wordAt(at - 1) === "not";
      if (word === "(" || word === "[") groups.push(out);
      else if (word === ")" || word === "]") groups.pop();
      else if (!out && !["or", "and", "not", ","].includes(word)) values.push(tokens[at] as Token);
      if (groups.length === 0) return { values, end: at };
    }
    return { values, end: tokens.length };
  };
  let filters = dialect.filters?.has("") === true || command(0);
  const ask = (field: string, read: Dialect["operators"][string], values: readonly Token[], flipped: boolean): void => {
    if (!filters) return;
    for (const one of values) {
      if (one.type === "sign") continue;
      const meaning = one.type === "regex" ? fromRegex(one.text) : read(one.text, one.type === "text");
      asks.push({ field: dialect.field(field).toLowerCase(), ...meaning, negated: (negated !== not) !== flipped });
    }
  };
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const word = wordAt(at);
    if (token.type === "sign" && (word === "(" || word === "[" || word === "{")) {
      groups.push({ negated, filters });
      negated = negated !== (not || dialect.without.has(wordAt(at - 1)));
      not = false;
    } else if (token.type === "sign" && (word === ")" || word === "]" || word === "}")) {
      const group = groups.pop();
      negated = group?.negated ?? false;
      filters = group?.filters ?? true;
      not = false;
    } else if (token.type === "sign" && word === "|") {
      filters = command(at + 1);
      not = false;
    } else if (token.type === "sign" && word === ";") {
      filters = dialect.filters === null;
      not = false;
    } else if (token.type === "word" && word === "not") not = !not;
    else if (token.type === "word" && (word === "and" || word === "or")) not = false;
    else if (token.type === "word" && word === dialect.until) filters = false;
    else if (token.type === "word" && dialect.functions[word] !== undefined && wordAt(at + 1) === "(") {
      const { values, end } = valuesFrom(at + 1);
      const [field, ...others] = values;
      if (field !== undefined) ask(field.text, dialect.functions[word] as Dialect["functions"][string], others, false);
      at = end;
      not = false;
    } else if (token.type === "word" || (token.type === "text" && dialect.quotedFields === true)) {
      const flipped = wordAt(at + 1) === "not" || wordAt(at + 1) === "!";
      const place = at + (flipped ? 2 : 1);
      const two = `${wordAt(place)} ${wordAt(place + 1)}`;
      const read = dialect.operators[two] ?? dialect.operators[wordAt(place)];
      if (read === undefined || tokens[place]?.type === "text") continue;
      const { values, end } = valuesFrom(place + (dialect.operators[two] === undefined ? 1 : 2));
      ask(token.text, read, values, flipped);
      at = end;
      not = false;
    }
  }
  return asks;
}

function tokensOf(text: string, { tokens: kinds }: Dialect): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const found = kinds
      .map(([type, pattern, decode]) => {
        pattern.lastIndex = at;
        const match = pattern.exec(text);
        return match === null
          ? null
          : { type, length: match[0].length, text: (decode ?? ((one) => one))(match[1] ?? match[0]) };
      })
      .find((one) => one !== null && one.length > 0);
    if (found === undefined || found === null) {
      if (!/\s/u.test(text[at] ?? "")) tokens.push({ type: "sign", text: text[at] ?? "" });
      at++;
      continue;
    }
    if (found.type !== "skip") tokens.push({ type: found.type, text: found.text });
    at += found.length;
  }
  return tokens;
}

/** `to_lower(x)` is x. */
function unwrapped(tokens: readonly Token[], wrappers: ReadonlySet<string>): readonly Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [word, open, inner, close] = tokens.slice(at, at + 4);
    const wraps =
      word?.type === "word" && wrappers.has(word.text.toLowerCase()) && open?.text === "(" && close?.text === ")";
    const kept = wraps ? inner : word;
    if (kept !== undefined) out.push(kept);
    if (wraps) at += 3;
  }
  return out;
}

const unescaped = (text: string): string => text.replace(/\\([\s\S])/gu, "$1");
const same = (one: string): string => one;

const cidr = /^[\d.]+\/\d+$|^[0-9a-f:]+\/\d+$/u;

/** EQL, ES|QL, Kuery and Lucene. */
export function elastic(language: string): Dialect {
  const quotedGlob = language === "eql";
  const colon = (value: string, quoted: boolean) =>
    quoted && !quotedGlob ? exactly(value) : globbed(value, !quotedGlob);
  const like = (value: string) => globbed(value, language === "esql");
  const ends: Dialect["functions"][string] = (value) => ({ how: "ends", value: value.toLowerCase() });
  const starts: Dialect["functions"][string] = (value) => ({ how: "starts", value: value.toLowerCase() });
  const net: Dialect["functions"][string] = (value) => ({ how: "net", value });
  return {
    tokens: [
      ["skip", /\/\/[^\n]*|\/\*[\s\S]*?\*\//uy],
      ["text", /"""([\s\S]*?)"""/uy],
      ["text", /"((?:\\[\s\S]|[^"\\])*)"/uy, unescaped],
      ["text", /'((?:\\[\s\S]|[^'\\])*)'/uy, unescaped],
      ["word", /(?:in|like|regex|startswith|endswith|stringcontains|endswith|wildcard|match)~/uy],
      ["sign", /[!=]=|=~|[<>]=?/uy],
      [
        "word",
        language === "kuery" || language === "lucene" ? /(?:\\[\s\S]|[^\s()[\]{}:"|,=<>])+/uy : /`[^`]*`|[\w.@*?-]+/uy,
      ],
    ],
    operators: {
      ":": (value, quoted) => (cidr.test(value) ? { how: "net", value } : colon(value, quoted)),
      "==": exactly,
      "=~": exactly,
      in: exactly,
      "in~": exactly,
      like,
      "like~": like,
      rlike: fromRegex,
      regex: fromRegex,
      "regex~": fromRegex,
    },
    functions: {
      startswith: starts,
      "startswith~": starts,
      starts_with: starts,
      endswith: ends,
      "endswith~": ends,
      ends_with: ends,
      cidrmatch: net,
      cidr_match: net,
    },
    filters: language === "esql" ? new Set(["where"]) : null,
    without: new Set(["!", "until"]),
    field: (word) => word.replace(/^\?|`|\.caseless$/gu, ""),
    wrappers: new Set(["to_lower", "to_upper"]),
  };
}

const has = (value: string): Pick<Asked, "how" | "value"> => ({ how: "has", value: value.toLowerCase() });

/** Kusto. */
export const kusto: Dialect = {
  tokens: [
    ["skip", /\/\/[^\n]*/uy],
    ["text", /[hH]?@"((?:""|[^"])*)"/uy],
    ["text", /[hH]?@'((?:''|[^'])*)'/uy],
    ["text", /[hH]?"((?:\\[\s\S]|[^"\\])*)"/uy, unescaped],
    ["text", /[hH]?'((?:\\[\s\S]|[^'\\])*)'/uy, unescaped],
    ["word", /in~|[A-Za-z_][\w.]*|\d[\w.]*/uy],
    ["sign", /[!=]=|=~|!~|[<>]=?/uy],
  ],
  operators: {
    "==": exactly,
    "=~": exactly,
    in: exactly,
    "in~": exactly,
    contains: has,
    startswith: (value) => ({ how: "starts", value: value.toLowerCase() }),
    endswith: (value) => ({ how: "ends", value: value.toLowerCase() }),
    has: (value) => ({ how: "word", value: value.toLowerCase() }),
    has_any: (value) => ({ how: "word", value: value.toLowerCase() }),
    has_all: (value) => ({ how: "word", value: value.toLowerCase() }),
    "matches regex": fromRegex,
  },
  functions: {},
  filters: new Set(["where", "filter"]),
  without: new Set(["not", "leftanti", "anti"]),
  field: same,
  wrappers: new Set(["tolower", "toupper", "tostring", "toint"]),
};

/** YARA-L, of which only the events section filters. */
export const yaraL: Dialect = {
  tokens: [
    ["skip", /\/\/[^\n]*|\/\*[\s\S]*?\*\//uy],
    ["text", /"((?:\\[\s\S]|[^"\\])*)"/uy, unescaped],
    ["regex", /\/((?:\\[\s\S]|[^/\\\n])+)\//uy],
    ["text", /`([^`]*)`/uy],
    ["word", /re\.regex|net\.ip_in_range_cidr|strings\.\w+|\$?[A-Za-z_][\w.]*(?:\[[^\]]*\])?|\d[\w.]*/uy],
    ["sign", /[!<>]=|[=<>]/uy],
  ],
  operators: { "=": exactly },
  functions: {
    "re.regex": fromRegex,
    "strings.contains": has,
    "net.ip_in_range_cidr": (value) => ({ how: "net", value }),
  },
  filters: null,
  without: new Set(["not"]),
  field: (word) => word.replace(/^\$\w+\./u, ""),
  wrappers: new Set(["strings.to_lower", "strings.to_upper"]),
};

const model =
  /^(?:Processes|Filesystem|Registry|Services|Ports|All_Traffic|DNS|Web|Authentication|All_Changes|Endpoint)\./iu;
const splunkValue = (value: string) => (cidr.test(value) ? ({ how: "net", value } as const) : globbed(value, false));

/** SPL, with its macros written out. */
export const spl: Dialect = {
  tokens: [
    ["skip", /```[\s\S]*?```/uy],
    ["text", /"((?:\\[\s\S]|[^"\\])*)"/uy, unescaped],
    ["word", /(?:\\[\s\S]|[^\s()[\]|,=!<>"])+/uy, unescaped],
    ["sign", /!=|==|[<>]=?|=/uy],
  ],
  operators: { "=": splunkValue, "==": splunkValue, in: splunkValue },
  functions: {},
  filters: new Set(["", "search", "tstats", "mstats", "where"]),
  until: "by",
  quotedFields: true,
  without: new Set(["not"]),
  field: (word) => word.replace(model, ""),
  wrappers: new Set(["lower", "upper"]),
};
