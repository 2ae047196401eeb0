import type { RegexDialect } from "../platform.ts";
import type { CharacterSet, ClassItem, Manner, ReadRegex, Regex, UnreadRegex } from "./ast.ts";

const deepest = 100;
const mostRepeats = 1000;

class Fault extends Error {}

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  ignoreCase: boolean;
  dotAll: boolean;
  multiline: boolean;
}

/**
 * Reads a regular expression as PCRE, RE2 and Lucene have them in common. An expression of Lucene, which matches the whole
 * value, stands in the frame `^(?:…)$` that its language's lowering puts around it.
 */
export function readRegex(text: string, dialect: RegexDialect): ReadRegex | UnreadRegex {
  const whole = dialect === "lucene" && text.startsWith("^(?:") && text.endsWith(")$");
  const reader: Reader = {
    text: whole ? text.slice(4, -2) : text,
    at: 0,
    depth: 0,
    ignoreCase: false,
    dotAll: whole,
    multiline: false,
  };
  try {
    leadingFlags(reader);
    const body = reader.text.slice(reader.at);
    const regex = readChoice(reader);
    if (reader.at < reader.text.length) throw new Fault("a parenthesis closes what was not opened");
    const { ignoreCase, dotAll, multiline } = reader;
    return { type: "read", regex, body, ignoreCase, dotAll, multiline, whole };
  } catch (error) {
    if (error instanceof Fault) return { type: "unread", why: error.message };
    throw error;
  }
}

function leadingFlags(reader: Reader): void {
  for (;;) {
    const flags = /^\(\?([imsux]+)\)/u.exec(reader.text.slice(reader.at, reader.at + 12));
    if (flags === null) return;
    const letters = flags[1] ?? "";
    if (letters.includes("x")) throw new Fault("it ignores blanks (flag x)");
    if (letters.includes("i")) reader.ignoreCase = true;
    if (letters.includes("s")) reader.dotAll = true;
    if (letters.includes("m")) reader.multiline = true;
    reader.at += flags[0].length;
  }
}

function readChoice(reader: Reader): Regex {
  if (++reader.depth > deepest) throw new Fault(`it is nested more than ${deepest} deep`);
  const options: Regex[] = [readSequence(reader)];
  while (reader.text[reader.at] === "|") {
    reader.at++;
    options.push(readSequence(reader));
  }
  reader.depth--;
  const [only] = options;
  return only !== undefined && options.length === 1 ? only : { type: "choice", options };
}

function readSequence(reader: Reader): Regex {
  const parts: Regex[] = [];
  for (;;) {
    const char = reader.text[reader.at];
    if (char === undefined || char === "|" || char === ")") break;
    parts.push(readRepeat(reader, readAtom(reader)));
  }
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { type: "sequence", parts };
}

function readRepeat(reader: Reader, atom: Regex): Regex {
  let part = atom;
  for (;;) {
    const counts = countsAt(reader);
    if (counts === null) return part;
    const [min, max] = counts;
    if (max !== null && max < min) throw new Fault(`{${min},${max}} repeats less than it must`);
    if (min > mostRepeats || (max ?? 0) > mostRepeats) throw new Fault(`it repeats more than ${mostRepeats} times`);
    let manner: Manner = "greedy";
    if (reader.text[reader.at] === "?") manner = "lazy";
    else if (reader.text[reader.at] === "+") manner = "possessive";
    if (manner !== "greedy") reader.at++;
    part = { type: "repeat", part, min, max, manner };
  }
}

function countsAt(reader: Reader): readonly [number, number | null] | null {
  const char = reader.text[reader.at];
  if (char === "*" || char === "+" || char === "?") {
    reader.at++;
    return char === "*" ? [0, null] : char === "+" ? [1, null] : [0, 1];
  }
  if (char !== "{") return null;
  const counted = /^\{(\d*)(,?)(\d*)\}/u.exec(reader.text.slice(reader.at, reader.at + 24));
  if (counted === null || (counted[1] === "" && counted[3] === "")) return null;
  reader.at += counted[0].length;
  const min = Number(counted[1] === "" ? 0 : counted[1]);
  return [min, counted[2] === "" ? min : counted[3] === "" ? null : Number(counted[3])];
}

function readAtom(reader: Reader): Regex {
  const char = charAt(reader);
  switch (char) {
    case ".":
      return { type: "any" };
    case "^":
      return { type: "start" };
    case "$":
      return { type: "end" };
    case "(":
      return readGroup(reader);
    case "[":
      return readClass(reader);
    case "\\":
      return readEscape(reader);
    case "*":
    case "+":
    case "?":
      throw new Fault(`${char} repeats nothing`);
    default:
      return { type: "char", char };
  }
}

/** The character here, both halves of a pair together. */
function charAt(reader: Reader): string {
  const code = reader.text.codePointAt(reader.at);
  if (code === undefined) throw new Fault("it ends too early");
  const char = String.fromCodePoint(code);
  reader.at += char.length;
  return char;
}

const lookers: readonly (readonly [string, boolean, boolean])[] = [
  ["?=", false, false],
  ["?!", false, true],
  ["?<=", true, false],
  ["?<!", true, true],
];

function readGroup(reader: Reader): Regex {
  const rest = reader.text.slice(reader.at, reader.at + 80);
  const look = lookers.find(([sign]) => rest.startsWith(sign));
  if (look !== undefined) {
    const [sign, behind, negated] = look;
    reader.at += sign.length;
    return { type: "look", behind, negated, part: closed(reader, readChoice(reader)) };
  }
  const plain = /^\?(?::|P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*')/u.exec(rest);
  if (plain !== null) reader.at += plain[0].length;
  else if (rest.startsWith("?#")) {
    while (reader.text[reader.at] !== ")") charAt(reader);
    reader.at++;
    return { type: "sequence", parts: [] };
  } else if (rest.startsWith("?")) {
    const flags = /^\?([a-z-]*)[:)]/u.exec(rest);
    throw new Fault(flags === null ? "it has a group of an unusual kind" : `it changes flags inside (${flags[1]})`);
  } else if (rest.startsWith("*")) throw new Fault("it steers the search by verbs");
  return { type: "group", part: closed(reader, readChoice(reader)) };
}

