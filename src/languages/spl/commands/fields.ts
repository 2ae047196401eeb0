import { cover, type Span } from "../../../kit/span.ts";
import { openTokens, type TokenCursor } from "../../../kit/tokens.ts";
import type { Argument, Command, LookupCommand, RenamePair } from "../ast.ts";
import { isWord, lex, type SplToken } from "../lexer.ts";
import { type Reading, report } from "../reading.ts";
import { readArgument, readCall } from "./arguments.ts";
import { errorCommand } from "./rest.ts";

type Cursor = TokenCursor<SplToken>;

/** `rename a as b, c as d`; the comma may be left out. */
export function readRenameCommand(reading: Reading, _name: string, from: number, at: Span): Command {
  const cursor = openTokens(lex(reading, from, at.end, "search"));
  const pairs = readPairs(reading, cursor, () => false);
  const bare = pairs.find((one) => one.from === one.to && one.span.end - one.span.start === one.from.length);
  if (pairs.length === 0 || bare !== undefined || cursor.peek().type !== "end") {
    report(reading, "rename", "error", "A field, AS and its new name are expected.", bare?.span ?? cursor.peek().span);
    return errorCommand(reading, at);
  }
  return { type: "rename", pairs, span: at };
}

/** Fields, each with a second name behind `as` or else its own for both. Stops at what is no field. */
function readPairs(reading: Reading, cursor: Cursor, stops: (token: SplToken) => boolean): readonly RenamePair[] {
  const pairs: RenamePair[] = [];
  for (;;) {
    const token = cursor.peek();
    if (token.text === "," && token.type === "punctuation") {
      cursor.next();
      continue;
    }
    if (stops(token) || (token.type !== "word" && token.type !== "string")) return pairs;
    const from = readName(reading, cursor);
    if (isWord(cursor.peek(), "as") && isName(cursor.peek(1))) {
      cursor.next();
      const to = readName(reading, cursor);
      pairs.push({ type: "pair", from: from.text, to: to.text, span: cover(from.span, to.span) });
    } else pairs.push({ type: "pair", from: from.text, to: from.text, span: from.span });
  }
}

function isName(token: SplToken): boolean {
  return token.type === "word" || token.type === "string";
}

function readName(reading: Reading, cursor: Cursor): { readonly text: string; readonly span: Span } {
  const token = cursor.next();
  const open = cursor.peek();
  return token.type === "word" && open.text === "(" && open.glued ? readCall(reading, cursor, token) : token;
}

/** `lookup [options] table column [as field] … [OUTPUT|OUTPUTNEW column [as field] …]`. */
export function readLookupCommand(reading: Reading, _name: string, from: number, at: Span): Command {
  const cursor = openTokens(lex(reading, from, at.end, "search"));
  const options: Argument[] = [];
  while (cursor.peek().type === "macro" || cursor.peek(1).type === "operator")
    options.push(readArgument(reading, cursor));
  const table = cursor.next();
  if (table.type !== "word" && table.type !== "string") {
    report(reading, "lookup", "error", "The name of a lookup table is expected.", table.span);
    return errorCommand(reading, at);
  }
  const outputWord = (token: SplToken): boolean => isWord(token, "output", "outputnew");
  const on = readPairs(reading, cursor, outputWord);
  const mode: LookupCommand["mode"] = isWord(cursor.peek(), "output")
    ? "output"
    : isWord(cursor.peek(), "outputnew")
      ? "outputnew"
      : "all";
  if (mode !== "all") cursor.next();
  const outputs = mode === "all" ? [] : readPairs(reading, cursor, outputWord);
  if (cursor.peek().type !== "end") {
    report(reading, "lookup", "error", "A field of the lookup table is expected.", cursor.peek().span);
    return errorCommand(reading, at);
  }
  return { type: "lookup", options, table: table.text, on, mode, outputs, span: at };
}
