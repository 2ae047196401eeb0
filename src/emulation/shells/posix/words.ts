import { openRecorder } from "../ground.ts";
import { deeper, matchHere, peek, spanFrom, startsHere, take, unclosed } from "../reader.ts";
import type { ShReader } from "./blanks.ts";
import { readList } from "./parser.ts";
import type { ShNode, ShPart, ShWord } from "./syntax.ts";

const nothing: ShNode = { type: "nothing" };

/** Parts of a word under way; texts of one kind next to each other become one. */
export interface PartList {
  readonly parts: ShPart[];
  readonly text: (text: string, quoted: boolean) => void;
}

export function openParts(): PartList {
  const parts: ShPart[] = [];
  return {
    parts,
    text: (text, quoted) => {
      const last = parts[parts.length - 1];
      if (last?.type === "text" && last.quoted === quoted) {
        parts[parts.length - 1] = { type: "text", text: last.text + text, quoted };
      } else parts.push({ type: "text", text, quoted });
    },
  };
}

export function endsWord(char: string): boolean {
  return char === "" || " \t\r\n;&|<>()".includes(char);
}

/** A word at the cursor; null where none begins. */
export function readWord(reader: ShReader): ShWord | null {
  const start = reader.at;
  const list = openParts();
  readParts(reader, list, (char) => endsWord(char) && !startsProcess(reader));
  return reader.at === start ? null : { parts: list.parts, span: spanFrom(reader, start) };
}

function startsProcess(reader: ShReader): boolean {
  return startsHere(reader, "<(") || startsHere(reader, ">(");
}

/** Reads on up to a character that ends what is read. */
export function readParts(reader: ShReader, list: PartList, ends: (char: string) => boolean): void {
  for (;;) {
    const char = peek(reader);
    if (char === "" || ends(char)) return;
    if (char === "\\") {
      const next = peek(reader, 1);
      reader.at += next === "" ? 1 : 2;
      if (next === "") list.text("\\", true);
      else if (next !== "\n") list.text(next, true);
    } else if (char === "'") readSingleQuotes(reader, list);
    else if (char === '"') {
      const start = reader.at;
      reader.at++;
      list.text("", true);
      readDouble(reader, list, (one) => one === '"');
      if (!take(reader, '"')) unclosed(reader, "A closing quote was expected.", start);
    } else if (char === "$" && peek(reader, 1) === "'") readEscapedQuotes(reader, list);
    else if (char === "$" && peek(reader, 1) === '"') reader.at++;
    else if (char === "$" || char === "`") readInsertion(reader, list, false);
    else if (startsProcess(reader)) {
      const start = reader.at;
      reader.at += 2;
      const body = readBody(reader, start);
      list.parts.push({ type: "process", body, span: spanFrom(reader, start) });
    } else {
      list.text(char, false);
      reader.at++;
    }
  }
}

/** What stands between double quotes, or in a here-document. */
export function readDouble(reader: ShReader, list: PartList, ends: (char: string) => boolean): void {
  for (;;) {
    const char = peek(reader);
    if (char === "" || ends(char)) return;
    if (char === "\\" && '$`"\\\n'.includes(peek(reader, 1) || "x")) {
      if (peek(reader, 1) !== "\n") list.text(peek(reader, 1), true);
      reader.at += 2;
    } else if (char === "$" || char === "`") readInsertion(reader, list, true);
    else {
      list.text(char, true);
      reader.at++;
    }
  }
}

function readSingleQuotes(reader: ShReader, list: PartList): void {
  const start = reader.at;
  const end = reader.text.indexOf("'", start + 1);
  if (end < 0) unclosed(reader, "A closing quote was expected.", start);
  list.text(reader.text.slice(start + 1, end < 0 ? reader.text.length : end), true);
  reader.at = end < 0 ? reader.text.length : end + 1;
}

const escapes: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  E: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** `$'…'`. */
function readEscapedQuotes(reader: ShReader, list: PartList): void {
  const start = reader.at;
  reader.at += 2;
  for (;;) {
    const char = peek(reader);
    if (char === "") {
      unclosed(reader, "A closing quote was expected.", start);
      return;
    }
    if (take(reader, "'")) return;
    const number = char === "\\" ? matchHere(reader, /\\(?:x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|[0-7]{1,3})/y) : null;
    if (number !== null) {
      const hexadecimal = /^\\[xu]/.test(number);
      list.text(String.fromCharCode(Number.parseInt(number.slice(hexadecimal ? 2 : 1), hexadecimal ? 16 : 8)), true);
      reader.at += number.length;
    } else if (char === "\\") {
      const next = peek(reader, 1);
      list.text(escapes[next] ?? next, true);
      reader.at += 2;
    } else {
      list.text(char, true);
      reader.at++;
    }
  }
}

