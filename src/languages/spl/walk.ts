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

/** Every node is plain data, so that one walk over its parts serves all types of node. */
function walkValue(value: unknown, command: Command, visitor: Visitor): void {
  if (Array.isArray(value)) {
    for (const one of value) walkValue(one, command, visitor);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (isNode(value, "macro")) {
    visitor.macro?.(value as MacroCall);
    return;
  }
  if (isNode(value, "subsearch")) {
    visitor.subsearch?.(value as Subsearch, command);
    walkPipeline((value as Subsearch).pipeline, visitor);
    return;
  }
  for (const part of Object.values(value)) if (typeof part === "object") walkValue(part, command, visitor);
}

function isNode(value: object, type: string): boolean {
  return "type" in value && value.type === type;
}
