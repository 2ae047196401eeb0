import type { Statement } from "./ast.ts";
import { beginsFunction, readFunction, readParameter } from "./declarations.ts";
import { readExpression } from "./expressions.ts";
import type { KustoToken } from "./lexer.ts";
import { nameLength, needName, readWildcard } from "./names.ts";
import { readOperand } from "./operands.ts";
import { readPipeline } from "./pipeline.ts";
import {
  errorSince,
  isSymbol,
  isWord,
  needSymbol,
  needWord,
  type Place,
  type Reader,
  readParenthesised,
  since,
  takeSymbol,
  takeWord,
} from "./reader.ts";

/** Statements up to `close` or the end. Empty ones are left out, with a warning. */
export function readStatements(reader: Reader, close: string | null): readonly Statement[] {
  const place: Place = { ends: close === null ? [";"] : [";", close], body: false, statement: true };
  const statements: Statement[] = [];
  let last: Statement | null = null;
  while (!reader.failed()) {
    if (isSymbol(reader.peek(), ";")) {
      if (last === null) reportEmpty(reader);
      reader.next();
      last = null;
      continue;
    }
    const token = reader.peek();
    if (token.type === "end" || (close !== null && isSymbol(token, close))) return statements;
    if (last !== null) lackSemicolon(reader, token, last);
    const from = reader.mark();
    last = readStatement(reader, place);
    statements.push(last);
    if (reader.mark() === from) return statements;
  }
  return statements;
}

function reportEmpty(reader: Reader): void {
  const message = "A statement was expected before this semicolon; Kusto refuses an empty one.";
  reader.report("empty-statement", "warning", message, reader.peek().span, "Remove the semicolon.");
}

function lackSemicolon(reader: Reader, token: KustoToken, before: Statement): void {
  const clear = endsClearly(before) || statementAt(reader) !== null;
  reader.report(
    "missing-semicolon",
    clear ? "warning" : "error",
    `A semicolon was expected before ${token.text}${clear ? "; Kusto refuses the query without it" : ""}.`,
    token.span,
    "Two statements in one text need a semicolon between them.",
  );
}

/** Can nothing on the next line belong to it? A pipeline may go on there, perhaps with a comment that lost its marks. */
function endsClearly(statement: Statement): boolean {
  switch (statement.type) {
    case "expression":
    case "error":
      return false;
    case "let":
      return statement.value.type !== "pipeline" && statement.value.type !== "error";
    default:
      return true;
  }
}

function readStatement(reader: Reader, place: Place): Statement {
  const from = reader.mark();
  const { start } = reader.peek().span;
  const read = statementAt(reader);
  if (read === null) {
    const expression = readPipeline(reader, place);
    return { type: "expression", expression, span: since(reader, start) };
  }
  const statement = read(reader, place, start);
  if (!reader.failed() && endsStatement(reader, place)) return statement;
  reader.fail("A semicolon");
  reader.resume(from, ({ type, text }) => type === "symbol" && place.ends.includes(text));
  return errorSince(reader, start);
}

function endsStatement(reader: Reader, place: Place): boolean {
  const token = reader.peek();
  if (token.type === "end" || (token.type === "symbol" && place.ends.includes(token.text))) return true;
  return token.type === "word" && token.newLine;
}

type StatementReader = (reader: Reader, place: Place, start: number) => Statement;

/** What kind of statement begins here; null for a query. Its first words may also be names of tables. */
function statementAt(reader: Reader): StatementReader | null {
  const token = reader.peek();
  const next = reader.peek(1);
  if (token.type === "word") {
    switch (token.text) {
      case "let":
        if (next.type === "word" || isSymbol(next, "[") || isSymbol(next, "=")) return readLet;
        break;
      case "set":
        return readSet;
      case "alias":
        if (isWord(next, "database")) return readAlias;
        break;
      case "restrict":
        if (isWord(next, "access")) return readRestrict;
        break;
      case "declare":
        if (isWord(next, "pattern")) return readPattern;
        if (isWord(next, "query_parameters")) return readDeclare;
        break;
    }
  }
  const length = nameLength(reader, "declared");
  return length > 0 && isSymbol(reader.peek(length), "=") ? readWithoutWord : null;
}

/** `name = value`, which is nothing without a word before it. */
function readWithoutWord(reader: Reader, _: Place, start: number): Statement {
  reader.fail("The word let");
  return errorSince(reader, start);
}

function readLet(reader: Reader, place: Place, start: number): Statement {
  reader.next();
  const name = needName(reader, "reference", "A name for the value");
  needSymbol(reader, "=");
  const value = beginsFunction(reader) ? readFunction(reader) : readPipeline(reader, place);
  return { type: "let", name, value, span: since(reader, start) };
}

function readSet(reader: Reader, _: Place, start: number): Statement {
  reader.next();
  const name = needName(reader, "reference", "An option's name");
  const value = takeSymbol(reader, "=") ? readExpression(reader) : null;
  return { type: "set", name, value, span: since(reader, start) };
}

function readAlias(reader: Reader, _: Place, start: number): Statement {
  reader.next();
  reader.next();
  const name = needName(reader, "reference");
  needSymbol(reader, "=");
  return { type: "alias", name, value: readExpression(reader), span: since(reader, start) };
}

function readRestrict(reader: Reader, _: Place, start: number): Statement {
  reader.next();
  reader.next();
  needWord(reader, "to");
  const targets = readParenthesised(reader, () => readWildcard(reader) ?? readOperand(reader));
  return { type: "restrict", targets, span: since(reader, start) };
}

function readDeclare(reader: Reader, _: Place, start: number): Statement {
  reader.next();
  reader.next();
  const parameters = readParenthesised(reader, () => readParameter(reader));
  return { type: "declare", parameters, span: since(reader, start) };
}

/** Kept as written, up to its end. */
function readPattern(reader: Reader, place: Place, start: number): Statement {
  const from = reader.mark();
  reader.next();
  takeWord(reader, "pattern");
  reader.resume(from, ({ type, text }) => type === "symbol" && place.ends.includes(text));
  const { text, span } = errorSince(reader, start);
  return { type: "pattern", text, span };
}