/** What a dollar sign or backtick begins; the sign itself where it begins nothing. */
function readInsertion(reader: ShReader, list: PartList, quoted: boolean): void {
  const start = reader.at;
  if (peek(reader) === "`") {
    const text = readBackticks(reader);
    list.parts.push({ type: "backticks", text, quoted, span: spanFrom(reader, start) });
    return;
  }
  if (startsHere(reader, "$((")) {
    const text = readArithmetic(reader);
    if (text !== null) {
      list.parts.push({ type: "arithmetic", text, span: spanFrom(reader, start) });
      return;
    }
  }
  if (startsHere(reader, "$(")) {
    reader.at += 2;
    const body = readBody(reader, start);
    list.parts.push({ type: "substitution", body, quoted, span: spanFrom(reader, start) });
    return;
  }
  if (startsHere(reader, "${")) {
    deeper(reader, () => readBraced(reader, list, quoted), undefined);
    return;
  }
  const name = matchHere(reader, /\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])/y);
  if (name === null) {
    list.text("$", quoted);
    reader.at++;
    return;
  }
  reader.at += name.length;
  const span = spanFrom(reader, start);
  list.parts.push({ type: "parameter", name: name.slice(1), operator: "", argument: null, quoted, span });
}

/** Commands up to the closing parenthesis, with the cursor behind the opening one. */
function readBody(reader: ShReader, start: number): ShNode {
  const body = deeper(reader, () => readList(reader, [")"]), nothing);
  if (!take(reader, ")")) unclosed(reader, "A closing parenthesis was expected.", start);
  return body;
}

function readBackticks(reader: ShReader): string {
  const start = reader.at;
  reader.at++;
  let text = "";
  for (;;) {
    const char = peek(reader);
    if (char === "") {
      unclosed(reader, "A closing backtick was expected.", start);
      return text;
    }
    if (take(reader, "`")) return text;
    if (char === "\\" && "$`\\".includes(peek(reader, 1) || "x")) reader.at++;
    text += peek(reader);
    reader.at++;
  }
}

/** `$(( … ))`; null where the two parentheses are a subshell in a substitution. */
export function readArithmetic(reader: ShReader): string | null {
  let open = 0;
  const from = reader.at + (peek(reader) === "$" ? 3 : 2);
  for (let at = from; at < reader.text.length; at++) {
    const char = reader.text[at];
    if (char === "(") open++;
    else if (char === ")") {
      if (open === 0) {
        if (reader.text[at + 1] !== ")") return null;
        reader.at = at + 2;
        return reader.text.slice(from, at);
      }
      open--;
    } else if (char === "\n" && open === 0 && at - from > 200) return null;
  }
  return null;
}

const operators = /:?[-=+?]|##?|%%?|\/\/?|:|\^\^?|,,?|@/y;

/** `${name}`, `${name:-word}` and the others. */
function readBraced(reader: ShReader, list: PartList, quoted: boolean): void {
  const start = reader.at;
  reader.at += 2;
  const isLength = peek(reader) === "#" && /[A-Za-z_@*]/.test(peek(reader, 1));
  if (isLength || peek(reader) === "!") reader.at++;
  const indirect = reader.text[reader.at - 1] === "!";
  const name = matchHere(reader, /[A-Za-z_]\w*|\d+|[@*#?$!-]/y) ?? "";
  reader.at += name.length;
  // All elements of an array are its value; which one a number means is not followed.
  const subscript = matchHere(reader, /\[[^\]\n]*\]/y) ?? "";
  reader.at += subscript.length;
  const isElement = subscript !== "" && !/^\[[@*]\]$/.test(subscript);
  const operator = matchHere(reader, operators) ?? "";
  reader.at += operator.length;
  const argument = openParts();
  const from = reader.at;
  readParts(reader, argument, (char) => char === "}");
  const word: ShWord = { parts: argument.parts, span: spanFrom(reader, from) };
  if (!take(reader, "}")) unclosed(reader, "A closing brace was expected.", start);
  list.parts.push({
    type: "parameter",
    name,
    operator: isElement ? "element" : isLength ? "length" : indirect ? "indirect" : operator,
    argument: operator === "" ? null : word,
    quoted,
    span: spanFrom(reader, start),
  });
}

/** The parts of a here-document whose end was not quoted. */
export function documentWord(reader: ShReader, text: string, from: number): ShWord {
  const end = from + text.length;
  const span = { start: from, end: Math.max(from, reader.at) };
  // Where tabs were taken off, the text stands nowhere as it is, and its parts have the place of the whole.
  const inside: ShReader = reader.text.startsWith(text, from)
    ? { ...reader, text: reader.text.slice(0, end), at: from, awaited: [] }
    : { ...reader, text, at: 0, awaited: [], recorder: openRecorder({ ...reader.recorder.ground, origin: span }) };
  const list = openParts();
  readDouble(inside, list, () => false);
  return { parts: list.parts, span };
}
