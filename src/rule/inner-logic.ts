import type { Logic, SequenceStep, Stage } from "./logic.ts";

/** Logic inside a stage; `absent` where events that it selects must not be there. */
export interface InnerLogic {
  readonly logic: Logic;
  readonly absent: boolean;
}

/** The steps of a sequence, the side of a join, the branches of a union. */
export function innerLogic(stage: Stage): readonly InnerLogic[] {
  switch (stage.type) {
    case "sequence":
      return [
        ...stage.steps.map(({ logic, missing }) => ({ logic, absent: missing })),
        ...(stage.until === undefined ? [] : [{ logic: stage.until.logic, absent: true }]),
      ];
    case "join":
      return [{ logic: stage.logic, absent: stage.kind === "anti" }];
    case "union":
      return stage.branches.map((logic) => ({ logic, absent: false }));
    case "source":
    case "filter":
    case "aggregate":
    case "lookup":
    case "derive":
    case "project":
    case "order":
    case "threshold":
    case "new_terms":
    case "anomaly":
    case "opaque":
      return [];
    default:
      return stage satisfies never;
  }
}

/** The same stage with its inner logic changed; a stage without any as it is. */
export function withInnerLogic(stage: Stage, change: (logic: Logic) => Logic): Stage {
  const changed = (step: SequenceStep): SequenceStep => ({ ...step, logic: change(step.logic) });
  switch (stage.type) {
    case "sequence": {
      const until = stage.until === undefined ? {} : { until: changed(stage.until) };
      return { ...stage, steps: stage.steps.map(changed), ...until };
    }
    case "join":
      return { ...stage, logic: change(stage.logic) };
    case "union":
      return { ...stage, branches: stage.branches.map(change) };
    case "source":
    case "filter":
    case "aggregate":
    case "lookup":
    case "derive":
    case "project":
    case "order":
    case "threshold":
    case "new_terms":
    case "anomaly":
    case "opaque":
      return stage;
    default:
      return stage satisfies never;
  }
}
