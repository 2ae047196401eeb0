import { boundField, fieldRef } from "../../rule/build.ts";
import type { Expression, FieldRef } from "../../rule/expression.ts";
import type { Constant, Known } from "./lower/constant.ts";

/** What a column is at one place of a pipeline. Names that are not bound are columns of the source. */
export interface Binding {
  readonly kind: "resolved" | "computed";
  /** The column of the source; for a computed value its own name. */
  readonly field: string;
  /** The computation as written. */
  readonly text: string;
  readonly fields: readonly string[];
  /** Went through tolower() or toupper(): its case says nothing. */
  readonly folded: boolean;
  /** The step of `bin(Timestamp, step)`, as written. */
  readonly window?: string;
  /** A value that the query states: `extend pattern = "…"`. */
  readonly known?: Known;
  /** For a boolean or a choice between constants (`iff`, `case`): when it has which value. */
  readonly cases?: readonly Case[];
}

/** The first case whose condition holds counts; the last one has none. */
export interface Case {
  readonly condition: Expression | null;
  readonly value: Constant;
}

export interface Scope {
  readonly bindings: Map<string, Binding>;
  /** All columns there are, where an operator says so; null where the source may have any. */
  columns: Set<string> | null;
  /** The operator whose results have names that are not known for certain, as written. */
  maker: string | null;
  /** Right sides of joins: `X1` is their `X` where the left side has an `X` of its own. */
  readonly joined: Scope[];
}

export function newScope(): Scope {
  return { bindings: new Map(), columns: null, maker: null, joined: [] };
}

export function copyScope(scope: Scope): Scope {
  return {
    bindings: new Map(scope.bindings),
    columns: scope.columns === null ? null : new Set(scope.columns),
    maker: scope.maker,
    joined: [...scope.joined],
  };
}

/** Gives `scope` all that `other` holds: what a function or a right-hand side leaves behind. */
export function replaceScope(scope: Scope, other: Scope): void {
  const { bindings, columns, maker, joined } = copyScope(other);
  scope.bindings.clear();
  for (const [name, binding] of bindings) scope.bindings.set(name, binding);
  scope.columns = columns;
  scope.maker = maker;
  scope.joined.splice(0, scope.joined.length, ...joined);
}

/** Joins to remember: more than any query has, and few enough to ask for every name. */
const maximumJoined = 16;

/** The right side of a join adds its columns; those that the left side has keep their meaning. */
export function joinScope(scope: Scope, right: Scope): void {
  for (const [name, binding] of right.bindings) if (!isKnown(scope, name)) scope.bindings.set(name, binding);
  if (right.columns === null) scope.columns = null;
  for (const name of right.columns ?? []) scope.columns?.add(name);
  scope.maker ??= right.maker;
  if (scope.joined.length < maximumJoined) scope.joined.push(right);
}

/** A branch of a union: a column that two branches make in different ways comes from the fields of both. */
export function uniteScope(scope: Scope, branch: Scope): void {
  for (const [name, binding] of branch.bindings) {
    const own = scope.bindings.get(name);
    if (own === undefined) scope.bindings.set(name, binding);
    else if (
      own.field !== binding.field ||
      own.kind !== binding.kind ||
      own.cases !== binding.cases ||
      own.known !== binding.known
    ) {
      const fields = capped([...own.fields, ...binding.fields]);
      const kind = own.kind === "computed" || binding.kind === "computed" ? "computed" : "resolved";
      const field = kind === "computed" ? name : own.field;
      scope.bindings.set(name, { kind, field, text: own.text, fields, folded: own.folded && binding.folded });
    }
  }
  if (branch.columns === null) scope.columns = null;
  for (const name of branch.columns ?? []) scope.columns?.add(name);
  scope.maker ??= branch.maker;
}

function isKnown(scope: Scope, name: string): boolean {
  return scope.bindings.has(name) || scope.columns?.has(name) === true;
}

export function isBound(scope: Scope, name: string): boolean {
  return scope.bindings.has(name);
}

export function bindingOf(scope: Scope, name: string): Binding | null {
  return scope.bindings.get(name) ?? joinedBinding(scope, name) ?? unknownBinding(scope, name);
}

function joinedBinding(scope: Scope, name: string): Binding | null {
  if (!name.endsWith("1") || scope.columns?.has(name) === true) return null;
  const stem = name.slice(0, -1);
  const right = scope.joined.find((one) => isKnown(one, stem));
  if (right === undefined) return null;
  const binding = right.bindings.get(stem);
  if (binding !== undefined) return binding.kind === "computed" ? { ...binding, field: name } : binding;
  return { kind: "resolved", field: stem, text: name, fields: [stem], folded: false };
}

/** A name behind an aggregation that is none of the names it states: one that Kusto gave a result. */
function unknownBinding(scope: Scope, name: string): Binding | null {
  if (scope.maker === null || scope.columns === null || scope.columns.has(name)) return null;
  return { kind: "computed", field: name, text: scope.maker, fields: [], folded: false };
}

export function resolve(scope: Scope, name: string): FieldRef {
  const binding = bindingOf(scope, name);
  return binding === null ? fieldRef(name) : boundField(binding);
}

/** The columns of the source that a name stands for. */
export function sourceFields(scope: Scope, name: string): readonly string[] {
  return bindingOf(scope, name)?.fields ?? [name];
}

export function bindComputed(scope: Scope, name: string, text: string, fields: readonly string[]): void {
  scope.bindings.set(name, { kind: "computed", field: name, text, fields, folded: false });
  scope.columns?.add(name);
}

export function bind(scope: Scope, name: string, binding: Binding): void {
  scope.bindings.set(name, binding.kind === "computed" ? { ...binding, field: name } : binding);
  scope.columns?.add(name);
}

/** Each step of a chain of computations reads all that the steps before it read; no query comes near this. */
const maximumFields = 32;

export function capped(fields: readonly string[]): readonly string[] {
  if (fields.length < 2) return fields;
  return [...new Set(fields)].slice(0, maximumFields);
}
