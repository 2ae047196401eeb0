import type { NewTermsPlan, SequencePlan, ThresholdPlan } from "../../platforms/plan/plan.ts";
import { openCutWindows } from "./cut-windows.ts";
import { askedOf, isLasting } from "./measure.ts";
import { openNewTerms } from "./new-terms.ts";
import type { Group, StatefulOperator, StateLimits } from "./operator.ts";
import { openOrderedSequence } from "./ordered-sequence.ts";
import { openSlidingWindows } from "./sliding-windows.ts";
import { stagesOf } from "./stages.ts";
import { timeSpan } from "./time-span.ts";
import { openUnorderedSequence } from "./unordered-sequence.ts";

export type StatefulPlan = SequencePlan | ThresholdPlan | NewTermsPlan;

/** Why a plan cannot be run, in words that can be counted; null where it can. */
export function whyNotRun(plan: StatefulPlan): string | null {
  switch (plan.type) {
    case "sequence":
      return whySequenceNot(plan);
    case "threshold":
      return plan.window !== null && timeSpan(plan.window) === null ? "Its time window was not understood." : null;
    case "new_terms":
      return plan.window !== "" && timeSpan(plan.window) === null ? "Its history window was not understood." : null;
    default:
      return plan satisfies never;
  }
}

function whySequenceNot(plan: SequencePlan): string | null {
  if (plan.maxspan !== null && timeSpan(plan.maxspan) === null) return "Its time span was not understood.";
  const { count, leading, trailing } = stagesOf(plan);
  if (count === 0) return "No step of the sequence happens.";
  const bounded = plan.ordered ? !leading && !trailing : !plan.steps.some((one) => one.missing);
  return bounded || plan.maxspan !== null ? null : "A step must not occur, and there is no time span to wait for.";
}

/**
 * What finds the groups of a plan. The plan is one that can be run (`whyNotRun`); for another it throws. `idOf` tells events
 * apart: the same (by `===`) for all references to one event.
 */
export function openOperator<Ref>(
  plan: StatefulPlan,
  limits: StateLimits,
  idOf: (ref: Ref) => unknown = (ref) => ref,
): StatefulOperator<Ref> {
  const why = whyNotRun(plan);
  if (why !== null) throw new Error(why);
  switch (plan.type) {
    case "sequence": {
      const maxspan = plan.maxspan === null ? null : timeSpan(plan.maxspan);
      const open = plan.ordered ? openOrderedSequence<Ref> : openUnorderedSequence<Ref>;
      return open(stagesOf(plan), maxspan, limits, idOf);
    }
    case "threshold":
      return openThreshold(plan, limits);
    case "new_terms":
      return openNewTerms(timeSpan(plan.window), limits);
    default:
      return plan satisfies never;
  }
}

function openThreshold<Ref>(plan: ThresholdPlan, limits: StateLimits): StatefulOperator<Ref> {
  const asked = askedOf(plan);
  const span = plan.window === null ? null : timeSpan(plan.window);
  const { absentGroups } = plan;
  const operator =
    span === null
      ? openCutWindows<Ref>(asked, { type: "whole" }, absentGroups, limits)
      : plan.windows === "aligned"
        ? openCutWindows<Ref>(asked, { type: "clock", span }, absentGroups, limits)
        : asked.every(isLasting)
          ? openSlidingWindows<Ref>(asked, span, absentGroups, limits)
          : openCutWindows<Ref>(asked, { type: "first", span }, absentGroups, limits);
  const grouping = plan.by.map((one) => span === null || one.canonical !== "@timestamp");
  if (!grouping.includes(false)) return operator;
  // The time stands for the rounded time by which the rule groups, which is the window; each moment would be a group.
  const inPlace = (group: Group<Ref>): Group<Ref> => {
    const values = group.by.values();
    return { ...group, by: grouping.map((grouped) => (grouped ? (values.next().value ?? null) : null)) };
  };
  return {
    push: (one) => operator.push({ ...one, by: one.by.filter((_, at) => grouping[at] === true) }).map(inPlace),
    advance: (time) => operator.advance(time).map(inPlace),
    finish: () => operator.finish().map(inPlace),
    held: operator.held,
    evicted: operator.evicted,
  };
}
