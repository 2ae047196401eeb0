import { openTokens } from "../../../kit/tokens.ts";
import type { EvalExpression } from "../ast.ts";
import { readEval } from "../eval-expression.ts";
import { lex } from "../lexer.ts";
import type { Reading } from "../reading.ts";
import { scanStructure } from "../structure.ts";

/** The expression that a macro's text is; null where it is something else. */
export function readEvalText(text: string): EvalExpression | null {
  const reading: Reading = { text, structure: scanStructure(text), nesting: { depth: 0 }, diagnostics: [] };
  const cursor = openTokens(lex(reading, 0, text.length, "eval"));
  const expression = readEval(reading, cursor);
  return cursor.peek().type === "end" && reading.diagnostics.length === 0 ? expression : null;
}
