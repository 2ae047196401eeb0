import { tooLong } from "../../kit/diagnostic.ts";
import { span } from "../../kit/span.ts";
import type { ParseResult } from "../language.ts";
import type { Query } from "./ast.ts";
import { query } from "./query.ts";
import { openReader } from "./reader.ts";

/** Parses an ES|QL query. Never throws; a command that cannot be read keeps its text, and what was read of it. */
export function parse(text: string): ParseResult<Query> {
  const whole = span(0, text.length);
  const refusal = tooLong("esql", text);
  if (refusal !== null) {
    const commands = [{ type: "error", text, parsed: null, span: whole }] as const;
    return { ast: { type: "query", settings: [], commands, span: whole }, diagnostics: [refusal] };
  }
  const reader = openReader(text);
  const ast = query(reader, "text");
  return { ast, diagnostics: reader.diagnostics() };
}
