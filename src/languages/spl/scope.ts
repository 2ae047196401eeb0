import { boundField, fieldRef } from "../../rule/build.ts";
import type { FieldRef } from "../../rule/expression.ts";
import { withoutDataset } from "./datasets.ts";

/** What a name means at one place of a pipeline. Names that are not bound are fields of the events. */
export interface Binding {
  readonly kind: "resolved" | "computed";
  /** The field of the events; for a computed value its own name. */
  readonly field: string;
  /** The computation as written. */
  readonly text: string;
  readonly fields: readonly string[];
  /** Went through lower() or upper(): its case says nothing. */
  readonly folded: boolean;
}

export interface Scope {
  /** The scope that this one began in, whose names hold where it has none of its own. */
  readonly outer: Scope | null;
  readonly bindings: Map<string, Binding>;
  /** `rename a.* as b.*`, latest last. */
  readonly wildcards: { readonly from: string; readonly to: string }[];
  /** Names of the data model that the events come from and of its datasets, which may stand before a field. */
  dataModel: ReadonlySet<string> | null;
  /** All fields that there are behind stats and its like; null where events have any fields. */
  columns: Set<string> | null;
  /** The last command of which it is not known what fields it makes, as written. */
  maker: string | null;
  /** Span of the last `bin _time`, as written. */
  window: string | null;
}

export function newScope(): Scope {
  return { outer: null, bindings: new Map(), wildcards: [], dataModel: null, columns: null, maker: null, window: null };
}

/** A scope for commands that see the same events; what they bind stays in it. */
export function innerScope(scope: Scope): Scope {
  return { ...scope, outer: scope, bindings: new Map(), wildcards: [...scope.wildcards] };
}

export function isBound(scope: Scope, name: string): boolean {
  return boundTo(scope, name) !== null;
}

function boundTo(scope: Scope, name: string): Binding | null {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const found = at.bindings.get(name);
    if (found !== undefined) return found;
  }
  return null;
}

/** What another pipeline adds to this one; `replaces`: names that both have mean what they mean there. */
export function mergeScope(scope: Scope, other: Scope, replaces = false): void {
  for (const [name, binding] of other.bindings) {
    if (replaces || !isBound(scope, name)) scope.bindings.set(name, binding);
  }
  scope.dataModel ??= other.dataModel;
  scope.maker ??= other.maker;
  if (other.columns === null && other.maker === null) scope.columns = null;
  if (scope.columns !== other.columns) for (const name of other.columns ?? []) scope.columns?.add(name);
}

/** Renamings by pattern that are remembered: more than any rule has, and few enough to ask for every name. */
const maximumWildcards = 64;

export function bindPattern(scope: Scope, from: string, to: string): void {
  scope.wildcards.push({ from, to });
  if (scope.wildcards.length > maximumWildcards) scope.wildcards.shift();
}

export function bindingOf(scope: Scope, name: string): Binding | null {
  return ownBinding(scope, name) ?? patternBinding(scope, name) ?? unknownBinding(scope, name);
}

function ownBinding(scope: Scope, name: string): Binding | null {
  const bound = boundTo(scope, name);
  if (bound !== null || scope.dataModel === null) return bound;
  const field = withoutDataset(name, scope.dataModel);
  return field === name ? null : { kind: "resolved", field, text: name, fields: [field], folded: false };
}

function patternBinding(scope: Scope, name: string): Binding | null {
  for (let at = scope.wildcards.length - 1; at >= 0; at--) {
    const { from = "", to = "" } = scope.wildcards[at] ?? {};
    const original = unrename(name, from, to);
    if (original === null) continue;
    const before = ownBinding(scope, original);
    if (before?.kind === "computed") return { ...before, field: name };
    const field = before?.field ?? original;
    const text = `${from} as ${to}`;
    // `rename properties.* as *` leaves other fields as they are: the name may be either, and both are said.
    if (to === "*" && field !== name)
      return { kind: "resolved", field: name, text, fields: [name, field], folded: false };
    return { kind: "resolved", field, text, fields: before?.fields ?? [field], folded: before?.folded === true };
  }
  return null;
}

/** A name that no command here has made: a field of the events, unless these have no such field. */
function unknownBinding(scope: Scope, name: string): Binding | null {
  const open = /^\w+\(/u.test(name) ? name.indexOf("(") : -1;
  if (open > 0 && name.endsWith(")")) {
    return { kind: "computed", field: name, text: name, fields: fieldsIn(name.slice(open + 1, -1)), folded: false };
  }
  if (scope.maker === null || scope.columns === null || scope.columns.has(name)) return null;
  return { kind: "computed", field: name, text: scope.maker, fields: [], folded: false };
}

/** `dc(x)` without a new name is the name of its own result. */
function fieldsIn(argument: string): readonly string[] {
  return /^[\w.{}-]+$/.test(argument) ? [argument] : [];
}

function unrename(name: string, from: string, to: string): string | null {
  const star = to.indexOf("*");
  const head = to.slice(0, star);
  const tail = to.slice(star + 1);
  if (star < 0 || name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail))
    return null;
  return from.replace("*", () => name.slice(head.length, name.length - tail.length));
}

export function resolve(scope: Scope, name: string): FieldRef {
  const binding = bindingOf(scope, name);
  return binding === null ? fieldRef(name) : boundField(binding);
}

/** The fields of the events that a name stands for. */
export function sourceFields(scope: Scope, name: string): readonly string[] {
  return bindingOf(scope, name)?.fields ?? [name];
}

export function bindComputed(scope: Scope, name: string, text: string, fields: readonly string[]): void {
  scope.bindings.set(name, { kind: "computed", field: name, text, fields, folded: false });
}

/** Makes `name` another name of `from`; a computed value stays computed. `fields`: all that the value may come from. */
export function bindAlias(
  scope: Scope,
  name: string,
  from: string,
  text: string,
  folded = false,
  fields?: readonly string[],
): void {
  const binding = bindingOf(scope, from);
  if (binding?.kind === "computed") scope.bindings.set(name, { ...binding, field: name });
  else {
    scope.bindings.set(name, {
      kind: "resolved",
      field: binding?.field ?? from,
      text,
      fields: fields ?? binding?.fields ?? [from],
      folded: folded || binding?.folded === true,
    });
  }
}
