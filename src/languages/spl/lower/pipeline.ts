import type { Stage } from "../../../rule/logic.ts";
import type { Command, MacroCommand, Pipeline } from "../ast.ts";
import { knownCommands } from "../commands/table.ts";
import { readPipelineText } from "../pipeline.ts";
import { printCommand } from "../print.ts";
import { bindComputed, type Scope } from "../scope.ts";
import { split } from "./arguments.ts";
import { lowerCondition } from "./condition.ts";
import { type Lowering, openMacro, place } from "./context.ts";
import { fieldCommands, lowerEval, lowerLookup, lowerRename } from "./fields.ts";
import { flowCommands } from "./flow.ts";
import { lowerSearch } from "./search.ts";
import { type LoweredStages, opaqueStage, searchStages } from "./stages.ts";
import { lowerStats, lowerTstats } from "./stats.ts";

/** Stages of a pipeline in order; `scope` follows what each name means. */
export function lowerPipeline(pipeline: Pipeline, lowering: Lowering, scope: Scope): readonly Stage[] {
  return lowerCommands(pipeline.commands, lowering, scope);
}

function lowerCommands(commands: readonly Command[], lowering: Lowering, scope: Scope): readonly Stage[] {
  const stages: Stage[] = [];
  for (const command of commands) {
    const { stages: own, following } = lowerCommand(command, lowering, scope);
    stages.push(...own);
    scope.maker = own.find((one) => one.type === "opaque")?.text ?? scope.maker;
    for (const one of following) stages.push(...lowerCommands(one.commands, one.lowering, scope));
  }
  return stages;
}

function lowerCommand(command: Command, lowering: Lowering, scope: Scope): LoweredStages {
  const at = place(lowering.home, command.span);
  const only = (stages: readonly Stage[]): LoweredStages => ({ stages, following: [] });
  switch (command.type) {
    case "search": {
      if (command.expression === null) return only([]);
      const search = lowerSearch(command.expression, lowering, scope);
      return { stages: searchStages(search, at), following: search.following };
    }
    case "where":
      return only([{ type: "filter", expression: lowerCondition(command.expression, lowering, scope), span: at }]);
    case "eval":
      return only(lowerEval(command, lowering, scope));
    case "stats":
      return lowerStats(command, lowering, scope);
    case "tstats":
      return lowerTstats(command, lowering, scope);
    case "rename":
      return only(lowerRename(command, lowering, scope));
    case "lookup":
      return only(lowerLookup(command, lowering, scope));
    case "command": {
      const lower = fieldCommands[command.name] ?? flowCommands[command.name];
      if (lower !== undefined) return only(lower(command, lowering, scope));
      // Whatever `delta x as y` and its like do: y is their work.
      const [, [made]] = split(command, "as");
      if (made !== undefined) bindComputed(scope, made, printCommand(command), []);
      return only([
        opaqueStage(
          command,
          knownCommands.has(command.name) ? `command ${command.name} is not modelled` : "unknown command",
          lowering,
        ),
      ]);
    }
    case "macro_command":
      return only(lowerMacro(command, lowering, scope));
    case "error":
      return only([opaqueStage(command, "unreadable command", lowering)]);
    default:
      return command satisfies never;
  }
}

/** The macro's text stands where the call stood, and what follows the call in its section follows it. */
function lowerMacro(command: MacroCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  const opened = openMacro(lowering, command.call);
  if (opened.type === "closed") return [opaqueStage(command, opened.reason, lowering)];
  if (opened.type === "neutral") {
    return command.rest === "" ? [] : [opaqueStage(command, "text behind a macro", lowering)];
  }
  const { pipeline } = readPipelineText(`${opened.text} ${command.rest}`, "continuation");
  return lowerPipeline(pipeline, opened.lowering, scope);
}
