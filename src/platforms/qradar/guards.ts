import type { Condition, Written } from "../platform.ts";

/** A test of AQL with what it says of properties that an event may lack. */
export interface AqlWritten extends Written {
  /** Properties that an event must have to pass. */
  readonly needs: readonly string[];
  /** The test without asking for them; null where it is never unknown. */
  readonly bare: Written | null;
  /** Passes every event that lacks this property. */
  readonly passesWithout: string | null;
}

/** The test that is false, and not unknown, for an event without the properties. */
export function guarded(bare: Written, needs: readonly string[]): AqlWritten {
  const operand = bare.binds === "or" ? `(${bare.text})` : bare.text;
  const text = [...needs.map(asked), operand].join(" AND ");
  const { list: _list, ...other } = bare;
  return {
    ...other,
    text,
    binds: needs.length > 0 || bare.binds === "and" ? "and" : bare.binds,
    needs,
    bare,
    passesWithout: null,
  };
}

function asked(property: string): string {
  return `${property} IS NOT NULL`;
}

function exists(property: string): Condition {
  const written: AqlWritten = {
    text: asked(property),
    binds: "atom",
    needs: [property],
    bare: null,
    passesWithout: null,
  };
  return { type: "written", written };
}

/**
 * The condition, asking whether an event has a property no more often than needed: not where another part of the same
 * `AND` asks for it anyway, and once for several tests of one property.
 */
export function withFewGuards(condition: Condition): Condition {
  return simplify(condition, new Set(), true);
}

/** The condition, and that an event has these properties, where it does not ask for them yet. */
export function having(condition: Condition, properties: readonly string[]): Condition {
  const there = required(condition);
  return allOf([condition, ...properties.filter((one) => !there.includes(one)).map(exists)]);
}

/** `sure`: properties without which the event is out whatever this condition says. */
function simplify(condition: Condition, sure: ReadonlySet<string>, positive: boolean): Condition {
  switch (condition.type) {
    case "written": {
      const leaf = leafOf(condition);
      if (leaf?.bare == null) return condition;
      return allOf([...missing(leaf, sure).map(exists), { type: "written", written: leaf.bare }]);
    }
    case "not":
      return simplifyNot(condition.operand, sure, positive);
    case "and":
      return simplifyAnd(condition.operands, sure, positive);
    case "or":
      return simplifyOr(condition.operands, sure, positive);
    default:
      return condition satisfies never;
  }
}

/** `NOT (x IS NULL)` is `x IS NOT NULL`, and the other way. */
function simplifyNot(operand: Condition, sure: ReadonlySet<string>, positive: boolean): Condition {
  const leaf = leafOf(operand);
  const [name, ...more] = leaf?.needs ?? [];
  if (leaf !== null && leaf.passesWithout !== null) return exists(leaf.passesWithout);
  if (leaf !== null && name !== undefined && more.length === 0 && leaf.text === asked(name)) {
    const written: AqlWritten = { ...leaf, text: `${name} IS NULL`, needs: [], passesWithout: name };
    return { type: "written", written };
  }
  return { type: "not", operand: simplify(operand, sure, !positive) };
}

function leafOf(condition: Condition): AqlWritten | null {
  return condition.type === "written" && "needs" in condition.written ? (condition.written as AqlWritten) : null;
}

function missing({ needs }: AqlWritten, sure: ReadonlySet<string>): readonly string[] {
  return needs.filter((one) => !sure.has(one));
}

function allOf(operands: readonly Condition[]): Condition {
  const flat = operands.flatMap((one) => (one.type === "and" ? one.operands : [one]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { type: "and", operands: flat };
}

function simplifyAnd(operands: readonly Condition[], before: ReadonlySet<string>, positive: boolean): Condition {
  const sure = new Set(before);
  for (const one of operands) for (const name of positive ? required(one) : askedBy(one)) sure.add(name);
  const asks = new Map<Condition, readonly Condition[]>();
  for (const one of operands) {
    const leaf = leafOf(one);
    if (leaf?.bare == null) continue;
    const names = missing(leaf, sure);
    for (const name of names) sure.add(name);
    asks.set(one, names.map(exists));
  }
  return allOf(operands.flatMap((one) => [...(asks.get(one) ?? []), simplify(one, sure, positive)]));
}

/** The property that a test asks for and does nothing else. */
function askedBy(condition: Condition): readonly string[] {
  const leaf = leafOf(condition);
  return leaf !== null && leaf.bare === null ? leaf.needs : [];
}

/** Properties that every event has that passes. */
function required(condition: Condition): readonly string[] {
  switch (condition.type) {
    case "written":
      return leafOf(condition)?.needs ?? [];
    case "and":
      return condition.operands.flatMap(required);
    case "or": {
      const [first = [], ...others] = condition.operands.map(required);
      return first.filter((name) => others.every((one) => one.includes(name)));
    }
    case "not": {
      const without = leafOf(condition.operand)?.passesWithout ?? null;
      return without === null ? [] : [without];
    }
    default:
      return condition satisfies never;
  }
}

function simplifyOr(operands: readonly Condition[], before: ReadonlySet<string>, positive: boolean): Condition {
  const passing = operands.map((one) => leafOf(one)?.passesWithout ?? null).filter((one) => one !== null);
  const sure = new Set([...before, ...passing]);
  const together = new Map<string, Condition[]>();
  const parts: (Condition | readonly Condition[])[] = [];
  for (const one of operands) {
    const leaf = leafOf(one);
    const needs = leaf?.bare == null ? [] : missing(leaf, sure);
    if (needs.length === 0) {
      parts.push(simplify(one, sure, positive));
      continue;
    }
    const key = needs.join("\n");
    const group = together.get(key);
    if (group !== undefined) group.push(one);
    else {
      const made = [one];
      together.set(key, made);
      parts.push(made);
    }
  }
  const all = parts.map((part) => ("type" in part ? part : groupOf(part, sure, positive)));
  const [only] = all;
  return all.length === 1 && only !== undefined ? only : { type: "or", operands: all };
}

/** Tests that lack the same properties: those are asked for once. */
function groupOf(tests: readonly Condition[], sure: ReadonlySet<string>, positive: boolean): Condition {
  const names = [...new Set(tests.flatMap((one) => leafOf(one)?.needs ?? []))].filter((one) => !sure.has(one));
  const known = new Set([...sure, ...names]);
  const bare = tests.map((one) => simplify(one, known, positive));
  const [only] = bare;
  return allOf([...names.map(exists), bare.length === 1 && only !== undefined ? only : { type: "or", operands: bare }]);
}
