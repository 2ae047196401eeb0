import type { Measure, NumberCondition, PlanField, ThresholdPlan } from "../../platforms/plan/plan.ts";

type Operator = NumberCondition<PlanField>["operator"];

/** One condition of a threshold: what is made of the values, and what it is compared with. */
export interface Asked {
  readonly measure: Measure | { readonly type: "events" | "distinct" };
  readonly operator: Operator;
  readonly value: number;
  /** Where its value stands among those of an occurrence (`valueFields`); -1 where events are counted. */
  readonly at: number;
}

/** All conditions of a plan. */
export function askedOf({ conditions, numbers }: ThresholdPlan): readonly Asked[] {
  let next = 0;
  const place = (): number => {
    next += 1;
    return next - 1;
  };
  return [
    ...conditions.map(({ operator, count, distinct }): Asked => {
      if (distinct === null) return { measure: { type: "events" }, operator, value: count, at: -1 };
      return { measure: { type: "distinct" }, operator, value: count, at: place() };
    }),
    ...numbers.map(({ measure, operator, value }): Asked => ({ measure, operator, value, at: place() })),
  ];
}

/**
 * May it be told as soon as it is true? More events cannot make it false again: more than so many events or values, a
 * sum (of what is not negative) or a greatest value above a limit, a least one below it.
 */
export function isLasting({ measure, operator }: Asked): boolean {
  switch (measure.type) {
    case "events":
    case "distinct":
    case "values":
    case "sum":
    case "greatest":
      return operator === "gt" || operator === "ge";
    case "least":
      return operator === "lt" || operator === "le";
    case "average":
    case "percentile":
      return false;
    default:
      return measure satisfies never;
  }
}

export function compare(number: number, operator: Operator, limit: number): boolean {
  switch (operator) {
    case "lt":
      return number < limit;
    case "le":
      return number <= limit;
    case "gt":
      return number > limit;
    case "ge":
      return number >= limit;
    case "eq":
      return number === limit;
    default:
      return operator satisfies never;
  }
}

/** A number as logs write it; null for what is none. */
export function numberOf(value: string | null): number | null {
  if (value === null || value.trim() === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/**
 * The value below which so many percent lie, between the two nearest where it falls between them. `sorted` is not empty.
 */
export function percentileOf(sorted: readonly number[], percent: number): number {
  const place = ((sorted.length - 1) * Math.min(100, Math.max(0, percent))) / 100;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
