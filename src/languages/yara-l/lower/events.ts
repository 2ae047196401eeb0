import { conjoin } from "../../../rule/build.ts";
import type { Expression } from "../../../rule/expression.ts";
import type { ComparisonOperator, Field, Node } from "../ast.ts";
import { printNode } from "../print.ts";
import { condition } from "./conditions.ts";
import { type Equality, type JoinValue, joinsOf } from "./joins.ts";
import { compareFields } from "./leaves.ts";
import { bindingOf, boundValue, conjuncts, eventsOf, rawName, rawNames, type Scope } from "./scope.ts";
import { subjectOf } from "./subject.ts";

/** What the events section asks of one event variable. */
export interface EventPart {
  readonly name: string;
  /** Statements about this variable alone. */
  readonly filters: readonly Expression[];
  /** Fields that must equal the field at the same place of every other variable. */
  readonly joins: readonly string[];
  /** Placeholders whose value a function makes. */
  readonly derived: readonly { readonly name: string; readonly value: Node; readonly at: Node }[];
  /** Statements that belong here, for places. */
  readonly nodes: readonly Node[];
}

/** One variable's events lie before another's. */
export interface Before {
  readonly earlier: string;
  readonly later: string;
  readonly node: Node;
}

export interface Distribution {
  readonly parts: readonly EventPart[];
  readonly orders: readonly Before[];
  /** Statements about several variables that the joins do not say. */
  readonly across: readonly Node[];
}

type Building = {
  -readonly [Key in keyof EventPart]: EventPart[Key] extends readonly (infer Item)[] ? Item[] : EventPart[Key];
};

/** A placeholder's first values for each variable, with the statements that bind them. */
type Bound = Map<string, { readonly value: JoinValue; readonly node: Node }[]>;

/** Gives each statement of the events section to the variables that it is about. */
export function distribute(statements: readonly Node[], scope: Scope): Distribution {
  const parts = new Map<string, Building>(
    scope.events.map((name) => [name, { name, filters: [], joins: [], derived: [], nodes: [] }]),
  );
  const orders: Before[] = [];
  const across: Node[] = [];
  const equalities: Equality[] = [];
  const shared: Bound = new Map();
  const [first] = parts.values();

  for (const node of conjuncts(statements)) {
    const bound = bindingOf(node);
    if (bound !== null && bind(bound, node, scope, parts, shared)) continue;
    const events = eventsOf(node, scope);
    const part = events.length > 1 ? undefined : (parts.get(events[0] ?? "") ?? first);
    if (part !== undefined) {
      part.filters.push(condition(node, { scope, event: part.name }));
      part.nodes.push(node);
      continue;
    }
    const order = orderOf(node, scope);
    const equality = order === null ? equalityOf(node, scope) : null;
    if (order !== null) orders.push(order);
    else if (equality === null) across.push(node);
    else {
      equalities.push(equality);
      for (const { event } of equality.values) parts.get(event)?.nodes.push(node);
    }
  }
  for (const [one, ...others] of shared.values()) {
    for (const { value, node } of others) if (one !== undefined) equalities.push({ values: [one.value, value], node });
  }
  const { by, left } = joinsOf(equalities, scope.events);
  return {
    parts: [...parts.values()].map((part) => ({ ...part, joins: by.get(part.name) ?? [] })),
    orders,
    across: [...across, ...left].toSorted((a, b) => a.span.start - b.span.start),
  };
}

/** `$placeholder = value`. True where that says all: the first value of the placeholder for its event variable. */
function bind(
  bound: { readonly name: string; readonly value: Node },
  node: Node,
  scope: Scope,
  parts: ReadonlyMap<string, Building>,
  shared: Bound,
): boolean {
  const binding = (scope.bindings.get(bound.name) ?? []).find((one) => one.value === bound.value);
  const events = binding?.events ?? eventsOf(bound.value, scope);
  const part = events.length === 1 ? parts.get(events[0] ?? "") : undefined;
  if (part === undefined) return false;
  if (binding !== undefined) {
    part.nodes.push(node);
    const known = shared.get(bound.name) ?? [];
    shared.set(bound.name, known);
    known.push({ value: joinValue(part.name, bound.value), node });
    if (bound.value.type !== "field") part.derived.push({ name: bound.name, value: bound.value, at: node });
    return true;
  }
  const place = { scope, event: part.name };
  const known = boundValue(bound.name, part.name, scope);
  const [left, right] = [known === null ? null : subjectOf(known, place), subjectOf(bound.value, place)];
  if (left === null || right === null) return false;
  const nocase = node.type === "comparison" && node.nocase;
  part.filters.push(compareFields(left, "=", right, { negated: false, nocase, span: node.span }));
  part.nodes.push(node);
  return true;
}

