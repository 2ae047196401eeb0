import { RE2JS } from "re2js";
import { readRegex } from "../../regex/read.ts";

/** A value that the query spells out, as the platform reads it: escapes undone, at the place of its first character. */
export interface SumoLiteral {
  readonly kind: "string" | "number" | "regex";
  readonly value: string;
  readonly at: number;
}

/** What is wrong, and where. Ends the reading: what follows a fault has no certain meaning. */
export class SumoFault extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** A text under reading. The parts of the grammar move `at` on and leave what they found in `literals` and `fields`. */
export interface Scanner {
  readonly text: string;
  at: number;
  depth: number;
  readonly literals: SumoLiteral[];
  readonly fields: Set<string>;
}

export function openScanner(text: string): Scanner {
  return { text, at: 0, depth: 0, literals: [], fields: new Set() };
}

export function refuse(scanner: Scanner, message: string, at = scanner.at): never {
  throw new SumoFault(at, message);
}

/**
 * Past blanks and comments, and where that is: two slashes to the end of the line, or slash and asterisk around any text.
 * https://www.sumologic.com/help/docs/search/get-started-with-search/search-basics/comments-search-queries/
 */
export function skipBlank(scanner: Scanner): number {
  const { text } = scanner;
  for (;;) {
    while (/[ \t\r\n]/u.test(text[scanner.at] ?? "")) scanner.at++;
    if (text.startsWith("//", scanner.at)) {
      const end = text.indexOf("\n", scanner.at);
      scanner.at = end === -1 ? text.length : end;
    } else if (text.startsWith("/*", scanner.at)) {
      const end = text.indexOf("*/", scanner.at + 2);
      if (end === -1) refuse(scanner, "The comment is not closed.");
      scanner.at = end + 2;
    } else return scanner.at;
  }
}

/** The text that a pattern finds here, after blanks; the pattern must be sticky. Moves past it. */
export function take(scanner: Scanner, pattern: RegExp): string | null {
  skipBlank(scanner);
  const found = peek(scanner, pattern);
  if (found !== null) scanner.at += found.length;
  return found;
}

/** The same without moving past it, and without skipping blanks. */
export function peek(scanner: Scanner, pattern: RegExp): string | null {
  pattern.lastIndex = scanner.at;
  return pattern.exec(scanner.text)?.[0] ?? null;
}

const words = new Map<string, RegExp>();

/** A word of the language. Case does not matter: the reference writes `AND` and `and`, `as` and `AS`. */
export function takeWord(scanner: Scanner, word: string): boolean {
  const pattern = words.get(word) ?? new RegExp(`${word}(?![A-Za-z0-9_.])`, "iy");
  words.set(word, pattern);
  return take(scanner, pattern) !== null;
}

export function expect(scanner: Scanner, mark: string, message: string): void {
  skipBlank(scanner);
  if (!scanner.text.startsWith(mark, scanner.at)) refuse(scanner, message);
  scanner.at += mark.length;
}

export function takeMark(scanner: Scanner, mark: string): boolean {
  skipBlank(scanner);
  if (!scanner.text.startsWith(mark, scanner.at)) return false;
  scanner.at += mark.length;
  return true;
}

// Control characters, and line ends that only Unicode has.
const control = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/**
 * A string in double quotes; single quotes make none, and a backslash stands only before a double quote: what it does
 * elsewhere the reference does not say, so it is refused, but for the text of a regular expression, which keeps it.
 * `{{name}}` is a parameter of a search template wherever it stands, so it can't be part of a literal.
 * https://www.sumologic.com/help/docs/search/search-query-language/field-expressions/#string-expressions-and-quotes
 * https://www.sumologic.com/help/docs/search/get-started-with-search/build-search/search-templates/
 */
