import { cover, type Span } from "../../../kit/span.ts";
import { openTokens, type TokenCursor } from "../../../kit/tokens.ts";
import type { Argument, Command, EvalExpression, SearchExpression, StatsFunction, StatsItem } from "../ast.ts";
import { readEval } from "../eval-expression.ts";
import { isWord, lex, type SplToken } from "../lexer.ts";
import { type Reading, report } from "../reading.ts";
import { readSearch } from "../search-expression.ts";
import { readArgument, readArguments, skipParentheses } from "./arguments.ts";

type Cursor = TokenCursor<SplToken>;

/** stats and its relatives: functions and options, then `by` fields. */
export function readStatsCommand(reading: Reading, name: string, from: number, at: Span): Command {
  const cursor = openTokens(lex(reading, from, at.end, "search"));
  const items = readItems(reading, cursor, (token) => isWord(token, "by", "over"));
  return { type: "stats", name, items, by: readBy(reading, cursor), span: at };
}

/** tstats and mstats: functions, then `from`, `where` and `by`, which are taken in any order. */
export function readTstatsCommand(reading: Reading, name: string, from: number, at: Span): Command {
  const cursor = openTokens(lex(reading, from, at.end, "search"));
  const items: StatsItem[] = [];
  const source: Argument[] = [];
  const by: Argument[] = [];
  let where: SearchExpression | null = null;
  while (cursor.peek().type !== "end") {
    const token = cursor.peek();
    if (isWord(token, "from")) {
      cursor.next();
      while (cursor.peek().type !== "end" && !isWord(cursor.peek(), "where", "by", "groupby"))
        source.push(readArgument(reading, cursor));
    } else if (isWord(token, "where")) {
      cursor.next();
      const expression = readSearch(
        reading,
        cursor,
        (one) => isWord(one, "by", "groupby") || (isWord(one, "from") && cursor.peek(1).type === "word"),
      );
      if (where !== null) report(reading, "second-where", "error", "Only one WHERE is expected.", token.span);
      else where = expression;
    } else if (isWord(token, "by", "groupby")) {
      cursor.next();
      while (cursor.peek().type !== "end" && !isWord(cursor.peek(), "where", "from"))
        by.push(readArgument(reading, cursor));
    } else items.push(readItem(reading, cursor));
  }
  return { type: "tstats", name, items, from: source, where, by, span: at };
}

function readBy(reading: Reading, cursor: Cursor): readonly Argument[] {
  return cursor.peek().type === "end" ? [] : readArguments(reading, cursor);
}

function readItems(reading: Reading, cursor: Cursor, stops: (token: SplToken) => boolean): readonly StatsItem[] {
  const items: StatsItem[] = [];
  while (cursor.peek().type !== "end" && !stops(cursor.peek())) items.push(readItem(reading, cursor));
  return items;
}

function readItem(reading: Reading, cursor: Cursor): StatsItem {
  const token = cursor.peek();
  const next = cursor.peek(1);
  const isCall = next.text === "(" && next.type === "punctuation";
  if (token.type !== "word" || next.type === "operator" || !(isCall || isWord(next, "as") || isBareFunction(token))) {
    return readArgument(reading, cursor);
  }
  cursor.next();
  const argument = isCall ? readFunctionArgument(reading, cursor) : null;
  let as: string | null = null;
  const named = cursor.peek(1);
  if (isWord(cursor.peek(), "as") && (named.type === "word" || named.type === "string")) {
    cursor.next();
    const first = cursor.next();
    const end = cursor.peek().text === "(" && cursor.peek().glued ? skipParentheses(reading, cursor) : first.span;
    as = reading.text.slice(first.span.start, end.end);
  }
  const found: StatsFunction = {
    type: "function",
    name: token.text,
    argument: argument?.text ?? null,
    expression: argument?.expression ?? null,
    as,
    span: cover(token.span, cursor.last()),
  };
  return found;
}

/** Functions that may stand without parentheses. */
function isBareFunction(token: SplToken): boolean {
  return isWord(token, "count", "c");
}

function readFunctionArgument(
  reading: Reading,
  cursor: Cursor,
): { readonly text: string; readonly expression: EvalExpression | null } {
  const at = skipParentheses(reading, cursor);
  const closed = reading.text[at.end - 1] === ")" && at.end - at.start > 1;
  const inside = reading.text.slice(at.start + 1, closed ? at.end - 1 : at.end);
  const text = inside.trim();
  const head = /^eval\s*\(/i.exec(text);
  if (head === null || !text.endsWith(")")) return { text, expression: null };
  const start = at.start + 1 + (inside.length - inside.trimStart().length);
  const inner = openTokens(lex(reading, start + head[0].length, start + text.length - 1, "eval"));
  const expression = readEval(reading, inner);
  if (inner.peek().type !== "end")
    report(reading, "unexpected", "error", "The end of this expression is expected here.", inner.peek().span);
  return { text, expression };
}
