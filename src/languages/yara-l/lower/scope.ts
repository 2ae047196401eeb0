import type { Field, Node, Sections } from "../ast.ts";
import { pathName } from "../ast.ts";

/** What the names in a rule or search stand for. */
export interface Scope {
  /** Event variables without `$`, in the order of the text; a search's events without a variable are "". */
  readonly events: readonly string[];
  /** What each placeholder is equal to, in the order of the text: one value for each event variable. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  readonly outcomes: ReadonlyMap<string, Node>;
  /** Event variables that are no events: entity context and detections. */
  readonly sources: ReadonlyMap<string, "graph" | "detection">;
}

export interface Binding {
  readonly value: Node;
  /** The event variables that the value reads. */
  readonly events: readonly string[];
}

/** Placeholders that are followed from one value; more of them only cost time. */
export const longestChain = 20;

/** The statements that must all hold, one by one. */
export function conjuncts(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((one) => (one.type === "and" ? one.operands : [one]));
}

export function openScope(body: Sections): Scope {
  const values = new Map<string, Node[]>();
  for (const one of conjuncts(body.events)) {
    const bound = bindingOf(one);
    if (bound === null) continue;
    const known = values.get(bound.name);
    if (known === undefined) values.set(bound.name, [bound.value]);
    else known.push(bound.value);
  }
  const events = new Set<string>();
  const sources = new Map<string, "graph" | "detection">();
  const see = (node: Node): void => {
    if (node.type !== "field") return;
    events.add(node.variable ?? "");
    const [head] = node.path;
    if (head?.type !== "name" || (head.name !== "graph" && head.name !== "detection")) return;
    sources.set(node.variable ?? "", head.name);
  };
  for (const one of body.events) visit(one, see);
  const outcomes = new Map(body.outcome.map((one) => [one.name, one.value]));
  const first = new Map([...values].map(([name, [value]]) => [name, value]));
  const bindings = new Map([...values].map(([name, all]) => [name, oneForEach(all, (name) => first.get(name))]));
  return { events: [...events], bindings, outcomes, sources };
}

function oneForEach(values: readonly Node[], follow: Follow): readonly Binding[] {
  const found = new Map<string, Binding>();
  for (const value of values) {
    const events = [...new Set(fieldsFrom(value, follow).map((one) => one.variable ?? ""))];
    const key = events.join(" ");
    if (!found.has(key)) found.set(key, { value, events });
  }
  return [...found.values()];
}

/** `$placeholder = value`, in either order; null for anything else. A literal is no value to bind to, but a filter. */
export function bindingOf(node: Node): { readonly name: string; readonly value: Node } | null {
  if (node.type !== "comparison" || node.operator !== "=") return null;
  const { left, right } = node;
  if (left.type === "variable" && binds(right)) return { name: left.name, value: right };
  return right.type === "variable" && binds(left) ? { name: right.name, value: left } : null;
}

function binds(node: Node): boolean {
  return node.type === "field" || node.type === "call" || node.type === "arithmetic";
}

/** Every node of a tree, the outer ones first. */
export function visit(node: Node, see: (node: Node) => unknown): void {
  see(node);
  for (const one of children(node)) visit(one, see);
}

function children(node: Node): readonly Node[] {
  switch (node.type) {
    case "and":
    case "or":
      return node.operands;
    case "not":
    case "negative":
    case "quantified":
    case "null_check":
      return [node.operand];
    case "comparison":
    case "in":
    case "arithmetic":
      return [node.left, node.right];
    case "call":
      return node.arguments;
    case "selection":
    case "array":
      return node.items;
    case "field":
    case "variable":
    case "count":
    case "list":
    case "string":
    case "regex":
    case "number":
    case "boolean":
    case "null":
    case "error":
      return [];
    default:
      return node satisfies never;
  }
}

type Follow = (name: string) => Node | undefined;

/** The fields that a value reads, placeholders followed to theirs. */
export function fieldsIn(node: Node, scope: Scope): readonly Field[] {
  return fieldsFrom(node, (name) => scope.bindings.get(name)?.[0]?.value ?? scope.outcomes.get(name));
}

function fieldsFrom(node: Node, follow: Follow): readonly Field[] {
  const found: Field[] = [];
  const followed = new Set<string>();
  const waiting: Node[] = [node];
  for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
    visit(one, (inner) => {
      if (inner.type === "field") found.push(inner);
      if ((inner.type !== "variable" && inner.type !== "count") || followed.has(inner.name)) return;
      if (followed.size >= longestChain) return;
      followed.add(inner.name);
      const value = follow(inner.name);
      if (value !== undefined) waiting.push(value);
    });
  }
  return found;
}

/** The event variables that a condition is about. A placeholder counts only where no field of its events is named. */
export function eventsOf(node: Node, scope: Scope): readonly string[] {
  const named: string[] = [];
  const placeholders: string[] = [];
  visit(node, (one) => {
    if (one.type === "field") add(named, one.variable ?? "");
    else if (one.type === "variable") add(placeholders, one.name);
  });
  for (const name of placeholders) {
    const options = scope.bindings.get(name) ?? [];
    if (options.some(({ events }) => events.length > 0 && events.every((event) => named.includes(event)))) continue;
    for (const event of options[0]?.events ?? []) add(named, event);
  }
  return named;
}

function add(names: string[], name: string): void {
  if (!names.includes(name)) names.push(name);
}

/** What a placeholder stands for in a condition on `event`: its value there, or the first one. */
export function boundValue(name: string, event: string | null, scope: Scope): Node | null {
  const values = scope.bindings.get(name) ?? [];
  const own = event === null ? undefined : values.find(({ events }) => events.includes(event));
  return (own ?? values[0])?.value ?? null;
}

/** The name that the events have for a field. The source `udm` is the usual one and not part of the name. */
export function rawName(field: Field): string {
  const [first, ...rest] = field.path;
  const source = first?.type === "name" && first.name === "udm" && rest.length > 0;
  return pathName(source ? rest : field.path);
}

export function rawNames(fields: readonly Field[]): readonly string[] {
  return [...new Set(fields.map(rawName))];
}
