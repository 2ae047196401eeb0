import { cover, type Span } from "../../../kit/span.ts";
import { openTokens, type TokenCursor } from "../../../kit/tokens.ts";
import type { Argument, Clause, Command, MacroCall, Option, Subsearch, Term } from "../ast.ts";
import type { SplToken } from "../lexer.ts";
import { isWord, lex } from "../lexer.ts";
import { readMacroCall } from "../macros.ts";
import { readSubsearch } from "../pipeline.ts";
import { type Reading, report } from "../reading.ts";
import { readSearchGroup, term, warnOfQuotes } from "../search-expression.ts";

type Cursor = TokenCursor<SplToken>;

/** Reads a command of which no more is known than its name. */
export function readArgumentsCommand(reading: Reading, name: string, from: number, at: Span): Command {
  const cursor = openTokens(lex(reading, from, at.end, "search"));
  return { type: "command", name, arguments: readArguments(reading, cursor), span: at };
}

export function readArguments(reading: Reading, cursor: Cursor): readonly Argument[] {
  const found: Argument[] = [];
  while (cursor.peek().type !== "end") found.push(readArgument(reading, cursor));
  return found;
}

/** The words that stand between arguments. */
const keywords = ["as", "in", "with", "over", "by", "output", "outputnew", "where"] as const;

export function readArgument(reading: Reading, cursor: Cursor): Argument {
  const token = cursor.next();
  switch (token.type) {
    case "macro":
      return readMacroCall(reading, token);
    case "subsearch":
      return readSubsearch(reading, token);
    case "punctuation":
      if (token.text === "(") return readClause(reading, cursor, token);
      return { type: "keyword", text: token.text, span: token.span };
    case "operator":
      return { type: "keyword", text: token.text, span: token.span };
    case "word":
    case "string":
      return readWordArgument(reading, cursor, token);
    case "number":
    case "quoted_field":
    case "end":
      return term(token);
    default:
      return token.type satisfies never;
  }
}

function readWordArgument(reading: Reading, cursor: Cursor, token: SplToken): Argument {
  const next = cursor.peek();
  if (next.type === "operator" && (next.text === "=" || next.text === "!=")) return readOption(reading, cursor, token);
  if (next.text === "(" && next.glued && token.type === "word") return readCall(reading, cursor, token);
  if (isWord(token, ...keywords)) return { type: "keyword", text: token.text, span: token.span };
  if (token.type === "string") warnOfQuotes(reading, cursor);
  return term(token);
}

function readOption(reading: Reading, cursor: Cursor, name: SplToken): Option | Argument {
  const sign = cursor.next();
  const value = readOptionValue(reading, cursor, sign);
  if (value === null)
    return {
      type: "keyword",
      text: reading.text.slice(name.span.start, sign.span.end),
      span: cover(name.span, sign.span),
    };
  return { type: "option", name: name.text, operator: sign.text, value, span: cover(name.span, value.span) };
}

function readOptionValue(
  reading: Reading,
  cursor: Cursor,
  sign: SplToken,
): Term | MacroCall | Subsearch | Clause | null {
  const token = cursor.peek();
  switch (token.type) {
    case "macro":
      return readMacroCall(reading, cursor.next());
    case "subsearch":
      return readSubsearch(reading, cursor.next());
    case "string": {
      const taken = cursor.next();
      warnOfQuotes(reading, cursor);
      return term(taken);
    }
    case "word": {
      const taken = cursor.next();
      return cursor.peek().text === "(" && cursor.peek().glued ? readCall(reading, cursor, taken) : term(taken);
    }
    case "punctuation":
      if (token.text === "(") return readClause(reading, cursor, cursor.next());
      break;
    case "operator":
    case "number":
    case "quoted_field":
    case "end":
      break;
    default:
      token.type satisfies never;
  }
  report(reading, "missing-value", "error", "A value is expected after this operator.", sign.span);
  return null;
}

function readClause(reading: Reading, cursor: Cursor, open: SplToken): Clause {
  const expression = readSearchGroup(reading, cursor);
  const at = cover(open.span, cursor.last());
  return { type: "clause", expression: expression ?? { type: "error", text: "", span: at }, span: at };
}

/** `ctime(x)`, `predicted(y)`: one word up to the matching parenthesis. */
export function readCall(reading: Reading, cursor: Cursor, name: SplToken): Term {
  const at = cover(name.span, skipParentheses(reading, cursor));
  return { type: "term", text: reading.text.slice(at.start, at.end), span: at };
}

/** Takes everything up to the parenthesis that closes the one at the cursor. */
export function skipParentheses(reading: Reading, cursor: Cursor): Span {
  const open = cursor.next();
  let depth = 1;
  while (depth > 0 && cursor.peek().type !== "end") {
    const token = cursor.next();
    if (token.type !== "punctuation") continue;
    if (token.text === "(") depth++;
    else if (token.text === ")") depth--;
  }
  if (depth > 0) report(reading, "unclosed-parenthesis", "error", "A closing parenthesis is expected.", open.span);
  return cover(open.span, cursor.last());
}
