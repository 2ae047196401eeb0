import type { RuleAnswer, RuleQueryAnswer } from "../catalog/queries/answers.ts";
import type { Predicate } from "../rule/expression.ts";
import type { Logic, Stage } from "../rule/logic.ts";
import { predicatesOf } from "../rule/predicates.ts";

/** Where a predicate stands in the rule's raw text. */
export interface PredicatePlace {
  readonly start: number;
  readonly end: number;
  readonly negated: boolean;
}

/**
 * The place of every predicate in the raw text. Spans count from the start of the query that they come from, and one
 * logic joins the queries of a rule as `composeLogic` says; this takes it apart again. A query that does not stand in
 * the raw text letter for letter gives no places.
 */
export function placesOf(rule: Pick<RuleAnswer, "logic" | "queries" | "raw">): ReadonlyMap<Predicate, PredicatePlace> {
  const places = new Map<Predicate, PredicatePlace>();
  for (const { logic, query } of partsOf(rule)) {
    const base = query?.offset;
    if (base == null) continue;
    for (const { predicate, negated } of predicatesOf(logic).uses) {
      const start = base + predicate.span.start;
      const end = base + predicate.span.end;
      if (start < end && end <= rule.raw.length) places.set(predicate, { start, end, negated });
    }
  }
  return places;
}

interface Part {
  readonly logic: Logic;
  readonly query: RuleQueryAnswer | undefined;
}

function partsOf({ logic, queries }: Pick<RuleAnswer, "logic" | "queries">): readonly Part[] {
  const mains = queries.filter((one) => one.role === "main");
  const filters = queries.filter((one) => one.role === "filter");
  const threats = queries.filter((one) => one.role === "threat");
  return logic.stages.flatMap((stage): readonly Part[] => {
    const filter = filterNumber(stage);
    if (filter !== null) return [{ logic: { stages: [stage] }, query: filters[filter - 1] }];
    if (stage.type === "join" && stage.kind === "threat match") {
      return onePartEach(
        stage.logic.stages.map((one) => ({ stages: [one] })),
        threats,
      );
    }
    if (stage.type === "union" && mains.length > 1) return onePartEach(stage.branches, mains);
    return [{ logic: { stages: [stage] }, query: mains[0] }];
  });
}

/** Where the numbers differ nobody knows which query a logic came from, and a wrong place is worse than none. */
function onePartEach(logics: readonly Logic[], queries: readonly RuleQueryAnswer[]): readonly Part[] {
  if (logics.length !== queries.length) return [];
  return logics.map((logic, index) => ({ logic, query: queries[index] }));
}

function filterNumber(stage: Stage): number | null {
  if (stage.type !== "filter" || stage.origin === undefined) return null;
  const [, number] = /^filter (\d+)$/.exec(stage.origin) ?? [];
  return number === undefined ? null : Number(number);
}
