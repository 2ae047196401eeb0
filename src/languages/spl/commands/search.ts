import type { Span } from "../../../kit/span.ts";
import { openTokens } from "../../../kit/tokens.ts";
import type { Command } from "../ast.ts";
import { readEval } from "../eval-expression.ts";
import { lex } from "../lexer.ts";
import type { Reading } from "../reading.ts";
import { readSearch } from "../search-expression.ts";
import { refuseRest } from "./rest.ts";

export function readSearchCommand(reading: Reading, _name: string, from: number, at: Span, implicit = false): Command {
  const cursor = openTokens(lex(reading, from, at.end, "search"));
  return { type: "search", implicit, expression: readSearch(reading, cursor), span: at };
}

export function readWhereCommand(reading: Reading, _name: string, from: number, at: Span): Command {
  const cursor = openTokens(lex(reading, from, at.end, "eval"));
  const expression = readEval(reading, cursor);
  return refuseRest(reading, cursor, at) ?? { type: "where", expression, span: at };
}
