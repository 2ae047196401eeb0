import type { Span } from "../../kit/span.ts";
import { computedField, conjoin, negate } from "../../rule/build.ts";
import type { Expression, Operator } from "../../rule/expression.ts";
import type { Logic, SequenceStep, SourceStage, Stage, ThresholdStage } from "../../rule/logic.ts";
import type { Comparison, ConditionExpression, SigmaCorrelation, SigmaCriteria } from "./ast.ts";
import { correlationKinds } from "./correlation.ts";
import { printExpression } from "./print-condition.ts";
import { matchingNames } from "./reference.ts";

/** A number that is made of several events, and what it is compared with. */
interface Count {
  readonly function: string;
  readonly fields: readonly string[];
  readonly by: readonly string[];
  readonly window: string | null;
  readonly comparisons: readonly { readonly operator: Comparison; readonly value: number }[];
  readonly span: Span;
}

const thresholds: Readonly<Record<Exclude<Comparison, "neq">, ThresholdStage["operator"]>> = {
  lt: "lt",
  lte: "le",
  gt: "gt",
  gte: "ge",
  eq: "eq",
};

/** Counts of events or of distinct values are thresholds; every other number is aggregated and then filtered. */
export function lowerCount(count: Count): readonly Stage[] {
  const window = count.window === null ? {} : { window: count.window };
  if (count.function === "count" && count.comparisons.every((one) => one.operator !== "neq")) {
    const distinct = count.fields.length === 0 ? {} : { distinct: count.fields.join(", ") };
    return count.comparisons.map(({ operator, value }): Stage => {
      const compare = thresholds[operator as Exclude<Comparison, "neq">];
      return {
        type: "threshold",
        by: count.by,
        operator: compare,
        count: value,
        ...distinct,
        ...window,
        span: count.span,
      };
    });
  }
  const field = count.fields.length === 0 ? null : count.fields.join(", ");
  const functions = [{ function: count.function, field, as: null }];
  const expression = conjoin(
    count.comparisons.map((one) => comparisonOf(count, one)),
    count.span,
  );
  return [
    { type: "aggregate", functions, by: count.by, ...window, span: count.span },
    { type: "filter", expression, span: count.span },
  ];
}

function comparisonOf(count: Count, one: Count["comparisons"][number]): Expression {
  const text = `${count.function}(${count.fields.join(", ")})`;
  const operator: Operator = one.operator === "neq" ? "eq" : thresholds[one.operator];
  const predicate: Expression = {
    type: "predicate",
    field: computedField(text, text, count.fields),
    operator,
    values: [one.value],
    raw: [String(one.value)],
    quantifier: "any",
    caseSensitive: false,
    span: count.span,
  };
  return one.operator === "neq" ? negate(predicate, count.span) : predicate;
}

/** Functions of the types that compare a number. */
const functions: Readonly<Record<string, string>> = {
  event_count: "count",
  value_count: "count",
  value_sum: "sum",
  value_avg: "avg",
  value_min: "min",
  value_max: "max",
  value_median: "median",
  value_percentile: "percentile",
};

/** The logic of a correlation rule. */
export function lowerCorrelation(one: SigmaCorrelation): Logic {
  const names = one.rules.map((rule) => rule.name);
  const kind = Object.hasOwn(correlationKinds, one.kind) ? correlationKinds[one.kind] : undefined;
  if (kind?.temporal === true) return lowerTemporal(one, names);
  const called = Object.hasOwn(functions, one.kind) ? functions[one.kind] : undefined;
  if (called === undefined || one.condition?.type !== "criteria") {
    return { stages: [sourceOf(names, one.span), hole(one, "a correlation without a type or condition")] };
  }
  const { condition } = one;
  const number = lowerCount({
    function: condition.percentile === null ? called : `${called} ${condition.percentile}`,
    fields: one.kind === "event_count" ? [] : condition.fields,
    by: one.groupBy.map((name) => name.name),
    window: one.timespan,
    comparisons: condition.comparisons,
    span: condition.span,
  });
  const aliases = Object.fromEntries(
    one.aliases.map(({ name, fields }) => [name, Object.fromEntries(fields.map(({ rule, field }) => [rule, field]))]),
  );
  const source = sourceOf(names, one.span);
  return { stages: [one.aliases.length === 0 ? source : { ...source, aliases }, ...number] };
}