function closed(reader: Reader, part: Regex): Regex {
  if (reader.text[reader.at] !== ")") throw new Fault("a parenthesis is not closed");
  reader.at++;
  return part;
}

const sets: Readonly<Record<string, CharacterSet>> = { d: "digit", w: "word", s: "space" };

const controls: Readonly<Record<string, string>> = {
  t: "\t",
  n: "\n",
  r: "\r",
  f: "\f",
  v: "\v",
  a: "\u0007",
  e: "\u001b",
  "0": "\0",
};

function readEscape(reader: Reader): Regex {
  const char = charAt(reader);
  const set = sets[char.toLowerCase()];
  if (set !== undefined) {
    return { type: "class", negated: false, items: [{ type: "set", set, negated: char !== char.toLowerCase() }] };
  }
  switch (char) {
    case "b":
      return { type: "boundary", negated: false };
    case "B":
      return { type: "boundary", negated: true };
    case "A":
      return { type: "start" };
    case "z":
    case "Z":
      return { type: "end" };
    case "Q":
      return readQuoted(reader);
    default:
      if (/[1-9]/u.test(char) || char === "k" || char === "g")
        return { type: "peculiar", what: "a back reference", text: `\\${char}` };
      return escapedChar(reader, char);
  }
}

/** `\Q…\E`: what stands between means itself. */
function readQuoted(reader: Reader): Regex {
  const end = reader.text.indexOf("\\E", reader.at);
  const text = reader.text.slice(reader.at, end === -1 ? undefined : end);
  reader.at = end === -1 ? reader.text.length : end + 2;
  return { type: "group", part: { type: "sequence", parts: [...text].map((char) => ({ type: "char", char })) } };
}

function escapedChar(reader: Reader, char: string): Regex {
  const literal = literalEscape(reader, char);
  if (literal !== null) return { type: "char", char: literal };
  if (char === "p" || char === "P") {
    const name = /^(?:\{[^}]*\}|[A-Za-z])/u.exec(reader.text.slice(reader.at, reader.at + 40))?.[0] ?? "";
    reader.at += name.length;
    return { type: "peculiar", what: "a class of Unicode", text: `\\${char}${name}` };
  }
  return { type: "peculiar", what: `\\${char}`, text: `\\${char}` };
}

/** null for an escape that is no single character. */
function literalEscape(reader: Reader, char: string): string | null {
  const control = controls[char];
  if (control !== undefined) return control;
  const rest = reader.text.slice(reader.at, reader.at + 12);
  const code =
    char === "x"
      ? /^(?:\{([0-9a-f]{1,6})\}|([0-9a-f]{2}))/iu.exec(rest)
      : char === "u"
        ? /^(?:\{([0-9a-f]{1,6})\}|([0-9a-f]{4}))/iu.exec(rest)
        : null;
  if (code !== null) {
    reader.at += code[0].length;
    const point = Number.parseInt(code[1] ?? code[2] ?? "", 16);
    if (point > 0x10ffff) throw new Fault("it has a character that there is not");
    return String.fromCodePoint(point);
  }
  return /[A-Za-z0-9]/u.test(char) ? null : char;
}

function readClass(reader: Reader): Regex {
  const negated = reader.text[reader.at] === "^";
  if (negated) reader.at++;
  const items: ClassItem[] = [];
  for (let first = true; first || reader.text[reader.at] !== "]"; first = false) {
    const from = readClassChar(reader);
    if (typeof from !== "string") {
      items.push(from);
      continue;
    }
    const ranges = reader.text[reader.at] === "-" && reader.text[reader.at + 1] !== "]";
    if (!ranges) {
      items.push({ type: "range", from, to: from });
      continue;
    }
    reader.at++;
    const to = readClassChar(reader);
    if (typeof to === "string") {
      if ((to.codePointAt(0) ?? 0) < (from.codePointAt(0) ?? 0)) throw new Fault(`the range ${from}-${to} is empty`);
      items.push({ type: "range", from, to });
    } else items.push({ type: "range", from, to: from }, { type: "range", from: "-", to: "-" }, to);
  }
  reader.at++;
  return { type: "class", negated, items };
}

function readClassChar(reader: Reader): string | ClassItem {
  const posix = /^\[:(\^?)([a-z]+):\]/u.exec(reader.text.slice(reader.at, reader.at + 20));
  if (posix !== null) {
    reader.at += posix[0].length;
    const set = ({ digit: "digit", word: "word", space: "space" } as const)[posix[2] as "digit"];
    if (set !== undefined) return { type: "set", set, negated: posix[1] === "^" };
    return { type: "peculiar", what: `the class ${posix[2]}`, text: posix[0] };
  }
  const char = charAt(reader);
  if (char !== "\\") return char;
  const escaped = charAt(reader);
  const set = sets[escaped.toLowerCase()];
  if (set !== undefined) return { type: "set", set, negated: escaped !== escaped.toLowerCase() };
  if (escaped === "b") return "\b";
  const literal = literalEscape(reader, escaped);
  if (literal !== null) return literal;
  const found = escapedChar(reader, escaped);
  return found.type === "peculiar" ? found : { type: "peculiar", what: `\\${escaped}`, text: `\\${escaped}` };
}
