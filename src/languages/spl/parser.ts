import { limits } from "../../kit/limits.ts";
import { span } from "../../kit/span.ts";
import type { Environment, ParseResult } from "../language.ts";
import type { SplAst } from "./ast.ts";
import { checkMacros } from "./macro-check.ts";
import { readPipelineText } from "./pipeline.ts";
import { type Reading, report } from "./reading.ts";

/**
 * Reads a search. The tree keeps macro calls as written: it does not depend on the environment, which only lets the
 * calls be checked. Codes of diagnostics: `spl/<kebab>`.
 */
export function parse(text: string, environment?: Environment): ParseResult<SplAst> {
  const whole = span(0, text.length);
  if (text.length > limits.length) {
    const sink: Pick<Reading, "diagnostics"> = { diagnostics: [] };
    report(sink, "too-long", "error", `A search of at most ${limits.length} characters is expected.`, whole);
    const ast: SplAst = {
      type: "spl",
      pipeline: { type: "pipeline", leadingPipe: false, commands: [{ type: "error", text, span: whole }], span: whole },
      span: whole,
    };
    return { ast, diagnostics: sink.diagnostics };
  }
  const { pipeline, diagnostics } = readPipelineText(text, "root");
  const ast: SplAst = { type: "spl", pipeline, span: whole };
  if (environment?.macros === undefined) return { ast, diagnostics };
  const sink: Pick<Reading, "diagnostics"> = { diagnostics: [...diagnostics] };
  checkMacros(pipeline, environment, sink);
  return { ast, diagnostics: sink.diagnostics };
}
