import type { RegexDialect } from "../platform.ts";
import { type Refused, refused } from "../platform.ts";
import type { CharacterSet, ClassItem, Regex } from "./ast.ts";
import { readRegex } from "./read.ts";
import { type WrittenRegex, writeCounts } from "./write.ts";

/**
 * A regular expression for Lucene and the languages on it: it matches the whole value, has no anchors, no look-around, and
 * `.` is any character (https://www.elastic.co/docs/reference/query-languages/query-dsl/regexp-syntax).
 */
export function luceneRegexFor(text: string, from: RegexDialect): WrittenRegex | Refused {
  const read = readRegex(text, from);
  if (read.type === "unread") return refused("regex", `The regular expression cannot be carried over: ${read.why}.`);
  if (read.multiline) return refused("regex", "Lucene has no flag for lines.");
  try {
    const whole = read.whole ? read.regex : behindAnything(beforeAnything(read.regex));
    return { type: "regex", text: write(whole), ignoreCase: read.ignoreCase };
  } catch (error) {
    if (error instanceof Lacking) return refused("regex", `Lucene has no ${error.message}.`);
    throw error;
  }
}

class Lacking extends Error {}

const anything: Regex = { type: "repeat", part: { type: "any" }, min: 0, max: null, manner: "greedy" };
const nothing: Regex = { type: "sequence", parts: [] };
const wordSet: ClassItem = { type: "set", set: "word", negated: false };
const noWord: Regex = { type: "class", negated: true, items: [wordSet] };

function optional(parts: readonly Regex[]): Regex {
  return {
    type: "repeat",
    part: { type: "group", part: { type: "sequence", parts } },
    min: 0,
    max: 1,
    manner: "greedy",
  };
}

/** With `.*` in front, unless it begins at the start of the value. */
function behindAnything(regex: Regex): Regex {
  return open(regex, "start", (inner) => ({ type: "sequence", parts: [anything, inner] }));
}

function beforeAnything(regex: Regex): Regex {
  return open(regex, "end", (inner) => ({ type: "sequence", parts: [inner, anything] }));
}

function open(regex: Regex, side: "start" | "end", widen: (inner: Regex) => Regex): Regex {
  switch (regex.type) {
    case "start":
    case "end":
      return regex.type === side ? nothing : widen(regex);
    case "choice":
      return { type: "choice", options: regex.options.map((one) => open(one, side, widen)) };
    case "group":
      return { type: "group", part: open(regex.part, side, widen) };
    case "sequence": {
      const { parts } = regex;
      const outer = side === "start" ? parts[0] : parts.at(-1);
      if (outer === undefined) return widen(regex);
      const rest = side === "start" ? parts.slice(1) : parts.slice(0, -1);
      const next = side === "start" ? rest[0] : rest.at(-1);
      if (outer.type === "boundary" && !outer.negated && next !== undefined && isWord(next)) {
        const edge = optional(side === "start" ? [anything, noWord] : [noWord, anything]);
        return { type: "sequence", parts: side === "start" ? [edge, ...rest] : [...rest, edge] };
      }
      if (!holdsAnchor(outer)) return widen(regex);
      const opened = open(outer, side, widen);
      return { type: "sequence", parts: side === "start" ? [opened, ...rest] : [...rest, opened] };
    }
    default:
      return widen(regex);
  }
}

function holdsAnchor(regex: Regex): boolean {
  switch (regex.type) {
    case "start":
    case "end":
      return true;
    case "choice":
      return regex.options.some(holdsAnchor);
    case "sequence":
      return regex.parts.some(holdsAnchor);
    case "group":
      return holdsAnchor(regex.part);
    default:
      return false;
  }
}

/** Is it one letter of a word, or begins and ends with such? */
function isWord(regex: Regex): boolean {
  switch (regex.type) {
    case "char":
      return /^\w$/u.test(regex.char);
    case "class":
      return !regex.negated && regex.items.every(isWordItem);
    case "repeat":
      return regex.min > 0 && isWord(regex.part);
    case "group":
      return isWord(regex.part);
    case "choice":
      return regex.options.every(isWord);
    case "sequence": {
      const [first, last] = [regex.parts[0], regex.parts.at(-1)];
      return first !== undefined && last !== undefined && isWord(first) && isWord(last);
    }
    default:
      return false;
  }
}

