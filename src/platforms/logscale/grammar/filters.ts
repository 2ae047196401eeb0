import { readCall, seesCall } from "./calls.ts";
import { unquotedPattern } from "./characters.ts";
import { isReserved } from "./functions.ts";
import { readName, readNumber, readPattern, readQuoted, readRegex } from "./literals.ts";
import { expectMark, nested, type Reader, refuse, sees, skipBlank, take, takeMark } from "./reader.ts";

const keyword = (word: string): RegExp => new RegExp(`${word}(?![#%&.0-9@A-Z\\\\^_a-z*+\\-:~\\u00A1-\\u00FF])`, "iy");
const and = keyword("and");
const or = keyword("or");
const not = keyword("not");
const like = keyword("like");
const truth = keyword("(?:true|false)");

/** What closes a filter: a pipe, a bracket or brace that it did not open, `;` between branches, or the end. */
const end = /[|)};]|$/y;

/**
 * Conditions with `and` (or nothing) between them; `or` binds closer than `and`, `not` and `!` closest
 * (library.humio.com/data-analysis/syntax-operators.html).
 */
export function readFilter(reader: Reader): void {
  for (;;) {
    readAlternatives(reader);
    skipBlank(reader);
    if (take(reader, and) !== null) continue;
    if (sees(reader, end)) return;
  }
}

function readAlternatives(reader: Reader): void {
  do readNegation(reader);
  while (takeWord(reader, or));
}

function readNegation(reader: Reader): void {
  for (;;) {
    skipBlank(reader);
    if (take(reader, not) === null && take(reader, /!(?!=)/y) === null) break;
  }
  readCondition(reader);
}

function takeWord(reader: Reader, word: RegExp): boolean {
  skipBlank(reader);
  return take(reader, word) !== null;
}

function readCondition(reader: Reader): void {
  skipBlank(reader);
  const at = reader.at;
  if (takeMark(reader, "(")) {
    nested(reader, () => readFilter(reader));
    expectMark(reader, ")", "to close a bracket");
    return;
  }
  if (seesCall(reader)) {
    const called = readCall(reader);
    if (called.filter !== true) refuse(at, "Only a filter function can stand among filters.");
    return;
  }
  if (readComparison(reader)) return;
  reader.at = at;
  if (take(reader, truth) !== null) return;
  readFreeText(reader);
}

/** `field = pattern` and its kin. The left is always a field, the right never is. Returns whether there is one here. */
function readComparison(reader: Reader): boolean {
  const field = readName(reader);
  if (field === null) return false;
  skipBlank(reader);
  const at = reader.at;
  if (take(reader, /<=(?!>)|>=|<|>/y) !== null) {
    skipBlank(reader);
    if (!readNumber(reader)) refuse(reader.at, "Only a number can follow <, <=, > and >=.");
  } else if (take(reader, /!?=(?![=~>])/y) !== null) {
    skipBlank(reader);
    if (!readRegex(reader) && !readPattern(reader)) refuse(reader.at, "Expected a value.");
  } else if (take(reader, like) !== null) {
    skipBlank(reader);
    if (!readPattern(reader)) refuse(reader.at, "Expected a value.");
  } else {
    reader.at = at;
    return false;
  }
  reader.fields.add(field);
  return true;
}

/**
 * Text or a regular expression that is looked for in every field and in `@rawstring`, before the first aggregate
 * function only (library.humio.com/data-analysis/syntax-filters.html, free-text filters).
 */
function readFreeText(reader: Reader): void {
  const at = reader.at;
  if (reader.aggregated) refuse(at, "Free text cannot follow an aggregate function.");
  if (readRegex(reader)) return;
  if (reader.text[at] === '"') {
    reader.literals.push({ kind: "string", value: readQuoted(reader), at });
    return;
  }
  const word = take(reader, unquotedPattern) ?? refuse(at, "Expected a filter.");
  if (isReserved(word)) refuse(at, `${word} is a reserved word, so it must stand in quotes to be looked for.`);
  if (reader.text[reader.at] === "/") refuse(reader.at, "Text with a slash must stand in quotes.");
  reader.literals.push({ kind: "string", value: word, at });
}
