import type { RegexDialect } from "../platform.ts";
import { type Refused, refused } from "../platform.ts";
import type { ClassItem, ReadRegex, Regex } from "./ast.ts";
import type { RegexWriter } from "./dialect.ts";
import { readRegex } from "./read.ts";

export interface WrittenRegex {
  readonly type: "regex";
  readonly text: string;
  /** Letter case does not matter: the expression itself says so. To be said by the operator, or by `(?i)` before the text. */
  readonly ignoreCase: boolean;
}

/** A regular expression of a rule in another dialect that finds it anywhere in the value, or why there is none. */
export function regexFor(text: string, from: RegexDialect, to: RegexWriter): WrittenRegex | Refused {
  const read = readRegex(text, from);
  if (read.type === "unread") return refused("regex", `The regular expression cannot be carried over: ${read.why}.`);
  const lacking = lackingIn(read, to);
  if (lacking !== null) return refused("regex", `${to.title} has no ${lacking}.`);
  const flags = `${read.dotAll && !to.dotMatchesLines ? to.dotAllFlag : ""}${read.multiline ? to.multilineFlag : ""}`;
  const body = write(read.regex, to, read.dotAll);
  const framed = read.whole ? `^(?:${body})$` : body;
  return { type: "regex", text: `${flags}${framed}`, ignoreCase: read.ignoreCase };
}

function lackingIn(read: ReadRegex, to: RegexWriter): string | null {
  if (read.multiline && to.multilineFlag === null) return "flag for lines";
  return lacks(read.regex, to);
}

/** What a dialect does not have, in words that complete "has no …". */
function lacks(regex: Regex, to: RegexWriter): string | null {
  switch (regex.type) {
    case "char":
    case "any":
    case "start":
    case "end":
    case "boundary":
      return null;
    case "class":
      return firstOf(regex.items, (one) => (one.type === "peculiar" ? peculiar(one.text, one.what, to) : null));
    case "sequence":
      return firstOf(regex.parts, (one) => lacks(one, to));
    case "choice":
      return firstOf(regex.options, (one) => lacks(one, to));
    case "repeat":
      return regex.manner === "possessive" && !to.possessive ? "possessive repetition" : lacks(regex.part, to);
    case "group":
      return lacks(regex.part, to);
    case "look": {
      const can = to.looks === "both" || (to.looks === "ahead" && !regex.behind);
      return can ? lacks(regex.part, to) : regex.behind ? "look-behind" : "look-ahead";
    }
    case "peculiar":
      return peculiar(regex.text, regex.what, to);
    default:
      return regex satisfies never;
  }
}

function peculiar(text: string, what: string, to: RegexWriter): string | null {
  if (text.startsWith("\\p") || text.startsWith("\\P")) return to.unicodeClasses ? null : "classes of Unicode";
  if (text.startsWith("[:")) return to.posixClasses ? null : "named classes";
  return what;
}

function firstOf<One>(all: readonly One[], ask: (one: One) => string | null): string | null {
  for (const one of all) {
    const found = ask(one);
    if (found !== null) return found;
  }
  return null;
}

function write(regex: Regex, to: RegexWriter, dotAll: boolean): string {
  switch (regex.type) {
    case "char":
      return writeChar(regex.char);
    case "any":
      return to.dotMatchesLines && !dotAll ? "[^\\n]" : ".";
    case "class":
      return writeClass(regex.negated, regex.items, to);
    case "sequence":
      return regex.parts
        .map((one) => (one.type === "choice" ? `(?:${write(one, to, dotAll)})` : write(one, to, dotAll)))
        .join("");
    case "choice":
      return regex.options.map((one) => write(one, to, dotAll)).join("|");
    case "repeat": {
      const { part, min, max, manner } = regex;
      const inner = write(part, to, dotAll);
      const held =
        part.type === "char" ||
        part.type === "any" ||
        part.type === "class" ||
        part.type === "group" ||
        part.type === "peculiar";
      const repeated = held ? inner : `(?:${inner})`;
      const sign = { greedy: "", lazy: to.lazy ? "?" : "", possessive: "+" }[manner];
      return repetitions(min, max, to.mostRepeats)
        .map(([from, upTo]) => `${repeated}${writeCounts(from, upTo)}${sign}`)
        .join("");
    }
    case "group":
      return `(?:${write(regex.part, to, dotAll)})`;
    case "start":
      return "^";
    case "end":
      return "$";
    case "boundary":
      return regex.negated ? to.boundary.inside : to.boundary.at;
    case "look":
      return `(?${regex.behind ? "<" : ""}${regex.negated ? "!" : "="}${write(regex.part, to, dotAll)})`;
    case "peculiar":
      return regex.text;
    default:
      return regex satisfies never;
  }
}

/** A repetition as several, one behind the other, where one may not repeat so often. */
function repetitions(min: number, max: number | null, most = Infinity): readonly (readonly [number, number | null])[] {
  if ((max ?? min) <= most) return [[min, max]];
  const first = Math.min(min, most);
  const rest = repetitions(min - first, max === null ? null : max - most, most);
  return [[first, most], ...rest];
}

export function writeCounts(min: number, max: number | null): string {
  if (max === null) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

/** The text of a character that means itself, with a backslash where a dialect could take it for more. */
function writeChar(char: string): string {
  return /[.*+?^${}()|[\]\\/]/u.test(char) && char !== "/" ? `\\${char}` : char;
}

function writeClass(negated: boolean, items: readonly ClassItem[], to: RegexWriter): string {
  const [only] = items;
  if (items.length === 1 && only?.type === "set" && !negated) {
    return only.negated ? to.negatedSets[only.set] : to.sets[only.set];
  }
  return `[${negated ? "^" : ""}${items.map((one) => writeItem(one, to)).join("")}]`;
}

function writeItem(item: ClassItem, to: RegexWriter): string {
  switch (item.type) {
    case "range": {
      const [from, end] = [writeClassChar(item.from), writeClassChar(item.to)];
      return from === end ? from : `${from}-${end}`;
    }
    case "set":
      return item.negated ? to.negatedSets[item.set] : to.sets[item.set];
    case "peculiar":
      return item.text;
    default:
      return item satisfies never;
  }
}

function writeClassChar(char: string): string {
  return /[\\\]^[&~-]/u.test(char) ? `\\${char}` : char;
}

/** A plain text as a regular expression that every dialect reads alike. */
export function regexOfText(text: string): string {
  return [...text].map(writeChar).join("");
}