function isWordItem(item: ClassItem): boolean {
  if (item.type === "set") return !item.negated && item.set !== "space";
  return (
    item.type === "range" &&
    /^\w$/u.test(item.from) &&
    /^\w$/u.test(item.to) &&
    /^(?:[a-z]{2}|[A-Z]{2}|[0-9]{2}|__)$/u.test(item.from + item.to)
  );
}

/** Is it one character, or more, none of which stands in words? */
function isNoWord(regex: Regex): boolean {
  switch (regex.type) {
    case "char":
      return !/^\w$/u.test(regex.char);
    case "class":
      return (
        !regex.negated &&
        regex.items.every((one) =>
          one.type === "set"
            ? one.set === "space" && !one.negated
            : one.type === "range" && one.from === one.to && !/^\w$/u.test(one.from),
        )
      );
    case "repeat":
      return regex.min > 0 && isNoWord(regex.part);
    case "group":
      return isNoWord(regex.part);
    default:
      return false;
  }
}

function write(regex: Regex): string {
  switch (regex.type) {
    case "char":
      return escaped(regex.char);
    case "any":
      return ".";
    case "class":
      return writeClass(regex.negated, regex.items);
    case "sequence":
      return writeSequence(regex.parts);
    case "choice":
      return writeChoice(regex.options);
    case "repeat": {
      const { part, min, max } = regex;
      const inner = write(part);
      const held = part.type === "char" || part.type === "any" || part.type === "class" || part.type === "group";
      // What a possessive or lazy repetition finds first does not matter where the whole value must match, unless it gives nothing back.
      if (regex.manner === "possessive") throw new Lacking("possessive repetition");
      return `${held ? inner : `(${inner})`}${writeCounts(min, max)}`;
    }
    case "group":
      return `(${write(regex.part)})`;
    case "start":
    case "end":
      throw new Lacking("anchors inside of an expression");
    case "boundary":
      throw new Lacking("word boundaries");
    case "look":
      throw new Lacking(regex.behind ? "look-behind" : "look-ahead");
    case "peculiar":
      throw new Lacking(regex.what);
    default:
      return regex satisfies never;
  }
}

/** A boundary between a letter and a sign is always there, and one before `.*` stands at its first character. */
function writeSequence(parts: readonly Regex[]): string {
  let text = "";
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    if (part === undefined) continue;
    if (part.type !== "boundary" || part.negated) {
      text += part.type === "choice" ? `(${write(part)})` : write(part);
      continue;
    }
    const [before, after] = [parts[at - 1], parts[at + 1]];
    if (before === undefined || after === undefined) throw new Lacking("word boundaries");
    if ((isWord(before) && isNoWord(after)) || (isNoWord(before) && isWord(after))) continue;
    const opens = after.type === "repeat" && after.part.type === "any" && after.min === 0 && after.max === null;
    if (!isWord(before) || !opens) throw new Lacking("word boundaries");
    text += write(optional([noWord, anything]));
    at++;
    if (at + 1 < parts.length) throw new Lacking("word boundaries");
  }
  return text;
}

function writeChoice(options: readonly Regex[]): string {
  const written = options.map(write);
  const filled = written.filter((one) => one !== "");
  if (filled.length === written.length) return written.join("|");
  return filled.length === 0 ? "" : `(${filled.join("|")})?`;
}

const setRanges: Readonly<Record<CharacterSet, string>> = { digit: "0-9", word: "a-zA-Z0-9_", space: " \t\n\r\f\v" };

function writeClass(negated: boolean, items: readonly ClassItem[]): string {
  const [only] = items;
  if (items.length === 1 && only?.type === "set" && only.negated) return `[${negated ? "" : "^"}${ranges(only.set)}]`;
  const text = items.map((one) => {
    switch (one.type) {
      case "range":
        return one.from === one.to ? escaped(one.from, true) : `${escaped(one.from, true)}-${escaped(one.to, true)}`;
      case "set":
        if (one.negated) throw new Lacking("negated classes inside of classes");
        return ranges(one.set);
      case "peculiar":
        throw new Lacking(one.what);
      default:
        return one satisfies never;
    }
  });
  return `[${negated ? "^" : ""}${text.join("")}]`;
}

function ranges(set: CharacterSet): string {
  return setRanges[set];
}

/** Lucene takes all these for operators, some of them only where they are switched on. */
function escaped(char: string, inClass = false): string {
  return (inClass ? /[\\\]^[&"-]/u : /[.?+*|{}[\]()"\\#@&<>~^$-]/u).test(char) ? `\\${char}` : char;
}
