import { type Expression, isDerived, type Predicate } from "./expression.ts";
import { innerLogic } from "./inner-logic.ts";
import type { Logic, Stage } from "./logic.ts";

/** A predicate of a rule with its polarity. */
export interface PredicateUse {
  readonly predicate: Predicate;
  /** Under an odd number of `not`; a step that must not occur counts as one. */
  readonly negated: boolean;
  /** Number of the exclusion group that it belongs to, from 0 within the rule; null outside any. */
  readonly exclusionGroup: number | null;
  /** A filter on a value that the rule computed itself: shown, and no indicator. */
  readonly derived: boolean;
  /** Index of the top-level stage that holds it. */
  readonly stage: number;
}

/** What a rule takes out: one negated part, which may hold several predicates that must be true together. */
export interface Exclusion {
  readonly group: number;
  readonly stage: number;
  /** The part under the `not`. */
  readonly expression: Expression;
}

export interface RulePredicates {
  readonly uses: readonly PredicateUse[];
  readonly exclusions: readonly Exclusion[];
  /** Expression nodes in all, and the opaque ones among them; opaque stages count as one node each. */
  readonly nodes: number;
  readonly opaque: readonly { readonly reason: string; readonly text: string }[];
}

/**
 * Every predicate of a logic, in the order of the text. `not (A or B)` excludes two things, `not (A and B)` one:
 * a negated disjunction is split, so that each exclusion group is a negated conjunction (or a single part). A step that
 * must not occur, the `until` that ends a sequence and the other side of an anti join take out what they select.
 */
export function predicatesOf(logic: Logic): RulePredicates {
  const uses: PredicateUse[] = [];
  const exclusions: Exclusion[] = [];
  const opaque: { reason: string; text: string }[] = [];
  let nodes = 0;

  const visit = (one: Expression, negated: boolean, group: number | null, stage: number): void => {
    nodes++;
    switch (one.type) {
      case "and":
      case "or":
        for (const operand of one.operands) visit(operand, negated, group, stage);
        return;
      case "not":
        if (group !== null) visit(one.operand, !negated, group, stage);
        else for (const part of excludedParts(one.operand)) exclude(part, stage);
        return;
      case "predicate":
        uses.push({ predicate: one, negated, exclusionGroup: group, derived: isDerived(one), stage });
        return;
      case "opaque":
        opaque.push({ reason: one.reason, text: one.text });
        return;
      default:
        one satisfies never;
    }
  };
  const exclude = (part: Expression, stage: number): void => {
    const inner = part.type === "not" ? part.operand : null;
    if (inner !== null) {
      nodes++;
      visit(inner, false, null, stage);
      return;
    }
    if (isEmptyText(part)) {
      visit(part, true, null, stage);
      return;
    }
    const group = exclusions.length;
    exclusions.push({ group, stage, expression: part });
    visit(part, true, group, stage);
  };

  const walk = (stage: Stage, absent: boolean, index: number): void => {
    if (stage.type === "filter") {
      if (absent) for (const part of excludedParts(stage.expression)) exclude(part, index);
      else visit(stage.expression, false, null, index);
    } else if (stage.type === "aggregate") {
      for (const one of stage.functions) if (one.filter !== undefined) visit(one.filter, absent, null, index);
    } else if (stage.type === "threshold") {
      if (stage.condition !== undefined) visit(stage.condition, absent, null, index);
    } else if (stage.type === "opaque") {
      nodes++;
      opaque.push({ reason: stage.reason, text: stage.text });
    }
    for (const inner of innerLogic(stage)) {
      for (const one of inner.logic.stages) walk(one, absent !== inner.absent, index);
    }
  };
  logic.stages.forEach((stage, index) => {
    walk(stage, false, index);
  });
  return { uses, exclusions, nodes, opaque };
}

/** `x != ""` asks that there is a value, as `exists` does; nothing that somebody would want to see is left out. */
function isEmptyText(part: Expression): boolean {
  return part.type === "predicate" && part.operator === "eq" && part.values.length === 1 && part.values[0] === "";
}

/** The independent parts of a negated expression: `not (A or B)` is `not A and not B`. */
function excludedParts(operand: Expression): readonly Expression[] {
  return operand.type === "or" ? operand.operands.flatMap(excludedParts) : [operand];
}
