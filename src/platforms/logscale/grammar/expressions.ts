import { readCall, readSubquery, seesCall } from "./calls.ts";
import { unquotedName } from "./characters.ts";
import { readNumber, readQuoted } from "./literals.ts";
import { expectMark, nested, type Reader, refuse, skipBlank, take, takeMark } from "./reader.ts";

const comparison = /==|!=|>=|<=|>|</y;
const additive = /[+-]/y;
const multiplicative = /[*%]|\/(?![/*])/y;

/**
 * An expression, as `test`, `:=` and `if` take it (grammar subset, expression). There is no `and` or `or` in it.
 * Quotes make a string, their absence a field (library.humio.com/data-analysis/syntax-expressions.html).
 */
export function readExpression(reader: Reader): void {
  nested(reader, () => {
    readSum(reader);
    skipBlank(reader);
    if (take(reader, comparison) !== null) readSum(reader);
  });
}

function readSum(reader: Reader): void {
  do readProduct(reader);
  while (takeOperator(reader, additive));
}

function readProduct(reader: Reader): void {
  do readOperand(reader);
  while (takeOperator(reader, multiplicative));
}

function takeOperator(reader: Reader, operator: RegExp): boolean {
  skipBlank(reader);
  return take(reader, operator) !== null;
}

function readOperand(reader: Reader): void {
  skipBlank(reader);
  const at = reader.at;
  if (takeMark(reader, "!") || takeMark(reader, "-")) {
    skipBlank(reader);
  }
  const char = reader.text[reader.at];
  if (char === "(") {
    takeMark(reader, "(");
    readExpression(reader);
    expectMark(reader, ")", "to close a bracket");
  } else if (char === "[") {
    readArray(reader);
  } else if (char === "{") {
    readSubquery(reader, { correlating: false });
  } else if (char === '"') {
    const start = reader.at;
    reader.literals.push({ kind: "string", value: readQuoted(reader), at: start });
  } else if (seesCall(reader)) {
    const called = readCall(reader);
    if (called.aggregate === true) refuse(at, "An aggregate function cannot stand in an expression.");
  } else if (!readNumber(reader)) {
    const word = take(reader, unquotedName) ?? refuse(at, "Expected an expression.");
    if (word !== "true" && word !== "false") reader.fields.add(word);
  }
}

function readArray(reader: Reader): void {
  takeMark(reader, "[");
  if (takeMark(reader, "]")) return;
  do readExpression(reader);
  while (takeMark(reader, ","));
  expectMark(reader, "]", "to close an array");
}
