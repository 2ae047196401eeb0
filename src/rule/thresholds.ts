import { conjoin } from "./build.ts";
import { type Expression, isComputed, type Predicate } from "./expression.ts";
import { withInnerLogic } from "./inner-logic.ts";
import type { AggregateStage, Aggregation, Logic, Stage, ThresholdStage } from "./logic.ts";

/** Aggregate functions that count, as the languages name them, and what they count. */
const counted: ReadonlyMap<string, "events" | "distinct"> = new Map([
  ["count", "events"],
  ["c", "events"],
  ["countif", "events"],
  ["dc", "distinct"],
  ["distinct_count", "distinct"],
  ["estdc", "distinct"],
  ["dcount", "distinct"],
  ["dcountif", "distinct"],
  ["count_distinct", "distinct"],
  ["count_distinctif", "distinct"],
]);

const operators: ReadonlySet<string> = new Set(["eq", "lt", "le", "gt", "ge"]);

interface Count {
  readonly stage: AggregateStage;
  readonly aggregation: Aggregation;
}

/**
 * A filter on a count that the query made itself (`stats count by src | where count > 5`) is a threshold, in every
 * language. The condition stays on the stage as it was written; what else the filter asks for stays a filter before it.
 */
export function withThresholds(logic: Logic): Logic {
  const counts = new Map<string, Count>();
  return { stages: logic.stages.flatMap((stage) => convert(withInnerLogic(stage, withThresholds), counts)) };
}

function convert(stage: Stage, counts: Map<string, Count>): readonly Stage[] {
  if (stage.type === "aggregate") {
    for (const aggregation of stage.functions) {
      if (!counted.has(aggregation.function.toLowerCase())) continue;
      for (const name of namesOf(aggregation)) counts.set(name, { stage, aggregation });
    }
    return [stage];
  }
  if (stage.type !== "filter") return [stage];
  const { expression } = stage;
  const kept: Expression[] = [];
  const thresholds: ThresholdStage[] = [];
  for (const part of expression.type === "and" ? expression.operands : [expression]) {
    const threshold = part.type === "predicate" ? thresholdOf(part, counts) : null;
    if (threshold === null) kept.push(part);
    else thresholds.push(threshold);
  }
  if (thresholds.length === 0) return [stage];
  if (kept.length === 0) return thresholds;
  return [{ ...stage, expression: conjoin(kept, expression.span) }, ...thresholds];
}

/** The name that the query gives the result, or those under which the languages know it when it gives none. */
export function namesOf({ function: name, field, as }: Aggregation): readonly string[] {
  if (as !== null) return [as];
  return [name, `${name}_`, `${name}_${field ?? ""}`, `${name}(${field ?? ""})`];
}

function thresholdOf(condition: Predicate, counts: ReadonlyMap<string, Count>): ThresholdStage | null {
  const { field, operator, values, span } = condition;
  const [value, ...others] = values;
  if (field === null || !isComputed(field) || !operators.has(operator) || others.length > 0) return null;
  const count = counts.get(field.raw);
  const limit = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (count === undefined || typeof limit !== "number" || !Number.isFinite(limit)) return null;
  const { stage, aggregation } = count;
  const distinct = counted.get(aggregation.function.toLowerCase()) === "distinct" ? aggregation.field : null;
  return {
    type: "threshold",
    by: stage.by,
    operator: operator as ThresholdStage["operator"],
    count: limit,
    ...(distinct === null ? {} : { distinct }),
    ...(stage.window === undefined ? {} : { window: stage.window }),
    ...(stage.aligned === undefined ? {} : { aligned: stage.aligned }),
    condition,
    span,
  };
}
