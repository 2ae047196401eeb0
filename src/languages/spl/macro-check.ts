import type { Span } from "../../kit/span.ts";
import type { Environment } from "../language.ts";
import type { MacroCall, Pipeline } from "./ast.ts";
import { expandMacro } from "./macros.ts";
import { type Reading, report } from "./reading.ts";
import { walkPipeline } from "./walk.ts";

/** Macros inside macros that are looked through. */
export const maximumMacroDepth = 20;

/** Says which macros are not known, are generated, or contain themselves. */
export function checkMacros(pipeline: Pipeline, environment: Environment, sink: Pick<Reading, "diagnostics">): void {
  const sound = new Set<string>();
  walkPipeline(pipeline, {
    macro: (call) => {
      const expansion = expandMacro(call, environment);
      if (expansion.type === "unresolved") {
        report(
          sink,
          "unresolved-macro",
          "warning",
          "A macro that the environment defines is expected.",
          call.span,
          "Its part of the search is kept as text.",
        );
      } else if (expansion.type === "neutral" && expansion.kind === "generated") {
        report(
          sink,
          "generated-macro",
          "info",
          "This macro is generated for the detection and left for the user to fill.",
          call.span,
        );
      } else if (containsItself(call, [], sound, environment)) {
        report(sink, "macro-cycle", "error", "A macro that does not contain itself is expected.", call.span);
      }
    },
  });
}

/**
 * Follows the calls in definitions without reading them as searches: backticks stand out by themselves. `sound` keeps
 * what was looked through, so that macros that share others cost no more than their number.
 */
function containsItself(
  call: MacroCall,
  path: readonly string[],
  sound: Set<string>,
  environment: Environment,
): boolean {
  const key = `${call.name}/${call.arguments.length}`;
  if (path.includes(key)) return true;
  if (sound.has(key) || path.length > maximumMacroDepth) return false;
  const expansion = expandMacro(call, environment);
  const inner = expansion.type === "text" ? innerCalls(expansion.text) : [];
  if (inner.some((one) => containsItself(one, [...path, key], sound, environment))) return true;
  sound.add(key);
  return false;
}

const nowhere: Span = { start: 0, end: 0 };

function innerCalls(text: string): readonly MacroCall[] {
  const calls: MacroCall[] = [];
  for (const [, inside = ""] of text.replaceAll("```", "").matchAll(/`([^`]+)`/g)) {
    const open = inside.indexOf("(");
    const name = (open < 0 ? inside : inside.slice(0, open)).trim();
    const count = open < 0 ? 0 : inside.split(",").length;
    calls.push({ type: "macro", name, arguments: new Array<string>(count).fill(""), text: inside, span: nowhere });
  }
  return calls;
}
