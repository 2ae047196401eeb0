import type { SequencePlan } from "../../platforms/plan/plan.ts";

/** A step as the operators see it. */
export type StepRole =
  /** It happens; a step that runs n times has n stages, one behind the other. */
  | { readonly type: "happens"; readonly first: number; readonly runs: number }
  /** It must not happen between the stage before and this one: 0 before all, the number of stages behind all of them. */
  | { readonly type: "missing"; readonly gap: number }
  | { readonly type: "until" };

export interface Stages {
  /** In the order of the steps; `until`, where there is one, stands last. */
  readonly roles: readonly StepRole[];
  /** How many events must happen. */
  readonly count: number;
  readonly leading: boolean;
  readonly trailing: boolean;
}

export function stagesOf({ steps, until }: SequencePlan): Stages {
  const roles: StepRole[] = [];
  let count = 0;
  for (const { runs, missing } of steps) {
    if (missing) roles.push({ type: "missing", gap: count });
    else {
      roles.push({ type: "happens", first: count, runs });
      count += runs;
    }
  }
  const gaps = roles.flatMap((one) => (one.type === "missing" ? [one.gap] : []));
  if (until !== null) roles.push({ type: "until" });
  return { roles, count, leading: gaps.includes(0), trailing: gaps.includes(count) };
}
