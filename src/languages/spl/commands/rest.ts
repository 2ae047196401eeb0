import type { Span } from "../../../kit/span.ts";
import type { TokenCursor } from "../../../kit/tokens.ts";
import type { ErrorCommand } from "../ast.ts";
import type { SplToken } from "../lexer.ts";
import { type Reading, report } from "../reading.ts";

/** A command of which not all could be read is kept as text as a whole: half of a condition says something else. */
export function refuseRest(reading: Reading, cursor: TokenCursor<SplToken>, at: Span): ErrorCommand | null {
  const token = cursor.peek();
  if (token.type === "end") return null;
  report(reading, "unexpected", "error", "The end of this command, or an operator, is expected here.", token.span);
  return errorCommand(reading, at);
}

export function errorCommand(reading: Reading, at: Span): ErrorCommand {
  return { type: "error", text: reading.text.slice(at.start, at.end), span: at };
}
