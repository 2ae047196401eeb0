import { tooLong } from "../../kit/diagnostic.ts";
import { cover, span } from "../../kit/span.ts";
import { isOperator, takeOperator } from "../../kit/tokens.ts";
import { errorFrom } from "../error-node.ts";
import type { ParseResult } from "../language.ts";
import type { ErrorNode, EventQuery, Pipe, Query, Sequence } from "./ast.ts";
import { event } from "./event.ts";
import { expression } from "./expressions.ts";
import { pipes as knownPipes } from "./functions.ts";
import { isWord, openReader, passOver, type Reader } from "./reader.ts";
import { sequence } from "./sequence.ts";

/** Reads any text as EQL; never throws. A text beyond `limits.length` is one error node. */
export function parse(text: string): ParseResult<Query> {
  const whole = span(0, text.length);
  const refusal = tooLong("eql", text);
  if (refusal !== null) {
    const body: ErrorNode = { type: "error", text, span: whole };
    return { ast: { type: "query", body, pipes: [], span: whole }, diagnostics: [refusal] };
  }
  const reader = openReader(text);
  const body = queryBody(reader);
  const pipes: (Pipe | ErrorNode)[] = [];
  while (reader.cursor.peek().type !== "end") pipes.push(pipe(reader));
  return { ast: { type: "query", body, pipes, span: whole }, diagnostics: reader.diagnostics() };
}

function queryBody(reader: Reader): EventQuery | Sequence | ErrorNode {
  const token = reader.cursor.peek();
  for (const kind of ["sequence", "sample", "join"] as const) {
    if (isWord(token, kind) && !isWord(reader.cursor.peek(1), "where")) return sequence(reader, kind);
  }
  return event(reader);
}

function pipe(reader: Reader): Pipe | ErrorNode {
  const { cursor } = reader;
  const start = cursor.peek().span;
  const opened = takeOperator(reader, "|");
  const name = cursor.peek();
  if (!opened || name.type !== "word") {
    reader.report("expected-pipe", "error", "A pipe such as | head 10 was expected.", name.span);
    passOver(reader, () => isOperator(cursor.peek(), "|"));
    return errorFrom(reader, start.start);
  }
  cursor.next();
  checkPipe(reader, name.text, name.span);
  const values = [];
  if (cursor.peek().type !== "end" && !isOperator(cursor.peek(), "|")) {
    reader.open.lists++;
    do values.push(expression(reader));
    while (takeOperator(reader, ","));
    reader.open.lists--;
  }
  return { type: "pipe", name: name.text, arguments: values, span: cover(start, cursor.last()) };
}

function checkPipe(reader: Reader, name: string, at: { readonly start: number; readonly end: number }): void {
  const known = knownPipes.get(name);
  if (known === undefined) reader.report("unknown-pipe", "warning", `EQL has no pipe ${name}.`, at);
  else if (known.legacy)
    reader.report(
      "legacy-pipe",
      "info",
      `The pipe ${name} is of Endgame EQL; Elasticsearch has head and tail only.`,
      at,
    );
}
