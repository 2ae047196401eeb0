import type { Expression } from "../../rule/expression.ts";
import type { ThresholdStage } from "../../rule/logic.ts";
import type { SourceContext } from "../../vocabulary/context.ts";
import type { ReportPart } from "../translation.ts";

/** What a rule asks for, without the words of any platform. */
export type Plan = SelectionPlan | SequencePlan | ThresholdPlan | NewTermsPlan;

/** Every event that one of the flows lets through. */
export interface SelectionPlan {
  readonly type: "selection";
  readonly flows: readonly Flow[];
}

/** Several events that belong together. */
export interface SequencePlan {
  readonly type: "sequence";
  readonly ordered: boolean;
  /** Time span as the rule writes it; null for none. */
  readonly maxspan: string | null;
  readonly steps: readonly StepPlan[];
  readonly until: StepPlan | null;
}

export interface StepPlan {
  readonly flows: readonly Flow[];
  /** Fields whose values the steps share, position by position; those of the whole sequence first. */
  readonly by: readonly PlanField[];
  readonly runs: number;
  readonly missing: boolean;
}

/** Groups of events that are many enough: every condition must hold. */
export interface ThresholdPlan {
  readonly type: "threshold";
  readonly flows: readonly Flow[];
  readonly by: readonly PlanField[];
  readonly conditions: readonly CountCondition<PlanField>[];
  /** Numbers made of the values of a field; with the counts, every one must hold. */
  readonly numbers: readonly NumberCondition<PlanField>[];
  /** As the rule writes it; null for all events that the search covers. */
  readonly window: string | null;
  /** Any span of that length, or spans that the clock cuts, side by side. */
  readonly windows: "sliding" | "aligned";
  /** Are events without a value for a field that groups a group of their own? Otherwise they are in none. */
  readonly absentGroups: boolean;
}

export interface CountCondition<Field> {
  readonly operator: ThresholdStage["operator"];
  readonly count: number;
  /** Distinct values of this are counted; null for events. */
  readonly distinct: Field | null;
}

export interface NumberCondition<Field> {
  readonly measure: Measure;
  readonly operator: ThresholdStage["operator"];
  readonly value: number;
  readonly field: Field;
}

/** How many values become one number. `values`: how many there are. `percent` is between 0 and 100; 50 is the median. */
export type Measure =
  | { readonly type: "values" | "sum" | "average" | "least" | "greatest" }
  | { readonly type: "percentile"; readonly percent: number };

/** Events with a combination of values that was not there before. */
export interface NewTermsPlan {
  readonly type: "new_terms";
  readonly flows: readonly Flow[];
  readonly fields: readonly PlanField[];
  readonly window: string;
}

/** Events of one origin, and what they must meet; null: all of them. */
export interface Flow {
  readonly context: SourceContext;
  readonly condition: Expression | null;
  /** Fields of these events that the plan calls otherwise (aliases of Sigma's correlations): its word → the field. */
  readonly renames?: Readonly<Record<string, PlanField>>;
}

/** The field of the events of a flow that the plan means. */
export function fieldIn({ renames = {} }: Flow, field: PlanField): PlanField {
  return Object.hasOwn(renames, field.raw) ? (renames[field.raw] ?? field) : field;
}

/** A field outside of conditions, in the rule's word and in the vocabulary's. */
export interface PlanField {
  readonly raw: string;
  readonly canonical: string | null;
}

/** A plan with what was left on the way; null where the rule is more than a platform can be asked for, and why. */
export interface Planning {
  readonly plan: Plan | null;
  readonly report: readonly ReportPart[];
}
