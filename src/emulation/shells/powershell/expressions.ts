import {
  deeper,
  isNewline,
  matchHere,
  peek,
  type Reader,
  spanFrom,
  startsHere,
  take,
  unclosed,
  unexpected,
} from "../reader.ts";
import { skipBlanks } from "./blanks.ts";
import { readCommas } from "./commas.ts";
import { readBlock, readStatement } from "./statements.ts";
import { isDoubleQuote, isSingleQuote, readParenthesised, readString, readVariable } from "./strings.ts";
import type { PsExpression, PsStatement } from "./syntax.ts";

/** Binary operators that are words, without their letters for case, by level: the first binds least. */
const levels: readonly (readonly string[])[] = [
  ["and", "or", "xor"],
  ["band", "bor", "bxor", "shl", "shr"],
  [
    ..."eq ne gt ge lt le like notlike match notmatch replace contains notcontains in notin".split(" "),
    ..."split join is isnot as".split(" "),
  ],
];
const unaryWords = ["not", "bnot", "split", "join"];

const operatorWord = /[-–—][A-Za-z]+/uy;

/** An expression, as it stands where a statement begins with one. */
export function readExpression(reader: Reader): PsExpression {
  return deeper(reader, () => readLevel(reader, 0), nothingAt(reader));
}

/** One argument of a method: no comma joins it to the next. */
function readArgument(reader: Reader): PsExpression {
  return deeper(reader, () => readLevel(reader, 0, false), nothingAt(reader));
}

function nothingAt(reader: Reader): PsExpression {
  const at = Math.min(reader.at, reader.text.length);
  return { type: "text", parts: [], bare: false, span: { start: at, end: at } };
}

function readLevel(reader: Reader, level: number, commas = true): PsExpression {
  const words = levels[level];
  if (words === undefined) return readSum(reader, commas);
  let left = readLevel(reader, level + 1, commas);
  for (;;) {
    const mark = reader.at;
    skipBlanks(reader);
    const word = wordOperator(reader, words);
    if (word === null) {
      reader.at = mark;
      return left;
    }
    skipBlanks(reader, true);
    const right = readLevel(reader, level + 1, commas);
    left = { type: "binary", operator: word, left, right, span: spanFrom(reader, left.span.start) };
  }
}

/** `-eq`, `-ieq`, `-ceq` at the cursor. */
function wordOperator(reader: Reader, words: readonly string[]): string | null {
  const written = matchHere(reader, operatorWord);
  if (written === null) return null;
  const small = written.slice(1).toLowerCase();
  const word = words.includes(small) ? small : /^[ci]/.test(small) ? small.slice(1) : "";
  if (!words.includes(word)) return null;
  reader.at += written.length;
  return word;
}

function readSum(reader: Reader, commas: boolean): PsExpression {
  return readMarks(reader, ["+", "-"], () => readMarks(reader, ["*", "/", "%"], () => readFormat(reader, commas)));
}

function readMarks(reader: Reader, marks: readonly string[], operand: () => PsExpression): PsExpression {
  let left = operand();
  for (;;) {
    const mark = reader.at;
    skipBlanks(reader);
    const operator = peek(reader);
    const isWord = operator === "-" && /[A-Za-z]/.test(peek(reader, 1));
    // `$i++` and `$x += 1` are told by whoever reads operands and statements.
    if (!marks.includes(operator) || isWord || peek(reader, 1) === "=" || peek(reader, 1) === operator) {
      reader.at = mark;
      return left;
    }
    reader.at++;
    skipBlanks(reader, true);
    left = { type: "binary", operator, left, right: operand(), span: spanFrom(reader, left.span.start) };
  }
}

/** `-f` and `..`. */
function readFormat(reader: Reader, commas: boolean): PsExpression {
  let left = readList(reader, commas);
  for (;;) {
    const mark = reader.at;
    skipBlanks(reader);
    const operator = wordOperator(reader, ["f"]) ?? (take(reader, "..") ? ".." : null);
    if (operator === null) {
      reader.at = mark;
      return left;
    }
    skipBlanks(reader, true);
    left = { type: "binary", operator, left, right: readList(reader, commas), span: spanFrom(reader, left.span.start) };
  }
}

function readList(reader: Reader, commas: boolean): PsExpression {
  const start = reader.at;
  if (commas && take(reader, ",")) {
    skipBlanks(reader, true);
    const item = readUnary(reader);
    return { type: "list", items: [item], separators: [], span: spanFrom(reader, start) };
  }
  return commas ? readCommas(reader, readUnary) : readUnary(reader);
}

