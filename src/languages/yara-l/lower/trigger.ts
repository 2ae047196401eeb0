import { opaque } from "../../../rule/build.ts";
import type { Stage, ThresholdStage } from "../../../rule/logic.ts";
import { mirrored, orders } from "../../../rule/order.ts";
import type { ComparisonOperator, Node, Sections } from "../ast.ts";
import { printNode } from "../print.ts";
import { condition } from "./conditions.ts";
import { keyNames } from "./events.ts";
import { groupKeys, windowOf } from "./outcome.ts";
import { conjuncts, type Scope } from "./scope.ts";

/** What the condition section asks for. */
export interface Trigger {
  /** Event variables that must not occur. */
  readonly absent: ReadonlySet<string>;
  /** How often an event variable must occur, other than once. */
  readonly counts: ReadonlyMap<string, readonly ThresholdStage[]>;
  /** Counts of placeholders and filters on outcomes, in their order. */
  readonly stages: readonly Stage[];
}

const operators: Readonly<Record<Exclude<ComparisonOperator, "!=">, ThresholdStage["operator"]>> = {
  "=": "eq",
  ...orders,
};

export function triggerOf(body: Sections, scope: Scope): Trigger {
  const absent = new Set<string>();
  const counts = new Map<string, ThresholdStage[]>();
  const stages: Stage[] = [];
  const isEvent = (name: string): boolean => scope.events.includes(name);

  for (const node of body.condition === null ? [] : conjuncts([body.condition])) {
    if (node.type === "variable" && (isEvent(node.name) || isPlaceholder(node.name, scope))) continue;
    if (node.type === "not" && node.operand.type === "variable" && isEvent(node.operand.name)) {
      absent.add(node.operand.name);
      continue;
    }
    const count = countOf(node);
    if (count === null || count.operator === "!=") {
      stages.push(filter(node, scope));
      continue;
    }
    const bound = boundOf(count.operator, count.number);
    if (bound === "some" || bound === "anything") continue;
    if (bound === "none" && isEvent(count.name)) {
      absent.add(count.name);
      continue;
    }
    const threshold = thresholdOf(node, count.name, count.operator, count.number, body, scope);
    if (!isEvent(count.name)) stages.push(threshold);
    else if (counts.has(count.name)) counts.get(count.name)?.push(threshold);
    else counts.set(count.name, [threshold]);
  }
  return { absent, counts, stages };
}

function isPlaceholder(name: string, scope: Scope): boolean {
  return scope.bindings.has(name) && !scope.outcomes.has(name);
}

interface Counted {
  readonly name: string;
  readonly operator: ComparisonOperator;
  readonly number: number;
}

/** `#x operator n`, in either order. */
function countOf(node: Node): Counted | null {
  if (node.type !== "comparison") return null;
  const { left, right, operator } = node;
  if (left.type === "count" && right.type === "number") return { name: left.name, operator, number: right.value };
  if (right.type !== "count" || left.type !== "number") return null;
  return { name: right.name, operator: mirrored(operator), number: left.value };
}

/** some: at least one. none: not one. anything: always so. */
function boundOf(operator: Counted["operator"], number: number): "some" | "none" | "anything" | "count" {
  if ((operator === ">" && number === 0) || (operator === ">=" && number === 1)) return "some";
  if ((operator === "=" && number === 0) || (operator === "<" && number === 1)) return "none";
  if (operator === "<=" && number === 0) return "none";
  return operator === ">=" && number === 0 ? "anything" : "count";
}

function thresholdOf(
  node: Node,
  name: string,
  operator: Exclude<ComparisonOperator, "!=">,
  count: number,
  body: Sections,
  scope: Scope,
): ThresholdStage {
  const [distinct] = scope.events.includes(name) ? [] : keyNames({ type: "variable", name, span: node.span }, scope);
  return {
    type: "threshold",
    by: groupKeys(body.match, scope),
    operator: operators[operator],
    count,
    ...(distinct === undefined ? {} : { distinct }),
    ...windowOf(body.match),
    span: node.span,
  };
}

/** A condition on outcomes, or one that mixes counts with `or`. */
function filter(node: Node, scope: Scope): Stage {
  if (node.type === "error") return opaque(node.text, "unreadable condition", node.span);
  if (node.type === "variable" && !scope.outcomes.has(node.name)) {
    return opaque(printNode(node), "a variable that the rule does not define", node.span);
  }
  return { type: "filter", expression: condition(node, { scope, event: null }), span: node.span };
}