function sourceOf(names: readonly string[], at: Span): SourceStage {
  return { type: "source", kind: "rule", names, span: at };
}

function hole(one: SigmaCorrelation, reason: string): Stage {
  return { type: "opaque", text: one.kind, reason, span: one.span };
}

function lowerTemporal(one: SigmaCorrelation, names: readonly string[]): Logic {
  const { condition } = one;
  if (condition === null || (condition.type === "criteria" && asksForAll(condition, names.length))) {
    return {
      stages: [
        sequenceOf(
          one,
          names.map((name) => ({ name, missing: false })),
        ),
      ],
    };
  }
  if (condition.type !== "condition") {
    return { stages: [sourceOf(names, one.span), hole(one, "a temporal correlation of some of its rules")] };
  }
  const { expression } = condition;
  const branches = (expression.type === "or" ? expression.operands : [expression]).map((branch) =>
    stepsOf(branch, names),
  );
  const known = branches.filter((branch) => branch !== null);
  const [only] = known;
  if (known.length < branches.length || only === undefined) {
    const text = printExpression(expression);
    const reason = "a temporal correlation with a nested condition";
    return { stages: [sourceOf(names, one.span), { type: "opaque", text, reason, span: condition.span }] };
  }
  if (known.length === 1) return { stages: [sequenceOf(one, only)] };
  return {
    stages: [{ type: "union", branches: known.map((steps) => ({ stages: [sequenceOf(one, steps)] })), span: one.span }],
  };
}

/** Is the number of different rules that must match the number of all of them? */
function asksForAll(criteria: SigmaCriteria, rules: number): boolean {
  return criteria.comparisons.every(
    ({ operator, value }) =>
      (operator === "gte" && value === rules) ||
      (operator === "eq" && value === rules) ||
      (operator === "gt" && value === rules - 1),
  );
}

interface NamedStep {
  readonly name: string;
  readonly missing: boolean;
}

/** The rules that must match, and those that must not; null where it takes more than one conjunction to say it. */
function stepsOf(expression: ConditionExpression, names: readonly string[]): readonly NamedStep[] | null {
  const operands = expression.type === "and" ? expression.operands : [expression];
  const steps = operands.map((one) => stepsOfOperand(one, names));
  return steps.some((some) => some === null) ? null : steps.flatMap((some) => some ?? []);
}

function stepsOfOperand(operand: ConditionExpression, names: readonly string[]): readonly NamedStep[] | null {
  if (operand.type === "reference") return [{ name: operand.name, missing: false }];
  if (operand.type === "of" && operand.quantity === "all") {
    return matchingNames(operand.target, names).map((name) => ({ name, missing: false }));
  }
  if (operand.type === "not" && operand.operand.type === "reference")
    return [{ name: operand.operand.name, missing: true }];
  return null;
}

/** Group-by fields that an alias explains differ from step to step; the others are the same for all. */
function sequenceOf(one: SigmaCorrelation, steps: readonly NamedStep[]): Stage {
  const groups = one.groupBy.map((group) => group.name);
  const aliases = new Map(
    one.aliases.map((alias) => [alias.name, new Map(alias.fields.map(({ rule, field }) => [rule, field]))]),
  );
  const places = new Map(one.rules.map((rule) => [rule.name, rule.span]));
  return {
    type: "sequence",
    ordered: one.kind === "temporal_ordered",
    by: groups.filter((name) => !aliases.has(name)),
    ...(one.timespan === null ? {} : { maxspan: one.timespan }),
    steps: steps.map(({ name, missing }): SequenceStep => {
      const at = places.get(name) ?? one.span;
      const by = groups.flatMap((group) => (aliases.has(group) ? [aliases.get(group)?.get(name) ?? group] : []));
      return { logic: { stages: [sourceOf([name], at)] }, by, runs: 1, missing, span: at };
    }),
    span: one.span,
  };
}
