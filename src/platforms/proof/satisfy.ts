import type { Expression, Predicate } from "../../rule/expression.ts";
import { type Sampling, samplesFor } from "./sample-values.ts";

/** Raw name of a field → its value; null: the event does not have it. The keyword of a rule stands under `''`. */
export type Assignment = ReadonlyMap<string, string | null>;

const mostWays = 6;

/** For tests: some assignments under which an expression is likely to hold (`want`), or not to. */
export function waysTo(expression: Expression, want: boolean, sampling: Sampling): readonly Assignment[] {
  switch (expression.type) {
    case "not":
      return waysTo(expression.operand, !want, sampling);
    case "and":
    case "or": {
      const each = expression.operands.map((one) => waysTo(one, want, sampling));
      return (expression.type === "and") === want
        ? together(each)
        : each.flatMap((one) => one.slice(0, 2)).slice(0, mostWays);
    }
    case "predicate":
      return predicateWays(expression, want, sampling);
    case "opaque":
      return [new Map()];
    default:
      return expression satisfies never;
  }
}

/** What several parts ask for at once; of two that ask the same field, the values are joined where that may serve both. */
function together(each: readonly (readonly Assignment[])[]): readonly Assignment[] {
  let ways: readonly Assignment[] = [new Map()];
  for (const options of each) {
    const next: Assignment[] = [];
    for (const way of ways) for (const option of options.slice(0, 2)) next.push(merged(way, option));
    ways = next.slice(0, mostWays);
  }
  return ways;
}

function merged(way: Assignment, option: Assignment): Assignment {
  const all = new Map(way);
  for (const [field, value] of option) {
    const before = all.get(field);
    all.set(
      field,
      before === undefined || before === null || value === null || before === value
        ? (value ?? before ?? null)
        : `${before} ${value}`,
    );
  }
  return all;
}

function predicateWays(predicate: Predicate, want: boolean, sampling: Sampling): readonly Assignment[] {
  const field = predicate.field?.raw ?? "";
  const holds = (predicate.operator === "is_null") !== want;
  if (predicate.operator.endsWith("_field")) {
    const other = String(predicate.values[0] ?? "");
    return [
      new Map([
        [field, "same"],
        [other, holds ? "same" : "another"],
      ]),
    ];
  }
  if (predicate.operator === "is_null" || predicate.operator === "exists")
    return [new Map([[field, holds ? "something" : null]])];
  const { holding, failing } = samplesFor(predicate, sampling);
  return (want ? holding : ["other value", ...failing.slice(0, 1)])
    .slice(0, 3)
    .map((value) => new Map([[field, value]]));
}

/** All predicates of an expression. */
export function predicatesIn(expression: Expression): readonly Predicate[] {
  switch (expression.type) {
    case "not":
      return predicatesIn(expression.operand);
    case "and":
    case "or":
      return expression.operands.flatMap(predicatesIn);
    case "predicate":
      return [expression];
    case "opaque":
      return [];
    default:
      return expression satisfies never;
  }
}

/** For tests: assignments that exercise every predicate both ways, each amid values under which the rest is likely to matter. */
export function assignmentsFor(expression: Expression, sampling: Sampling, most: number): readonly Assignment[] {
  const bases = [...waysTo(expression, true, sampling), ...waysTo(expression, false, sampling).slice(0, 2)];
  const all: Assignment[] = [...bases, new Map()];
  const predicates = predicatesIn(expression);
  const perPredicate = Math.max(2, Math.floor(most / Math.max(1, predicates.length)));
  for (const predicate of predicates) {
    const field = predicate.field?.raw ?? "";
    const { holding, failing } = samplesFor(predicate, sampling);
    const values = [...holding.slice(0, 3), null, ...failing];
    for (const value of values.slice(0, perPredicate)) {
      const base = bases[all.length % Math.max(1, bases.length)] ?? new Map<string, string | null>();
      all.push(new Map([...base, [field, value]]));
    }
  }
  return all.slice(0, Math.max(most, bases.length));
}
