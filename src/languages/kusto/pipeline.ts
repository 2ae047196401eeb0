import { nearest } from "../../kit/nearest.ts";
import type { ErrorNode, Expression, Operator } from "./ast.ts";
import { comparisons, isInfixWord } from "./comparison-operators.ts";
import { readExpression } from "./expressions.ts";
import { wordClass } from "./keywords.ts";
import type { KustoToken } from "./lexer.ts";
import { operatorReaders } from "./operators/index.ts";
import { deeper, errorSince, isSymbol, missing, type Place, type Reader, since } from "./reader.ts";

/** Operators that yield rows by themselves. */
const sources: ReadonlySet<string> = new Set([
  "union",
  "search",
  "find",
  "print",
  "range",
  "evaluate",
  "general",
  "error",
]);

/** A source with the operators after it; the source alone where there are none. */
export function readPipeline(reader: Reader, place: Place): Expression {
  if (reader.failed()) return missing(reader);
  return deeper(
    reader,
    () => readParts(reader, place),
    () => missing(reader),
  );
}

function readParts(reader: Reader, place: Place): Expression {
  const { start } = reader.peek().span;
  const leadingPipe = isSymbol(reader.peek(), "|");
  const operators: Operator[] = [];
  let source: Expression | null = null;
  if (!leadingPipe) {
    if (beginsOperator(reader, place.body)) operators.push(readOperator(reader, place));
    else source = readSource(reader, place);
  }
  for (;;) {
    if (isSymbol(reader.peek(), "|") || lacksPipe(reader)) operators.push(readOperator(reader, place));
    else if (endsHere(reader, place)) break;
    else {
      const stray = readStray(reader, place);
      if (stray === null) break;
      operators.push(stray);
    }
  }
  const [first] = operators;
  if (first === undefined) return source ?? missing(reader);
  if (source === null && !place.body && !sources.has(first.type)) {
    reader.report(
      "no-source",
      "info",
      "The query begins with an operator, without a table before it.",
      first.span,
      "Put the table that it is meant for in front.",
    );
  }
  return { type: "pipeline", source, leadingPipe, operators, span: since(reader, start) };
}

function endsHere(reader: Reader, place: Place): boolean {
  const token = reader.peek();
  if (token.type === "end" || (token.type === "symbol" && place.ends.includes(token.text))) return true;
  return place.statement && token.newLine && token.type === "word";
}

/** An operator on a line of its own, without the pipe that belongs before it. */
function lacksPipe(reader: Reader): boolean {
  const token = reader.peek();
  if (token.type !== "word" || !token.newLine || !operatorReaders.has(token.text) || sources.has(token.text))
    return false;
  if (wordClass(token.text) === "soft" && !beginsOperator(reader, false)) return false;
  reader.report(
    "missing-pipe",
    "warning",
    `A pipe was expected before ${token.text}; Kusto refuses the query without it.`,
    token.span,
  );
  return true;
}

/** What may follow a part that was not understood. */
function stopsAt(place: Place): (token: KustoToken) => boolean {
  const nested = !place.ends.includes(";") || place.ends.length > 1;
  return ({ type, text }) => {
    if (type !== "symbol") return false;
    if (text === "|" || text === ";" || place.ends.includes(text)) return true;
    return nested && (text === ")" || text === "]" || text === "}");
  };
}

function readSource(reader: Reader, place: Place): Expression {
  const from = reader.mark();
  const { start } = reader.peek().span;
  const source = readExpression(reader);
  if (!reader.failed()) return source;
  reader.resume(from, stopsAt(place));
  return errorSince(reader, start);
}

/** One operator, with the pipe before it. One that is not understood is kept as written, its pipe included. */
function readOperator(reader: Reader, place: Place): Operator {
  const from = reader.mark();
  const { start } = reader.peek().span;
  if (isSymbol(reader.peek(), "|")) reader.next();
  const name = reader.peek();
  const read = name.type === "word" ? operatorReaders.get(name.text) : undefined;
  if (read !== undefined) {
    reader.next();
    const operator = read(reader, name);
    if (!reader.failed()) return operator;
  } else if (name.type === "word") {
    reader.fail("An operator of Kusto", "unknown-operator", didYouMean(name.text, [...operatorReaders.keys()]));
  } else reader.fail("An operator");
  reader.resume(from, stopsAt(place));
  return errorSince(reader, start);
}

/** How other languages join and negate conditions, and how Kusto does. */
const joinHints: ReadonlyMap<string, string> = new Map([
  ["AND", "Write and in small letters."],
  ["OR", "Write or in small letters."],
  ["not", "Write !in, !has or !contains; a whole condition is negated by not(…)."],
]);

function didYouMean(word: string, words: readonly string[]): string | undefined {
  const [near] = word.length < 3 ? [] : nearest(word, words);
  return near === undefined ? undefined : `Did you mean ${near}?`;
}

/** What stands after a complete operator and begins none; null where only the surroundings can take it. */
function readStray(reader: Reader, place: Place): ErrorNode | null {
  const from = reader.mark();
  const token = reader.peek();
  const { type, text, span } = token;
  // What is around it says what it needs here; in a statement nothing is around.
  if (!place.statement && stopsAt(place)(token)) return null;
  const hint = type === "word" ? (joinHints.get(text) ?? didYouMean(text, [...comparisons.keys()])) : undefined;
  reader.fail("A pipe or the end of the query", "unexpected", hint);
  reader.resume(from, stopsAt(place));
  return reader.mark() === from ? null : errorSince(reader, span.start);
}

/** Does an operator begin here rather than a table or a call whose name is one of its keywords? */
function beginsOperator(reader: Reader, body: boolean): boolean {
  const token = reader.peek();
  if (token.type !== "word" || !operatorReaders.has(token.text)) return false;
  const next = reader.peek(1);
  if (wordClass(token.text) !== "soft") return true;
  if (body) return !isSymbol(next, "(") || !callLike.has(token.text);
  switch (next.type) {
    case "word":
      return !isInfixWord(next.text) && !(next.newLine && wordClass(next.text) === "name");
    case "string":
    case "number":
    case "timespan":
    case "typed":
    case "guid":
      return true;
    case "symbol":
      return token.text === "distinct" && next.text === "*";
    default:
      return false;
  }
}

/** Operators whose keyword is a function too. */
const callLike: ReadonlySet<string> = new Set(["count", "range"]);
