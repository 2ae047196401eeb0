import { cover, type Span } from "../../../kit/span.ts";
import { openTokens } from "../../../kit/tokens.ts";
import type { Assignment, Command } from "../ast.ts";
import { readEval } from "../eval-expression.ts";
import { lex } from "../lexer.ts";
import { type Reading, report } from "../reading.ts";
import { errorCommand, refuseRest } from "./rest.ts";

/** `eval a=…, b=…`. The name on the left may hold dots and dashes: all up to the `=` belongs to it. */
export function readEvalCommand(reading: Reading, _name: string, from: number, at: Span): Command {
  const cursor = openTokens(lex(reading, from, at.end, "eval"));
  const assignments: Assignment[] = [];
  for (;;) {
    const first = cursor.peek();
    let last = first;
    while (cursor.peek().type !== "end" && cursor.peek().text !== "=") last = cursor.next();
    if (cursor.peek().type === "end" || (last === first && first.text === "=")) {
      report(reading, "assignment", "error", "A field name, = and an expression are expected.", first.span);
      return errorCommand(reading, at);
    }
    cursor.next();
    const expression = readEval(reading, cursor);
    const field = reading.text.slice(first.span.start, last.span.end);
    assignments.push({ type: "assignment", field, expression, span: cover(first.span, expression.span) });
    const next = cursor.peek();
    if (next.type !== "punctuation" || next.text !== ",") break;
    cursor.next();
    if (cursor.peek().type === "end") break;
  }
  return refuseRest(reading, cursor, at) ?? { type: "eval", assignments, span: at };
}
