import { breaksLiteral, number, unquotedName, unquotedPattern, wordGoesOn } from "./characters.ts";
import { type Reader, refuse, sees, skipBlank, take } from "./reader.ts";
import { checkRegex } from "./regex.ts";

/**
 * What a backslash may escape between quotes: `\"`, `\\` and `\n` (grammar subset, quoted strings) and `\t`
 * (library.humio.com/crowdstrike-query-language/syntax-datatypes-detail-string.html). There is no escape for `*`.
 */
const escapes: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", n: "\n", t: "\t" };

/** The value between two quotes, which must stand on one line. */
export function readQuoted(reader: Reader): string {
  const start = reader.at;
  const { text } = reader;
  const parts: string[] = [];
  let from = start + 1;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      parts.push(text.slice(from, at));
      reader.at = at + 1;
      return parts.join("");
    }
    if (char === "\\") {
      const meant = escapes[text[at + 1] ?? ""];
      if (meant === undefined)
        refuse(at, "Nothing but a quote, a backslash, n and t may follow a backslash in a string.");
      parts.push(text.slice(from, at), meant);
      at++;
      from = at + 1;
    } else if (breaksLiteral(text.charCodeAt(at))) {
      refuse(at, "A string may hold neither line breaks nor control characters.");
    }
  }
  return refuse(start, "A string is not closed.");
}

/** `d`, `g`, `i`, `m` and `F` (library.humio.com/data-analysis/syntax-regex-flags.html). */
const flags = /[A-Za-z0-9_]*/y;

/** A regular expression between slashes with its flags; `\/` is a slash in it. Returns whether there is one here. */
export function readRegex(reader: Reader): boolean {
  const { text, at: start } = reader;
  if (text[start] !== "/" || text[start + 1] === "/" || text[start + 1] === "*") return false;
  let end = start + 1;
  while (text[end] !== "/") {
    if (end >= text.length) refuse(start, "A regular expression is not closed.");
    if (breaksLiteral(text.charCodeAt(end))) {
      refuse(end, "A regular expression may hold neither line breaks nor control characters.");
    }
    end += text[end] === "\\" ? 2 : 1;
  }
  const body = text.slice(start + 1, end);
  checkRegex(body, start + 1);
  reader.at = end + 1;
  const own = take(reader, flags) ?? "";
  if (!/^[dgimF]*$/u.test(own) || new Set(own).size < own.length) {
    refuse(end + 1, `Flags of regular expressions are d, g, i, m and F, each once: ${own}.`);
  }
  reader.literals.push({ kind: "regex", value: body.replaceAll(/\\([\s\S])/gu, unslash), at: start });
  return true;
}

function unslash(whole: string, escaped: string): string {
  return escaped === "/" ? "/" : whole;
}

/** A field's name, quoted or not; null where none stands. */
export function readName(reader: Reader): string | null {
  skipBlank(reader);
  if (reader.text[reader.at] === '"') return readQuoted(reader);
  return take(reader, unquotedName);
}

/** A value without or with quotes, in which `*` stands for any run of characters. Returns whether there is one here. */
export function readPattern(reader: Reader): boolean {
  const at = reader.at;
  if (reader.text[at] === '"') {
    reader.literals.push({ kind: "string", value: readQuoted(reader), at });
    return true;
  }
  const word = take(reader, unquotedPattern);
  if (word === null) return false;
  if (reader.text[reader.at] === "/") refuse(reader.at, "A value with a slash must stand in quotes.");
  reader.literals.push({ kind: /^[0-9]+(?:\.[0-9]+)?$/u.test(word) ? "number" : "string", value: word, at });
  return true;
}

/** A number that no letter follows. Returns whether there is one here. */
export function readNumber(reader: Reader): boolean {
  const at = reader.at;
  const sign = reader.text[at] === "-" ? "-" : "";
  reader.at += sign.length;
  const value = take(reader, number);
  if (value === null || sees(reader, wordGoesOn)) {
    reader.at = at;
    return false;
  }
  reader.literals.push({ kind: "number", value: sign + value, at });
  return true;
}
