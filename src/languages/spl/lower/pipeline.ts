import type { Span } from "../../../kit/span.ts";
import { conjoin } from "../../../rule/build.ts";
import type { Stage } from "../../../rule/logic.ts";
import type { Command, EvalExpression, MacroCommand, Pipeline } from "../ast.ts";
import { knownCommands } from "../commands/table.ts";
import { readPipelineText } from "../pipeline.ts";
import { printCommand } from "../print.ts";
import { bindComputed, type Scope } from "../scope.ts";
import { split } from "./arguments.ts";
import { lowerCondition } from "./condition.ts";
import { type Lowering, openMacro, place } from "./context.ts";
import { lowerEffect } from "./effects.ts";
import { fieldCommands, lowerEval, lowerLookup, lowerRename } from "./fields.ts";
import { flowCommands } from "./flow.ts";
import { lowerSearch, subsearchJoin } from "./search.ts";
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
      return only(lowerWhere(command.expression, lowering, scope, at));
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
      const stages = lowerEffect(command, lowering, scope);
      if (stages !== null) return only(stages);
      // Whatever a command does that says AS y: y is its work.
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

/** Sub-searches among the conditions that must all hold are joins, as in a search. */
function lowerWhere(expression: EvalExpression, lowering: Lowering, scope: Scope, at: Span): readonly Stage[] {
  const joins: Stage[] = [];
  const rest = (expression.type === "and" ? expression.operands : [expression]).filter((one) => {
    const inner = one.type === "not" ? one.operand : one;
    if (inner.type !== "subsearch") return true;
    const kind = one.type === "not" ? "anti" : "semi";
    joins.push(subsearchJoin(inner.pipeline, kind, null, lowering, place(lowering.home, one.span)));
    return false;
  });
  if (rest.length === 0) return joins;
  const conditions = rest.map((one) => lowerCondition(one, lowering, scope));
  const filtered = rest.length === 1 || joins.length > 0 ? at : place(lowering.home, expression.span);
  return [{ type: "filter", expression: conjoin(conditions, filtered), span: at }, ...joins];
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