export function takeString(scanner: Scanner, form: "text" | "regex" | "name" = "text"): string | null {
  skipBlank(scanner);
  const from = scanner.at;
  const { text } = scanner;
  if (text[from] !== '"') return null;
  const parts: string[] = [];
  let at = from + 1;
  let run = at;
  for (; text[at] !== '"'; at++) {
    const one = text[at];
    if (one === undefined) refuse(scanner, "The string is not closed.");
    if (control.test(one)) refuse(scanner, "A string holds no line end and no control character.", at);
    if (one === "{" && text[at + 1] === "{") refuse(scanner, "{{ opens a parameter of a search template.", at);
    if (one !== "\\") continue;
    if (text[at + 1] === '"') {
      parts.push(text.slice(run, at));
      run = at + 1;
    } else if (form !== "regex") refuse(scanner, "A backslash stands only before a double quote.", at);
    if (text[at + 1] !== undefined) at++;
  }
  parts.push(text.slice(run, at));
  scanner.at = at + 1;
  const value = parts.join("");
  if (form !== "name") scanner.literals.push({ kind: form === "regex" ? "regex" : "string", value, at: from });
  return value;
}

/**
 * A regular expression between slashes, as `matches` takes it: RE2's syntax, and a slash in it needs a backslash.
 * https://www.sumologic.com/help/docs/search/search-query-language/search-operators/matches/
 */
export function takeRegex(scanner: Scanner): boolean {
  skipBlank(scanner);
  const from = scanner.at;
  const { text } = scanner;
  if (text[from] !== "/") return false;
  let at = from + 1;
  for (; text[at] !== "/"; at++) {
    const one = text[at];
    if (one === undefined) refuse(scanner, "The regular expression is not closed.");
    if (control.test(one)) refuse(scanner, "A regular expression holds no line end and no control character.", at);
    if (one === "{" && text[at + 1] === "{") refuse(scanner, "{{ opens a parameter of a search template.", at);
    if (one === "\\") at++;
  }
  const value = text.slice(from + 1, at).replaceAll(/\\(.)/gsu, (all, one: string) => (one === "/" ? "/" : all));
  if (value === "") refuse(scanner, "The regular expression is empty.");
  checkRegex(scanner, value, from);
  scanner.at = at + 1;
  scanner.literals.push({ kind: "regex", value, at: from });
  return true;
}

/** Expressions longer than this take an implementation of RE2 more time than a check is worth. */
const longest = 10_000;

/** Asks an implementation of RE2 itself; of a very long expression only whether it is one at all. */
export function checkRegex(scanner: Scanner, regex: string, at: number): void {
  if (regex.length > longest) {
    const read = readRegex(regex, "re2");
    if (read.type === "unread") refuse(scanner, `This is no regular expression: ${read.why}.`, at);
    return;
  }
  try {
    RE2JS.compile(regex);
  } catch (error) {
    refuse(
      scanner,
      `RE2 refuses the regular expression: ${error instanceof Error ? error.message : String(error)}.`,
      at,
    );
  }
}

const plainName = /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*/y;
const percentName = /[A-Za-z0-9_.[\]]+/y;
const reserved = new Set(["and", "or", "not", "in", "matches", "contains", "as", "by", "true", "false", "null", "if"]);

/**
 * A field: letters, digits, `_` and single dots, not beginning with a digit; any other name stands as `%"name"`, or
 * without quotes behind `%`. The words of the language name no field.
 * https://www.sumologic.com/help/docs/search/get-started-with-search/search-basics/reference-field-special-characters/
 */
export function takeField(scanner: Scanner): string | null {
  const from = skipBlank(scanner);
  if (takeMark(scanner, "%")) {
    const name = scanner.text[scanner.at] === '"' ? takeString(scanner, "name") : take(scanner, percentName);
    if (name === null || name === "") refuse(scanner, "A field's name is expected after %.", from);
    scanner.fields.add(name);
    return name;
  }
  const name = peek(scanner, plainName);
  if (name === null || reserved.has(name.toLowerCase())) return null;
  scanner.at += name.length;
  scanner.fields.add(name);
  return name;
}

export function needField(scanner: Scanner, where: string): string {
  return takeField(scanner) ?? refuse(scanner, `A field is expected ${where}.`);
}

/** `a, b, c`. */
export function needFields(scanner: Scanner, where: string): readonly string[] {
  const all = [needField(scanner, where)];
  while (takeMark(scanner, ",")) all.push(needField(scanner, where));
  return all;
}

/** Runs a part of the grammar one level deeper, and refuses what no query needs. */
export function nested(scanner: Scanner, part: () => void): void {
  if (++scanner.depth > 150) refuse(scanner, "Nested too deeply.");
  part();
  scanner.depth--;
}
