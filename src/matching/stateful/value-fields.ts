import type { NewTermsPlan, PlanField, ThresholdPlan } from "../../platforms/plan/plan.ts";

export function valueFields(plan: ThresholdPlan | NewTermsPlan): readonly PlanField[] {
  if (plan.type === "new_terms") return plan.fields;
  return plan.conditions.flatMap((one) => one.distinct ?? []);
}