/** Events are joined on a field, or on what a function makes of it. */
function joinValue(event: string, value: Node): JoinValue {
  return { event, name: value.type === "field" ? rawName(value) : printNode(value) };
}

/** `$a.x = $b.y`, functions too. One that ignores case is no join: `by` compares exactly. */
function equalityOf(node: Node, scope: Scope): Equality | null {
  if (node.type !== "comparison" || node.operator !== "=" || node.nocase) return null;
  const value = (side: Node): JoinValue | null => {
    const [event, ...others] = eventsOf(side, scope);
    if (event === undefined || others.length > 0) return null;
    return joinValue(event, side.type === "variable" ? (boundValue(side.name, event, scope) ?? side) : side);
  };
  const [left, right] = [value(node.left), value(node.right)];
  return left === null || right === null ? null : { values: [left, right], node };
}

const earlier: ReadonlySet<ComparisonOperator> = new Set(["<", "<="]);
const later: ReadonlySet<ComparisonOperator> = new Set([">", ">="]);

/** A comparison of the times of two variables' events. */
function orderOf(node: Node, scope: Scope): Before | null {
  if (node.type !== "comparison") return null;
  const [left, right] = [timeOf(node.left, scope), timeOf(node.right, scope)];
  if (left === null || right === null || left === right) return null;
  if (earlier.has(node.operator)) return { earlier: left, later: right, node };
  return later.has(node.operator) ? { earlier: right, later: left, node } : null;
}

function timeOf(node: Node, scope: Scope): string | null {
  const value = node.type === "variable" ? boundValue(node.name, null, scope) : node;
  if (value?.type !== "field" || !/(?:^|\.)metadata\.event_timestamp(?:\.seconds)?$/.test(rawName(value))) return null;
  return value.variable ?? "";
}

/** The variables in their order in time, where the comparisons leave no doubt about it; null otherwise. */
export function sequenceOf(names: readonly string[], orders: readonly Before[]): readonly string[] | null {
  const followers = new Map<string, Set<string>>(names.map((name) => [name, new Set()]));
  const waiting = new Map<string, number>(names.map((name) => [name, 0]));
  for (const one of orders) {
    const known = followers.get(one.earlier);
    if (known === undefined || known.has(one.later) || !waiting.has(one.later)) continue;
    known.add(one.later);
    waiting.set(one.later, (waiting.get(one.later) ?? 0) + 1);
  }
  const sorted: string[] = [];
  let ready = names.filter((name) => waiting.get(name) === 0);
  while (ready.length === 1) {
    const [name = ""] = ready;
    sorted.push(name);
    ready = [];
    for (const next of followers.get(name) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1;
      waiting.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return sorted.length === names.length ? sorted : null;
}

/** Statements about several variables as one condition; fields keep their variable in their name. */
export function acrossEvents(nodes: readonly Node[], scope: Scope): Expression | null {
  const [first] = nodes;
  if (first === undefined) return null;
  const span = nodes.reduce(
    (at, one) => ({ start: Math.min(at.start, one.span.start), end: Math.max(at.end, one.span.end) }),
    first.span,
  );
  return conjoin(
    nodes.map((one) => condition(one, { scope, event: null })),
    span,
  );
}

/** Raw names of the fields that a grouping key stands for; its own name where a function makes it. */
export function keyNames(key: Node, scope: Scope): readonly string[] {
  if (key.type === "field") return [rawName(key)];
  if (key.type !== "variable") return [printNode(key)];
  const values = (scope.bindings.get(key.name) ?? []).map((one) => one.value);
  const fields = values.filter((one): one is Field => one.type === "field");
  if (fields.length > 0) return rawNames(fields);
  return [values.length > 0 ? key.name : printNode(key)];
}
