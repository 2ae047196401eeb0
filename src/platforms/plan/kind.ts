import { isDerived } from "../../rule/expression.ts";
import type { Logic } from "../../rule/logic.ts";
import { predicatesOf } from "../../rule/predicates.ts";

/** What a rule is made of, as far as it decides what a platform must be able to do. */
export type LogicKind = "filter" | "computed" | "sequence" | "count" | "new_terms" | "other";

/**
 * `filter`: one source and one boolean tree, whatever is shown of the results; groups of which nothing is asked only show
 * them. `computed`: the same, with comparisons of values that the rule works out by functions. `other`: joins, unions of searches, jobs of machine learning, lookups that decide, parts that were not understood.
 */
export function kindOf(logic: Logic): LogicKind {
  const kind = kindOfStages(logic);
  // What takes every event of a log as it is filters nothing.
  if (kind === "filter" && predicatesOf(logic).uses.length === 0) return "other";
  if (kind !== "filter" && kind !== "count") return kind;
  return asksComputed(logic) ? "computed" : kind;
}

/** The conditions of thresholds are on counts, which is what makes them thresholds; they are not meant. */
function asksComputed({ stages }: Logic): boolean {
  const filters = stages.filter((one) => one.type === "filter");
  return predicatesOf({ stages: filters }).uses.some((one) => isDerived(one.predicate));
}

function kindOfStages({ stages }: Logic): LogicKind {
  let kind: LogicKind = "filter";
  let grouped = false;
  for (const stage of stages) {
    switch (stage.type) {
      case "source":
        if (stage.kind === "rows" || stage.kind === "external" || stage.kind === "lookup") return "other";
        break;
      case "filter":
        if (grouped) kind = "count";
        break;
      case "aggregate":
        grouped = true;
        break;
      case "threshold":
        if (kind !== "sequence") kind = "count";
        break;
      case "sequence":
        kind = "sequence";
        break;
      case "new_terms":
        kind = "new_terms";
        break;
      case "lookup":
        if (stage.writes !== true) return "other";
        break;
      case "derive":
      case "project":
      case "order":
        break;
      case "join":
      case "union":
      case "anomaly":
      case "opaque":
        return "other";
      default:
        stage satisfies never;
    }
  }
  return kind;
}
