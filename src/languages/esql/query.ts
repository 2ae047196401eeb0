import { nearest } from "../../kit/nearest.ts";
import { isOperator, isWord, takeOperator } from "../../kit/tokens.ts";
import type { Command, Query, Setting } from "./ast.ts";
import { commandAt, commandNames } from "./commands/table.ts";
import { expression } from "./expressions.ts";
import { fieldName } from "./names.ts";
import { power } from "./power.ts";
import { isClosing, passOver, type Reader, spanFrom, textFrom, unexpected } from "./reader.ts";

/** Where a query stands: alone, in brackets, or in brackets without a source of its own (a branch of `fork`). */
export type QueryKind = "text" | "query" | "branch";

/** Reads commands up to the end of the text or the bracket that closes this query. */
export function query(reader: Reader, kind: QueryKind): Query {
  const { cursor } = reader;
  const { start } = cursor.peek().span;
  const settings = kind === "text" ? readSettings(reader) : [];
  const commands: Command[] = [];
  if (cursor.peek().type === "end" && commands.length === 0 && settings.length === 0) {
    reader.report("empty-query", "A query was expected.", cursor.peek().span, "Begin with from and an index.");
    return { type: "query", settings, commands, span: spanFrom(reader, start) };
  }
  do commands.push(command(reader, kind, commands.length === 0));
  while (takeOperator(reader, "|"));
  return { type: "query", settings, commands, span: spanFrom(reader, start) };
}

function readSettings(reader: Reader): readonly Setting[] {
  const { cursor } = reader;
  const found: Setting[] = [];
  while (isWord(cursor.peek(), "set") && isOperator(cursor.peek(2), "=")) {
    cursor.next();
    do found.push(setting(reader));
    while (takeOperator(reader, ","));
    if (!takeOperator(reader, ";")) unexpected(reader, cursor.peek(), "`;` after a setting");
  }
  return found;
}

/** `name = value` in front of a query and behind a pattern. */
export function setting(reader: Reader): Setting {
  const { cursor } = reader;
  const { start } = cursor.peek().span;
  const name = fieldName(reader);
  if (name === null || !takeOperator(reader, "=")) unexpected(reader, cursor.peek(), "A name and `=`");
  const value = expression(reader, power.sum);
  return { type: "setting", name: name ?? "", value, span: spanFrom(reader, start) };
}

function command(reader: Reader, kind: QueryKind, first: boolean): Command {
  const { cursor } = reader;
  const token = cursor.peek();
  const before = reader.errors();
  const known = commandAt(reader);
  if (known === null) {
    const [near] = token.text.length > 3 ? nearest(token.text.toLowerCase(), commandNames()) : [];
    const hint = near === undefined ? "Commands are parted by `|`." : `Did you mean ${near}?`;
    const code = token.type === "word" ? "unknown-command" : "expected-command";
    const message = token.type === "word" ? `ES|QL has no command ${token.text}.` : "A command was expected.";
    if (token.type === "unclosed") reader.spoil();
    else reader.report(code, message, token.span, hint);
    const { end } = cursor.last();
    passRest(reader, kind);
    const start = cursor.last().end > end ? token.span.start : end;
    return { type: "error", text: textFrom(reader, start), parsed: null, span: spanFrom(reader, start) };
  }
  if (known.source !== (first && kind !== "branch")) {
    const message = known.source
      ? `The command ${known.name} can only stand at the beginning.`
      : "A query begins with a command that brings rows in, such as from.";
    reader.report("source-first", message, token.span);
  }
  for (let i = 0; i < known.words; i++) cursor.next();
  const parsed = known.read(reader, token.span.start);
  const next = cursor.peek();
  const ends = next.type === "end" || isOperator(next, "|") || (kind !== "text" && isClosing(next));
  if (!ends) {
    // What follows a fault is mostly another face of it.
    if (reader.errors() === before) unexpected(reader, next, "`|` or the end");
    passRest(reader, kind);
  }
  if (reader.errors() === before) return parsed;
  const text = textFrom(reader, token.span.start);
  return { type: "error", text, parsed, span: spanFrom(reader, token.span.start) };
}

/** Up to the next command. A closing bracket ends nothing where none is open. */
function passRest(reader: Reader, kind: QueryKind): void {
  passOver(reader);
  while (kind === "text" && isClosing(reader.cursor.peek())) {
    reader.cursor.next();
    passOver(reader);
  }
}
