import type { Span } from "../../../kit/span.ts";
import { innerLogic, withInnerLogic } from "../../../rule/inner-logic.ts";
import type { Stage } from "../../../rule/logic.ts";
import { placed } from "./predicate.ts";

/** The same stages with another place, for events that are used again away from where they were made. */
export function placedStages(stages: readonly Stage[], span: Span): readonly Stage[] {
  return stages.map((one) => placedStage(one, span));
}

function placedStage(stage: Stage, span: Span): Stage {
  if (stage.type === "filter") return { ...stage, expression: placed(stage.expression, span, null), span };
  if (stage.type === "aggregate") {
    const functions = stage.functions.map((one) =>
      one.filter === undefined ? one : { ...one, filter: placed(one.filter, span, null) },
    );
    return { ...stage, functions, span };
  }
  const inner = withInnerLogic(stage, ({ stages }) => ({ stages: placedStages(stages, span) }));
  if (inner.type !== "sequence") return { ...inner, span };
  return { ...inner, steps: inner.steps.map((step) => ({ ...step, span })), span };
}

/** Stages with those inside of them: what a copy costs. */
export function sizeOfStages(stages: readonly Stage[]): number {
  return stages.reduce((sum, stage) => sum + 1 + sizeOfInner(stage), 0);
}

function sizeOfInner(stage: Stage): number {
  return innerLogic(stage).reduce((sum, { logic }) => sum + sizeOfStages(logic.stages), 0);
}
