import { boundField, fieldRef } from "../../../rule/build.ts";
import type { FieldRef } from "../../../rule/expression.ts";

/** What a name means at one place of a query. Names that are not bound are fields of the events. */
export interface Binding {
  readonly kind: "resolved" | "computed";
  /** The field of the events; for a computed value its own name. */
  readonly field: string;
  /** The computation as written, shortened: it is told with everything that is asked of the name. */
  readonly text: string;
  readonly fields: readonly string[];
  /** Went through to_lower() or to_upper(): only values in that case can be equal to it. */
  readonly fold: "lower" | "upper" | null;
  /** Holds one value a row, as behind mv_expand and as a group of stats. */
  readonly single: boolean;
  /** Width of the window of time that it stands for, as written. */
  readonly window: string | null;
}

export interface Scope {
  /** The scope of the query that this branch is part of, whose names hold where it has none of its own. */
  readonly outer: Scope | null;
  readonly bindings: Map<string, Binding>;
  /** All columns that there are behind stats or keep; null where events have any fields. */
  columns: Set<string> | null;
  /** The last command of which it is not known what columns it makes, as written. */
  maker: string | null;
}

export function newScope(): Scope {
  return { outer: null, bindings: new Map(), columns: null, maker: null };
}

/** A scope for a branch: it sees the same columns, and what it binds stays in it. */
export function innerScope(scope: Scope): Scope {
  return { outer: scope, bindings: new Map(), columns: scope.columns, maker: scope.maker };
}

/** Behind branches there is what each of them has made. */
export function mergeScope(scope: Scope, branch: Scope): void {
  for (const [name, binding] of branch.bindings) scope.bindings.set(name, binding);
  if (branch.columns !== scope.columns) for (const name of branch.columns ?? []) scope.columns?.add(name);
  scope.maker ??= branch.maker;
}

/**
 * A column that was never named has the text of its own computation for a name: blanks and case in it are the
 * writer's, and do not part one from the other here.
 */
function columnKey(name: string): string {
  return name.includes("(") ? name.replace(/[\s`]+/g, "").toLowerCase() : name;
}

export function bindingOf(scope: Scope, name: string): Binding | null {
  const key = columnKey(name);
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const bound = at.bindings.get(key);
    if (bound !== undefined) return bound;
  }
  if (scope.maker === null && scope.columns === null) return null;
  if (key !== name) return computed(name, name, []);
  if (scope.maker === null || scope.columns === null || scope.columns.has(name)) return null;
  return computed(name, scope.maker, []);
}

export function resolve(scope: Scope, name: string): FieldRef {
  const binding = bindingOf(scope, name);
  if (binding === null) return fieldRef(name);
  const isItself = binding.kind === "resolved" && binding.field === name && binding.fold === null;
  return isItself ? fieldRef(name) : boundField(binding);
}

/** The fields of the events that a name stands for. */
export function sourceFields(scope: Scope, name: string): readonly string[] {
  return bindingOf(scope, name)?.fields ?? [name];
}

function computed(field: string, text: string, fields: readonly string[]): Binding {
  return { kind: "computed", field, text, fields, fold: null, single: false, window: null };
}

/** What many parts of the meaning repeat must be short, or it grows with the square of the text. */
const longest = 2000;

export function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}

export function bind(scope: Scope, name: string, binding: Binding): void {
  scope.bindings.set(columnKey(name), { ...binding, text: shortened(binding.text) });
  scope.columns?.add(name);
}

export function bindComputed(
  scope: Scope,
  name: string,
  text: string,
  fields: readonly string[],
  window: string | null = null,
): void {
  bind(scope, name, { ...computed(name, text, fields), window });
}

/** Makes `name` another name of `from`; a computed value stays computed. */
export function bindRenamed(scope: Scope, name: string, from: string, text: string): void {
  const binding = bindingOf(scope, from);
  if (binding?.kind === "computed") bind(scope, name, { ...binding, field: name });
  else if (binding !== null) bind(scope, name, { ...binding, text });
  else bind(scope, name, { ...computed(from, text, [from]), kind: "resolved" });
}

/** From here on a row holds one value of this column. */
export function bindSingle(scope: Scope, name: string): void {
  const binding = bindingOf(scope, name);
  if (binding !== null) bind(scope, name, { ...binding, single: true });
  else bind(scope, name, { ...computed(name, name, [name]), kind: "resolved", single: true });
}
