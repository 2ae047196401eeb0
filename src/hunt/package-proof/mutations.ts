import type { AuthoredPackage } from "../../corpora/content/authored/index.ts";
import { turnedRules } from "../../corpora/content/authored/index.ts";
import type { AnalysedRule } from "../../languages/analyse.ts";
import type { MatchingKnowledge } from "../../matching/engine.ts";
import type { Expression, Predicate } from "../../rule/expression.ts";
import { withInnerLogic } from "../../rule/inner-logic.ts";
import type { Logic, Stage } from "../../rule/logic.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import { nameOf, packageRules } from "./package-rules.ts";
import { runPackage } from "./prove-package.ts";

/** A rule with one predicate broken. */
export interface Mutation {
  readonly rule: string;
  /** The predicate as the rule has it: `CommandLine contains /create`. */
  readonly predicate: string;
  /** What it was made to be. */
  readonly always: boolean;
  /** Does the telemetry notice? */
  readonly caught: boolean;
}

/** Breaks every predicate of every rule, once to hold always and once never, and runs the package's telemetry each time. */
export function mutatePackage(knowledge: MatchingKnowledge, authored: AuthoredPackage): readonly Mutation[] {
  const rules = packageRules(authored, turnedRules(authored));
  return rules.flatMap((rule, at) => {
    const predicates = predicatesIn(rule.logic);
    return predicates.flatMap((predicate) =>
      [true, false].map((always): Mutation => {
        const logic = broken(rule.logic, predicate, always);
        const mutant: AnalysedRule = { ...rule, logic, predicates: predicatesOf(logic) };
        const { faults } = runPackage(knowledge, authored, rules.with(at, mutant));
        return { rule: nameOf(rule), predicate: wordsOf(predicate), always, caught: faults.length > 0 };
      }),
    );
  });
}

function predicatesIn(logic: Logic): readonly Predicate[] {
  const found: Predicate[] = [];
  visit(logic, (one) => {
    found.push(one);
    return one;
  });
  return found;
}

function broken(logic: Logic, predicate: Predicate, always: boolean): Logic {
  return visit(logic, (one) => (one === predicate ? constant(predicate, always) : one));
}

/** No event has the field, so that the predicate is false, and its negation true. */
function constant({ span }: Predicate, always: boolean): Expression {
  const never: Predicate = {
    type: "predicate",
    field: { raw: "detectionary.no_such_field", canonical: null },
    operator: "eq",
    values: ["never"],
    raw: ["never"],
    quantifier: "any",
    caseSensitive: false,
    span,
  };
  return always ? { type: "not", operand: never, span } : never;
}

function visit(logic: Logic, change: (predicate: Predicate) => Expression): Logic {
  return {
    ...logic,
    stages: logic.stages.map((stage): Stage => {
      if (stage.type === "filter") return { ...stage, expression: changed(stage.expression, change) };
      return withInnerLogic(stage, (inner) => visit(inner, change));
    }),
  };
}

function changed(expression: Expression, change: (predicate: Predicate) => Expression): Expression {
  switch (expression.type) {
    case "and":
    case "or":
      return { ...expression, operands: expression.operands.map((one) => changed(one, change)) };
    case "not":
      return { ...expression, operand: changed(expression.operand, change) };
    case "predicate":
      return change(expression);
    case "opaque":
      return expression;
    default:
      return expression satisfies never;
  }
}

function wordsOf({ field, operator, raw }: Predicate): string {
  const values = raw.length > 3 ? `${raw.slice(0, 3).join(", ")} …` : raw.join(", ");
  return `${field?.raw ?? "any field"} ${operator} ${values}`.trim();
}
