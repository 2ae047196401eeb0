import { predicatesOf } from "../../../rule/predicates.ts";
import { show, showStage } from "../../testing.ts";
import { lower, parse } from "../index.ts";

/** Stages as lines, for tests. */
export function lowered(text: string): readonly string[] {
  return lower(parse(text).ast).stages.map(showStage);
}

/** The condition of a query's last filter stage. */
export function condition(text: string): string {
  const stage = lower(parse(`T | where ${text}`).ast).stages.findLast((one) => one.type === "filter");
  return stage?.type === "filter" ? show(stage.expression) : "no filter";
}

/** Why parts of a query are opaque. */
export function reasons(text: string): readonly string[] {
  return predicatesOf(lower(parse(text).ast)).opaque.map((one) => one.reason);
}
