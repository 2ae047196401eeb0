import type { AggregateStage } from "../../rule/logic.ts";
import type { SourceContext } from "../../vocabulary/context.ts";
import type { Schema } from "../../vocabulary/fields/names.ts";
import type { RemarkCode, ReportPart } from "../translation.ts";
import type { Flow, Plan, PlanField, Planning } from "./plan.ts";

/** The same for all logics of a rule. */
export interface Settings {
  readonly schema: Schema | null;
  readonly planNamed: (name: string) => Planning | null;
  readonly absentGroups: boolean;
  readonly overEvents: boolean;
}

/** A plan while the stages of a logic are gone through. */
export interface Drawing extends Settings {
  context: SourceContext;
  flows: readonly Flow[];
  /** Has anything but a source been met? A union before that is all there is. */
  begun: boolean;
  aggregate: AggregateStage | null;
  /** Fields that cut the time into spans, and how long these are. */
  readonly buckets: Map<string, string>;
  /** Fields that the rule makes out of others. */
  readonly made: Set<string>;
  /** Are groups, or what was counted, grouped once more? */
  regrouped: boolean;
  special: Exclude<Plan, { readonly type: "selection" }> | null;
  readonly report: ReportPart[];
}

export function openDrawing(settings: Settings, context: SourceContext): Drawing {
  return {
    ...settings,
    context,
    flows: [{ context, condition: null }],
    begun: false,
    aggregate: null,
    buckets: new Map(),
    made: new Set(),
    regrouped: false,
    special: null,
    report: [],
  };
}

export type Lose = (part: string, code: RemarkCode, why: string) => void;

export function nameOf({ schema, context }: Pick<Drawing, "schema" | "context">, raw: string): PlanField {
  return { raw, canonical: schema?.read(raw, context)?.field ?? null };
}

export function lost(part: string, code: RemarkCode, why: string): ReportPart {
  return { part, verdict: "lost", code, why };
}

/** A text of a rule as one line of a report. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
