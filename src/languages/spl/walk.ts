import type { Command, MacroCall, Pipeline, Subsearch } from "./ast.ts";

interface Visitor {
  readonly macro?: (call: MacroCall) => void;
  readonly subsearch?: (one: Subsearch, command: Command) => void;
  readonly command?: (command: Command) => void;
}

/** Visits every command, macro call and sub-search of a pipeline, in the order of the text. */
export function walkPipeline(pipeline: Pipeline, visitor: Visitor): void {
  for (const command of pipeline.commands) {
    visitor.command?.(command);
    walkValue(command, command, visitor);
  }
}

/** Every node is plain data, so that one walk over its parts serves all types of node. Most are words, without parts. */
function walkValue(value: unknown, command: Command, visitor: Visitor): void {
  if (Array.isArray(value)) {
    for (const one of value) walkValue(one, command, visitor);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const type = "type" in value ? value.type : null;
  if (type === "macro") {
    visitor.macro?.(value as MacroCall);
    return;
  }
  if (type === "subsearch") {
    visitor.subsearch?.(value as Subsearch, command);
    walkPipeline((value as Subsearch).pipeline, visitor);
    return;
  }
  if (type === "term" || type === "field" || type === "string") return;
  for (const name of Object.keys(value)) {
    if (name !== "span") walkValue(value[name as keyof typeof value], command, visitor);
  }
}
