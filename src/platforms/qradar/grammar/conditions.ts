import type { Reader } from "./reader.ts";
import { readValue, type Sink } from "./values.ts";

const comparisons: ReadonlySet<string> = new Set(["=", "==", "!=", "<", "<=", ">", ">="]);

/**
 * `WHERE` and `HAVING`. `AND` binds tighter than `OR`, and `NOT` stands before what it turns.
 * @see https://ibm.com/docs/SS42VS_latest/com.ibm.qradar.doc/r_aql_operators.html
 */
export function readCondition(reader: Reader, sink: Sink): void {
  do {
    do readNegation(reader, sink);
    while (reader.word("AND"));
  } while (reader.word("OR"));
}

function readNegation(reader: Reader, sink: Sink): void {
  if (reader.word("NOT")) reader.deeper(() => readNegation(reader, sink));
  else if (reader.isSign("(") && isGroup(reader)) {
    reader.next();
    reader.deeper(() => readCondition(reader, sink));
    reader.expectSign(")");
  } else readPredicate(reader, sink);
}

/** A bracket opens a condition unless what follows its own end is an operator of a value. */
function isGroup(reader: Reader): boolean {
  let depth = 0;
  for (let ahead = 0; ; ahead++) {
    const token = reader.peek(ahead);
    if (token.type === "end") return true;
    if (reader.isSign("(", ahead)) depth++;
    else if (reader.isSign(")", ahead) && --depth === 0) return !continuesValue(reader, ahead + 1);
    else if (isConditionMark(reader, ahead)) return true;
  }
}

function isConditionMark(reader: Reader, ahead: number): boolean {
  const token = reader.peek(ahead);
  if (token.type === "sign") return comparisons.has(token.value);
  return ["AND", "OR", "NOT", "LIKE", "ILIKE", "MATCHES", "IMATCHES", "IN", "IS", "BETWEEN", "TEXT"].some((word) =>
    reader.isWord(word, ahead),
  );
}

function continuesValue(reader: Reader, ahead: number): boolean {
  const token = reader.peek(ahead);
  if (token.type === "sign") return token.value !== ")" && token.value !== ",";
  return ["LIKE", "ILIKE", "MATCHES", "IMATCHES", "IN", "IS", "BETWEEN"].some((word) => reader.isWord(word, ahead));
}

function readPredicate(reader: Reader, sink: Sink): void {
  if (reader.isWord("TEXT") && reader.isWord("SEARCH", 1)) {
    reader.next();
    reader.next();
    readPattern(reader, sink);
    return;
  }
  const first = reader.peek();
  const result = readValue(reader, sink);
  const operator = reader.peek();
  if (operator.type === "sign" && comparisons.has(operator.value)) {
    reader.next();
    readValue(reader, sink);
  } else if (reader.word("LIKE") || reader.word("ILIKE")) readPattern(reader, sink);
  else if (reader.word("MATCHES") || reader.word("IMATCHES")) readExpression(reader, sink);
  else if (reader.word("IN")) readList(reader, sink);
  else if (reader.word("BETWEEN")) {
    readValue(reader, sink);
    reader.expectWord("AND");
    readValue(reader, sink);
  } else if (reader.word("IS")) {
    reader.word("NOT");
    reader.expectWord("NULL");
  } else if (result !== "truth") {
    reader.fail(`Expected a comparison behind ${first.value === "" ? "this" : first.value}.`);
  }
}

/** `%` and `_` are wildcards, and nothing takes that from them: a text that needs one of them itself cannot stand here. */
function readPattern(reader: Reader, sink: Sink): void {
  const token = reader.next();
  if (token.type !== "string") reader.fail("Expected a text in single quotation marks.", token.at);
  sink.literal("string", token.value, token.at);
}

/** A regular expression of Java. https://www.ibm.com/docs/en/qsip/7.6.0?topic=structure-like-clause */
function readExpression(reader: Reader, sink: Sink): void {
  const token = reader.peek();
  readPattern(reader, sink);
  const fault = faultOfExpression(token.value);
  if (fault !== null) reader.fail(fault, token.at);
}

/** Brackets that do not close, and an escape of nothing. Whatever stands in `\Q…\E` is plain text. */
function faultOfExpression(source: string): string | null {
  let groups = 0;
  let inClass = 0;
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (char === "\\") {
      if (source[at + 1] === "Q") {
        const end = source.indexOf("\\E", at + 2);
        at = end < 0 ? source.length : end + 1;
      } else if (++at >= source.length) return "The regular expression ends in a backslash.";
    } else if (char === "[") {
      inClass++;
      if (source[at + 1] === "^") at++;
      if (source[at + 1] === "]") at++;
    } else if (char === "]" && inClass > 0) inClass--;
    else if (inClass === 0 && char === "(") groups++;
    else if (inClass === 0 && char === ")" && --groups < 0) return "The regular expression closes a group too many.";
  }
  if (inClass > 0) return "The regular expression has a character class without end.";
  return groups > 0 ? "The regular expression has a group without end." : null;
}

function readList(reader: Reader, sink: Sink): void {
  reader.expectSign("(");
  if (reader.isWord("SELECT")) reader.deeper(() => sink.query(reader));
  else {
    do readValue(reader, sink);
    while (reader.sign(","));
  }
  reader.expectSign(")");
}
