import type { NewTermsPlan, PlanField, ThresholdPlan } from "../../platforms/plan/plan.ts";

/**
 * The fields whose values the occurrences of a plan carry, in their order: those of conditions that count different values,
 * then those that numbers are made of; the fields of new terms.
 */
export function valueFields(plan: ThresholdPlan | NewTermsPlan): readonly PlanField[] {
  if (plan.type === "new_terms") return plan.fields;
  return [...plan.conditions.flatMap((one) => one.distinct ?? []), ...plan.numbers.map((one) => one.field)];
}
