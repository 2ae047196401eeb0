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
  readonly bindings: Map<string, Binding>;
  /** `rename a.* as b.*`, latest last. */
  readonly wildcards: { readonly from: string; readonly to: string }[];
  /** Do the events come from a data model, so that names may have a dataset before them? */
  dataModel: boolean;
  /** Span of the last `bin _time`, as written. */
  window: string | null;
}

export function newScope(): Scope {
  return { bindings: new Map(), wildcards: [], dataModel: false, window: null };
}

export function copyScope(scope: Scope): Scope {
  return { ...scope, bindings: new Map(scope.bindings), wildcards: [...scope.wildcards] };
}

/** What another pipeline adds to this one by a join: its names, where they do not stand here already. */
export function mergeScope(scope: Scope, other: Scope): void {
  for (const [name, binding] of other.bindings) if (!scope.bindings.has(name)) scope.bindings.set(name, binding);
  scope.dataModel ||= other.dataModel;
}

export function bindingOf(scope: Scope, name: string): Binding | null {
  const bound = scope.bindings.get(name);
  if (bound !== undefined) return bound;
  if (scope.dataModel) {
    const field = withoutDataset(name);
    if (field !== name) return { kind: "resolved", field, text: name, fields: [field], folded: false };
  }
  for (const { from, to } of scope.wildcards.toReversed()) {
    const original = unrename(name, from, to);
    if (original === null) continue;
    // `rename properties.* as *` leaves other fields as they are: the name may be either, and both are said.
    if (to === "*")
      return { kind: "resolved", field: name, text: `${from} as ${to}`, fields: [name, original], folded: false };
    return { kind: "resolved", field: original, text: `${from} as ${to}`, fields: [original], folded: false };
  }
  const open = name.indexOf("(");
  if (open > 0 && name.endsWith(")")) {
    return { kind: "computed", field: name, text: name, fields: fieldsIn(name.slice(open + 1, -1)), folded: false };
  }
  return null;
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
  if (binding === null) return { raw: name, canonical: null };
  const { kind, text, fields } = binding;
  return { raw: binding.field, canonical: null, derivedFrom: { kind, text, fields } };
}

/** The fields of the events that a name stands for. */
export function sourceFields(scope: Scope, name: string): readonly string[] {
  return bindingOf(scope, name)?.fields ?? [name];
}

export function bindComputed(scope: Scope, name: string, text: string, fields: readonly string[]): void {
  scope.bindings.set(name, { kind: "computed", field: name, text, fields, folded: false });
}

/** Makes `name` another name of `from`; a computed value stays computed. */
export function bindAlias(scope: Scope, name: string, from: string, text: string, folded = false): void {
  const binding = bindingOf(scope, from);
  if (binding?.kind === "computed") scope.bindings.set(name, { ...binding, field: name });
  else {
    scope.bindings.set(name, {
      kind: "resolved",
      field: binding?.field ?? from,
      text,
      fields: binding?.fields ?? [from],
      folded: folded || binding?.folded === true,
    });
  }
}
