import { isPattern } from "../../rule/expression.ts";
import { showValue } from "../../rule/pattern.ts";
import type { Node, TestNode } from "../compile/condition.ts";
import type { Explanation } from "../engine.ts";
import type { Because } from "../hit.ts";
import type { Scalar } from "../view/layout.ts";
import type { Evaluator } from "./evaluate.ts";

/** Letters of a value that are shown. */
const longest = 2_000;

/**
 * The predicates that made a condition true, in the order of the rule, with what they met. What the log itself answers is
 * left out, as are exclusions that do not hold, unless there is nothing else.
 */
export function becauseOf(evaluator: Evaluator, node: Node): readonly Because[] {
  const found: Because[] = [];
  gather(evaluator, node, false, found);
  const held = found.filter((one) => !one.negated);
  return held.length > 0 ? held : found;
}

function gather(evaluator: Evaluator, node: Node, negated: boolean, found: Because[]): void {
  switch (node.type) {
    case "test":
      if (negated) found.push(absent(evaluator, node));
      else {
        const own = met(evaluator, node);
        if (own !== null) found.push(own);
      }
      return;
    case "not":
      gather(evaluator, node.operand, !negated, found);
      return;
    case "and":
    case "or":
      for (const operand of node.operands) {
        if (evaluator.truth(operand) === !negated) gather(evaluator, operand, negated, found);
      }
      return;
    case "constant":
      return;
    default:
      node satisfies never;
  }
}

function met(evaluator: Evaluator, { test }: TestNode): Because | null {
  const { predicate } = test;
  const field = predicate.field?.raw ?? null;
  const cell = evaluator.cellOf(test);
  if (cell === null) {
    return predicate.operator === "is_null"
      ? { field, operator: "is_null", value: "", asked: "", negated: false }
      : null;
  }
  const both = test.met(cell, evaluator.othersOf(test));
  if (both === null) return null;
  const asked = isPattern(both.asked) ? showValue(both.asked) : String(both.asked);
  return { field, operator: predicate.operator, value: shown(String(both.value)), asked, negated: false };
}

function absent(evaluator: Evaluator, { test }: TestNode): Because {
  const { field, operator, values } = test.predicate;
  const cell = evaluator.cellOf(test);
  return {
    field: field?.raw ?? null,
    operator,
    value: cell === null || field === null ? "" : listed(cell.values),
    asked: values.map(showValue).join(", "),
    negated: true,
  };
}

function shown(text: string): string {
  // Put together anew, or the whole text would be kept for the sake of its beginning.
  return text.length > longest ? ` ${text.slice(0, longest)}…`.slice(1) : text;
}

/** Several values, as far as they are shown. */
function listed(values: readonly Scalar[]): string {
  let text = "";
  for (const [at, value] of values.entries()) {
    if (text.length > longest) break;
    text += `${at === 0 ? "" : ", "}${String(value).slice(0, longest + 1)}`;
  }
  return shown(text);
}

type Failed = Explanation["failed"];

/**
 * The fewest predicates whose failing keeps the condition from being true, in the order of the rule: of several that must
 * all hold those that do not, of alternatives the one that lacks least.
 */
export function failedIn(evaluator: Evaluator, node: Node): Failed {
  return failures(evaluator, node, true);
}

/** `wanted`: what the node should have been. */
function failures(evaluator: Evaluator, node: Node, wanted: boolean): Failed {
  if (evaluator.truth(node) === wanted) return [];
  switch (node.type) {
    case "test":
      return [failedTest(evaluator, node, !wanted)];
    case "not":
      return failures(evaluator, node.operand, !wanted);
    case "and":
    case "or": {
      const each = node.operands.map((one) => failures(evaluator, one, wanted));
      const allMust = (node.type === "and") === wanted;
      if (allMust) return each.flat();
      return each.reduce((least, one) => (one.length < least.length ? one : least));
    }
    case "constant":
      return [];
    default:
      return node satisfies never;
  }
}

/** How many predicates `failedIn` would name. */
export function lackOf(evaluator: Evaluator, node: Node, wanted = true): number {
  if (evaluator.truth(node) === wanted) return 0;
  switch (node.type) {
    case "test":
      return 1;
    case "not":
      return lackOf(evaluator, node.operand, !wanted);
    case "and":
    case "or": {
      const allMust = (node.type === "and") === wanted;
      let lack = allMust ? 0 : Infinity;
      for (const one of node.operands) {
        const own = lackOf(evaluator, one, wanted);
        lack = allMust ? lack + own : Math.min(lack, own);
      }
      return lack;
    }
    case "constant":
      return 1;
    default:
      return node satisfies never;
  }
}

function failedTest(evaluator: Evaluator, { test }: TestNode, negated: boolean): Failed[number] {
  const { field, operator, values, quantifier } = test.predicate;
  const cell = evaluator.cellOf(test);
  const asked = values.map((one) => showValue(one) || '""');
  const more = asked.length > 8 ? ` … (${asked.length} values)` : "";
  const all = quantifier === "all" && asked.length > 1 ? " all of" : "";
  const words = `${operator.replaceAll("_", " ")}${all} ${asked.slice(0, 8).join(", ")}${more}`.trim();
  return {
    field: field?.raw ?? null,
    needs: shown(`${field?.raw ?? "any field"} ${negated ? "not " : ""}${words}`),
    has: cell === null || field === null ? null : listed(cell.values),
    negated,
  };
}
