import { tooLong } from "../../kit/diagnostic.ts";
import { span } from "../../kit/span.ts";
import type { ParseResult } from "../language.ts";
import type { Query } from "./ast.ts";
import { readExpression } from "./expressions.ts";
import { readPipeline } from "./pipeline.ts";
import { type Grammar, openReader } from "./reader.ts";
import { readStatements } from "./statements.ts";

const grammar: Grammar = { pipeline: readPipeline, expression: readExpression, statements: readStatements };

/** Reads any text whatever. Codes of diagnostics: `kusto/<kebab>`. */
export function parse(text: string): ParseResult<Query> {
  const whole = span(0, text.length);
  const refusal = tooLong("kusto", text);
  if (refusal !== null) {
    const ast: Query = { type: "query", statements: [{ type: "error", text, span: whole }], span: whole };
    return { ast, diagnostics: [refusal] };
  }
  const reader = openReader(text, grammar);
  const statements = readStatements(reader, null);
  return { ast: { type: "query", statements, span: whole }, diagnostics: reader.diagnostics() };
}
