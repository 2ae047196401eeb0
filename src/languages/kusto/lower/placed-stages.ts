import type { Span } from "../../../kit/span.ts";
import type { Logic, Stage } from "../../../rule/logic.ts";
import { placed } from "./predicate.ts";

/** The same stages with another place, for events that are used again away from where they were made. */
export function placedStages(stages: readonly Stage[], span: Span): readonly Stage[] {
  return stages.map((one) => placedStage(one, span));
}

function placedLogic(logic: Logic, span: Span): Logic {
  return { stages: placedStages(logic.stages, span) };
}

function placedStage(stage: Stage, span: Span): Stage {
  switch (stage.type) {
    case "filter":
      return { ...stage, expression: placed(stage.expression, span, null), span };
    case "aggregate": {
      const functions = stage.functions.map((one) =>
        one.filter === undefined ? one : { ...one, filter: placed(one.filter, span, null) },
      );
      return { ...stage, functions, span };
    }
    case "join":
      return { ...stage, logic: placedLogic(stage.logic, span), span };
    case "union":
      return { ...stage, branches: stage.branches.map((one) => placedLogic(one, span)), span };
    case "sequence": {
      const steps = stage.steps.map((step) => ({ ...step, logic: placedLogic(step.logic, span), span }));
      return { ...stage, steps, span };
    }
    case "source":
    case "lookup":
    case "derive":
    case "project":
    case "order":
    case "threshold":
    case "new_terms":
    case "anomaly":
    case "opaque":
      return { ...stage, span };
    default:
      return stage satisfies never;
  }
}

/** Stages with those inside of them: what a copy costs. */
export function sizeOfStages(stages: readonly Stage[]): number {
  return stages.reduce((sum, stage) => sum + 1 + sizeOfInner(stage), 0);
}

function sizeOfInner(stage: Stage): number {
  if (stage.type === "union") return stage.branches.reduce((sum, one) => sum + sizeOfStages(one.stages), 0);
  if (stage.type === "sequence") return stage.steps.reduce((sum, one) => sum + sizeOfStages(one.logic.stages), 0);
  return stage.type === "join" ? sizeOfStages(stage.logic.stages) : 0;
}
