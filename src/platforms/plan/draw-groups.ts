import { conjoin } from "../../rule/build.ts";
import { describeExpression } from "../../rule/describe.ts";
import type { Expression } from "../../rule/expression.ts";
import type { DeriveStage, ThresholdStage } from "../../rule/logic.ts";
import { namesOf } from "../../rule/thresholds.ts";
import { parseDuration, shortDuration } from "../duration.ts";
import { type Drawing, type Lose, nameOf, oneLine } from "./drawing.ts";
import { numbersIn } from "./numbers.ts";
import type { CountCondition, PlanField, ThresholdPlan } from "./plan.ts";

/** A field made of nothing but the time, cut to a span: groups by it are counts in a window. */
export function drawDerived(drawing: Drawing, { field, text, fields }: DeriveStage): void {
  const ofTime = fields.length > 0 && fields.every((one) => nameOf(drawing, one).canonical === "@timestamp");
  const window = ofTime ? parseDuration(text) : null;
  if (window !== null) drawing.buckets.set(field, shortDuration(window));
  if (!fields.includes(field)) drawing.made.add(field);
}

/** Fields that the rule makes are none of the events: groups by them would be groups of what has no value. */
export function loseMade(drawing: Drawing, fields: readonly string[], lose: Lose): boolean {
  if (!drawing.overEvents) return false;
  // What is computed on the spot is named by its text.
  const made = fields.filter((one) => (drawing.made.has(one) || one.includes("(")) && !drawing.buckets.has(one));
  for (const one of made) lose(one, "computed-value", "The rule groups or counts by a value that it works out itself.");
  return made.length > 0;
}

export function drawThreshold(drawing: Drawing, stage: ThresholdStage, lose: Lose): void {
  const { special, aggregate, regrouped } = drawing;
  if (regrouped) {
    lose("threshold", "threshold", "The rule counts its groups once more.");
    return;
  }
  if (special !== null && special.type !== "threshold") {
    lose("threshold", "threshold", `The rule counts ${special.type === "sequence" ? "sequences" : "new values"}.`);
    return;
  }
  const counted = stage.condition?.field?.raw;
  const filter = aggregate?.functions.find((one) => one.as === counted && one.filter !== undefined)?.filter;
  if (filter !== undefined) {
    lose(oneLine(describeExpression(filter)), "threshold", "The rule counts only some of the events of a group.");
    return;
  }
  if (drawing.overEvents && stage.distinct?.includes(", ") === true) {
    lose(stage.distinct, "threshold", "The rule counts combinations of several fields.");
    return;
  }
  if (loseMade(drawing, [...stage.by, ...(stage.distinct === undefined ? [] : [stage.distinct])], lose)) return;
  const valued = valuesCounted(drawing, stage);
  if (valued !== null) {
    if (loseMade(drawing, [...stage.by, valued], lose)) return;
    const number = { measure: { type: "values" }, operator: stage.operator, value: stage.count } as const;
    drawing.special = {
      ...groupsOf(drawing, stage, special),
      conditions: special?.conditions ?? [],
      numbers: [...(special?.numbers ?? []), { ...number, field: nameOf(drawing, valued) }],
    };
    return;
  }
  const condition: CountCondition<PlanField> = {
    operator: stage.operator,
    count: stage.count,
    distinct: stage.distinct === undefined ? null : nameOf(drawing, stage.distinct),
  };
  drawing.special = {
    ...groupsOf(drawing, stage, special),
    conditions: [...(special?.conditions ?? []), condition],
    numbers: special?.numbers ?? [],
  };
}

/** `count(x)` counts the events that have a value for x; null where all events are counted, or different values. */
function valuesCounted({ overEvents, aggregate }: Drawing, { condition, distinct }: ThresholdStage): string | null {
  const counted = condition?.field?.raw;
  if (!overEvents || distinct !== undefined || counted === undefined) return null;
  const field = aggregate?.functions.find((one) => namesOf(one).includes(counted))?.field ?? null;
  return field === "*" || field === "" ? null : field;
}

function groupsOf(
  drawing: Drawing,
  stage: Pick<ThresholdStage, "window" | "aligned" | "by">,
  before: ThresholdPlan | null,
): Omit<ThresholdPlan, "conditions" | "numbers"> {
  return {
    type: "threshold",
    flows: [],
    by: stage.by.filter((one) => !drawing.buckets.has(one)).map((one) => nameOf(drawing, one)),
    ...windowOf(drawing, stage, before),
    absentGroups: drawing.absentGroups,
  };
}

/** What a filter asks of numbers that the aggregation before it makes becomes a threshold; gives what is left of it. */
export function drawNumbers(drawing: Drawing, expression: Expression, lose: Lose): Expression | null {
  const { special, aggregate, regrouped } = drawing;
  if (!drawing.overEvents || aggregate === null || regrouped) return expression;
  if (special !== null && special.type !== "threshold") return expression;
  const { numbers, rest } = numbersIn(expression, aggregate);
  if (numbers.length === 0) return expression;
  if (!loseMade(drawing, aggregate.by, lose)) {
    const named = numbers.map((one) => ({ ...one, field: nameOf(drawing, one.field) }));
    drawing.special = {
      ...groupsOf(drawing, aggregate, special),
      conditions: special?.conditions ?? [],
      numbers: [...(special?.numbers ?? []), ...named],
    };
  }
  return rest.length === 0 ? null : conjoin(rest, expression.span);
}

/** The window that the stage names, else that of a condition before it, else the one that its groups by time make. */
function windowOf(
  drawing: Drawing,
  { window, aligned, by }: Pick<ThresholdStage, "window" | "aligned" | "by">,
  before: ThresholdPlan | null,
): Pick<ThresholdPlan, "window" | "windows"> {
  if (window !== undefined) return { window, windows: aligned === true ? "aligned" : "sliding" };
  if (before !== null && before.window !== null) return { window: before.window, windows: before.windows };
  const bucket = by.map((one) => drawing.buckets.get(one)).find((one) => one !== undefined);
  return bucket === undefined ? { window: null, windows: "sliding" } : { window: bucket, windows: "aligned" };
}