function readUnary(reader: Reader): PsExpression {
  const start = reader.at;
  const mark = ["++", "--", "!", "+", "-"].find((one) => startsHere(reader, one));
  const word = wordOperator(reader, unaryWords);
  if (word === null && (mark === undefined || (/[-+]?\d/.test(peek(reader) + peek(reader, 1)) && mark.length === 1))) {
    return readPostfix(reader);
  }
  if (word === null) reader.at += mark?.length ?? 0;
  skipBlanks(reader);
  const operand = deeper(reader, () => readUnary(reader), nothingAt(reader));
  return { type: "unary", operator: word ?? mark ?? "", operand, span: spanFrom(reader, start) };
}

function readPostfix(reader: Reader): PsExpression {
  return readMembers(reader, readPrimary(reader));
}

const memberName = /[\p{L}_][\p{L}\p{N}_]*/uy;

/** Members, calls and indexes that follow without a blank. */
export function readMembers(reader: Reader, first: PsExpression): PsExpression {
  let target = first;
  for (;;) {
    const start = target.span.start;
    const before = reader.at;
    if (startsHere(reader, "++") || startsHere(reader, "--")) {
      reader.at += 2;
      target = { type: "unary", operator: "++", operand: target, span: spanFrom(reader, start) };
      continue;
    }
    if (peek(reader) === "[" && target.type !== "number") {
      reader.at++;
      skipBlanks(reader, true);
      const index = readExpression(reader);
      skipBlanks(reader, true);
      if (!take(reader, "]")) unclosed(reader, "A closing bracket was expected.", before);
      target = { type: "index", target, index, span: spanFrom(reader, start) };
      continue;
    }
    const isStatic = startsHere(reader, "::");
    const dot = isStatic ? 2 : startsHere(reader, "?.") ? 2 : peek(reader) === "." && peek(reader, 1) !== "." ? 1 : 0;
    if (dot === 0) return target;
    reader.at += dot;
    if (isStatic) skipBlanks(reader, true);
    const name = readMemberName(reader);
    if (name === null) {
      reader.at = before;
      return target;
    }
    let args: readonly PsExpression[] | null = null;
    if (peek(reader) === "(") args = readArguments(reader);
    else if (peek(reader) === "{") {
      const at = reader.at;
      args = [{ type: "block", block: readBlock(reader), span: spanFrom(reader, at) }];
    }
    target = { type: "member", target, name, isStatic, args, span: spanFrom(reader, start) };
  }
}

function readMemberName(reader: Reader): PsExpression | null {
  const start = reader.at;
  const written = matchHere(reader, memberName);
  if (written !== null) {
    reader.at += written.length;
    return { type: "text", parts: [written], bare: true, span: spanFrom(reader, start) };
  }
  if (peek(reader) === "$") return startsHere(reader, "$(") ? null : readVariable(reader);
  if (peek(reader) === "(") return readPrimary(reader);
  return readString(reader);
}

function readArguments(reader: Reader): readonly PsExpression[] {
  const start = reader.at;
  reader.at++;
  const args: PsExpression[] = [];
  for (;;) {
    skipBlanks(reader, true);
    if (peek(reader) === ")" || peek(reader) === "") break;
    const before = reader.at;
    args.push(readArgument(reader));
    skipBlanks(reader, true);
    if (!take(reader, ",") && peek(reader) !== ")") {
      if (reader.at === before) reader.at++;
      unexpected(reader, "A comma or a closing parenthesis was expected in the arguments.");
      skipTo(reader, ")");
      break;
    }
  }
  if (!take(reader, ")")) unclosed(reader, "A closing parenthesis was expected.", start);
  return args;
}

/** Moves on to a closing mark on the same line, to go on behind a fault. */
function skipTo(reader: Reader, closer: string): void {
  while (reader.at < reader.text.length && !isNewline(peek(reader)) && peek(reader) !== closer) reader.at++;
}

const numeral = /[-+]?(?:0x[\da-f]+|\d+\.\d+|\d+|\.\d+)(?:e[-+]?\d+)?(?:[ul]{1,2}|d|n)?(?:[kmgtp]b)?/iy;

/** A number at the cursor that is not the begin of a word. */
export function readNumber(reader: Reader): PsExpression | null {
  const written = matchHere(reader, numeral);
  if (written === null) return null;
  const after = peek(reader, written.length);
  if (/[\p{L}\p{N}_\\:]/u.test(after)) return null;
  const start = reader.at;
  reader.at += written.length;
  const unit = /([kmgtp])b$/i.exec(written)?.[1]?.toLowerCase() ?? "";
  const isHex = /^[-+]?0x/i.test(written);
  const digits = isHex ? written.replace(/[ul]+$/i, "") : written.replace(/(?:[uldn]*)(?:[kmgtp]b)?$/i, "");
  const value = Number(digits) * (unit === "" ? 1 : 1024 ** ("kmgtp".indexOf(unit) + 1));
  return { type: "number", value, text: written, span: spanFrom(reader, start) };
}

