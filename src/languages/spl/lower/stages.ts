import type { Span } from "../../../kit/span.ts";
import type { OpaqueStage, Stage } from "../../../rule/logic.ts";
import type { Command } from "../ast.ts";
import { printCommand } from "../print.ts";
import { type Lowering, place } from "./context.ts";
import type { LoweredSearch } from "./search.ts";

/** The stages of one command, and the commands that its macros brought in behind it. */
export interface LoweredStages {
  readonly stages: readonly Stage[];
  readonly following: LoweredSearch["following"];
}

/** Source and filter of a search. */
export function searchStages(search: LoweredSearch, at: Span): readonly Stage[] {
  const stages: Stage[] = [];
  const hasTimes = Object.keys(search.times).length > 0;
  if (search.sources.length > 0 || hasTimes) {
    const source: Stage = {
      type: "source",
      kind: search.sources.length > 0 ? "macro" : "index",
      names: search.sources,
      span: at,
    };
    stages.push(hasTimes ? { ...source, attributes: search.times } : source);
  }
  if (search.expression !== null) stages.push({ type: "filter", expression: search.expression, span: at });
  stages.push(...search.joins);
  return stages;
}

export function opaqueStage(command: Command, reason: string, lowering: Lowering): OpaqueStage {
  return { type: "opaque", text: printCommand(command), reason, span: place(lowering.home, command.span) };
}