function readPrimary(reader: Reader): PsExpression {
  const start = reader.at;
  const char = peek(reader);
  const string = readString(reader);
  if (string !== null) return string;
  if (char === "$") {
    if (startsHere(reader, "$(")) {
      reader.at += 2;
      return { type: "run", block: readParenthesised(reader, start), list: false, span: spanFrom(reader, start) };
    }
    const variable = readVariable(reader);
    if (variable !== null) return variable;
  }
  if (char === "(") {
    reader.at++;
    return { type: "run", block: readParenthesised(reader, start), list: false, span: spanFrom(reader, start) };
  }
  if (char === "@") {
    const collection = readCollection(reader);
    if (collection !== null) return collection;
  }
  if (char === "{") return { type: "block", block: readBlock(reader), span: spanFrom(reader, start) };
  if (char === "[") return readType(reader);
  const number = readNumber(reader);
  if (number !== null) return number;
  // Keys of tables are bare words, and so are names that stand where no expression was expected.
  const word = matchHere(reader, /[\p{L}_][\p{L}\p{N}_-]*/uy);
  if (word !== null) {
    reader.at += word.length;
    return { type: "text", parts: [word], bare: true, span: spanFrom(reader, start) };
  }
  unexpected(reader, "An expression was expected.");
  if (char !== "" && !isNewline(char) && !")}];|".includes(char)) reader.at++;
  return nothingAt(reader);
}

/** `@( … )`, `@{ … }` and `@name`; null for an at sign alone. */
export function readCollection(reader: Reader): PsExpression | null {
  const start = reader.at;
  if (startsHere(reader, "@(")) {
    reader.at += 2;
    return { type: "run", block: readParenthesised(reader, start), list: true, span: spanFrom(reader, start) };
  }
  if (startsHere(reader, "@{")) {
    reader.at += 2;
    return deeper(reader, () => readTable(reader, start), nothingAt(reader));
  }
  const name = matchHere(reader, /@[\p{L}_][\p{L}\p{N}_:]*/uy);
  if (name === null) return null;
  reader.at += name.length;
  return { type: "variable", name: name.slice(1), splat: true, span: spanFrom(reader, start) };
}

function readTable(reader: Reader, start: number): PsExpression {
  const entries: (readonly [PsExpression, PsStatement])[] = [];
  for (;;) {
    skipSeparators(reader);
    if (peek(reader) === "}" || peek(reader) === "") break;
    const before = reader.at;
    const key = readUnary(reader);
    skipBlanks(reader);
    if (!take(reader, "=")) {
      unexpected(reader, "An equals sign was expected in the table.");
      if (reader.at === before) reader.at++;
      skipTo(reader, "}");
      continue;
    }
    skipBlanks(reader, true);
    entries.push([key, readStatement(reader)]);
  }
  if (!take(reader, "}")) unclosed(reader, "A closing brace was expected.", start);
  return { type: "table", entries, span: spanFrom(reader, start) };
}

function skipSeparators(reader: Reader): void {
  do skipBlanks(reader, true);
  while (take(reader, ";"));
}

/** `[type]`, `[type]operand`. */
function readType(reader: Reader): PsExpression {
  const start = reader.at;
  let open = 0;
  do {
    const char = peek(reader);
    if (char === "" || isNewline(char)) break;
    if (char === "[") open++;
    if (char === "]") open--;
    if (char === "(") {
      // An attribute such as `[Parameter(Mandatory = $true)]`.
      readArguments(reader);
      continue;
    }
    reader.at++;
  } while (open > 0);
  if (open > 0) unclosed(reader, "A closing bracket was expected.", start);
  const name = reader.text.slice(start + 1, Math.max(start + 1, reader.at - 1)).trim();
  const end = reader.at;
  if (startsHere(reader, "::")) return { type: "type", name, span: spanFrom(reader, start) };
  skipBlanks(reader);
  const next = peek(reader);
  const begins = "$([@{".includes(next || "x") || isDoubleQuote(next) || isSingleQuote(next) || /\d/.test(next);
  if (!begins && !/^-[\d$(]/.test(next + peek(reader, 1))) {
    reader.at = end;
    return { type: "type", name, span: spanFrom(reader, start) };
  }
  const operand = deeper(reader, () => readUnary(reader), nothingAt(reader));
  return { type: "cast", name, operand, span: spanFrom(reader, start) };
}
