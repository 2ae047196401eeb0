import type { Node } from "../compile/condition.ts";
import { type Atom, atomsOf } from "./atom.ts";

/** How much an event must be looked at because of an atom: the less, the better. */
export type AtomCost = (atom: Atom) => number;

/**
 * Atoms of which one holds of every event that meets a condition. Where two such sets are known, each of them has one that
 * holds: what has only one of both need not be asked.
 */
export interface Witness {
  readonly first: readonly Atom[];
  readonly second: readonly Atom[] | null;
}

/**
 * null: there are no such atoms, and every event must be asked. Invariant: never narrower than the condition. Held by tests
 * that compare the index with a full scan.
 */
export function witnessOf(node: Node, costOf: AtomCost): Witness | null {
  switch (node.type) {
    case "test": {
      // What the log answers needs nothing of the event.
      const atoms = node.otherwise === true ? null : atomsOf(node.test);
      return atoms === null ? null : { first: atoms, second: null };
    }
    case "and":
      return cheapest(
        node.operands.map((one) => witnessOf(one, costOf)),
        costOf,
      );
    case "or":
      return eitherOf(node.operands.map((one) => witnessOf(one, costOf)));
    case "not":
      return null;
    case "constant":
      return node.value ? null : { first: [], second: null };
    default:
      return node satisfies never;
  }
}

/** What costs more than this is not worth a second look. */
const mostForSecond = 300;

function cheapest(all: readonly (Witness | null)[], costOf: AtomCost): Witness | null {
  const sets = all.flatMap((one) => (one === null ? [] : [one.first, ...(one.second === null ? [] : [one.second])]));
  const costs = new Map(sets.map((one) => [one, sum(one, costOf)]));
  const [first, second = null] = sets.toSorted((a, b) => (costs.get(a) ?? 0) - (costs.get(b) ?? 0));
  if (first === undefined) return null;
  const worth = second !== null && (costs.get(second) ?? 0) <= mostForSecond && ![...first, ...second].some(isKeyword);
  return { first, second: worth ? second : null };
}

/** Keywords are looked for by themselves. */
function isKeyword(atom: Atom): boolean {
  return atom.slot === null;
}

function eitherOf(all: readonly (Witness | null)[]): Witness | null {
  const known = all.filter((one) => one !== null);
  if (known.length < all.length) return null;
  const first = known.flatMap((one) => one.first);
  const hasSecond = known.some((one) => one.second !== null) && !first.some(isKeyword);
  return { first, second: hasSecond ? known.flatMap((one) => one.second ?? one.first) : null };
}

function sum(atoms: readonly Atom[], costOf: AtomCost): number {
  return atoms.reduce((all, one) => all + costOf(one), 0);
}

export function atomKey(atom: Atom): string {
  return atom.type === "present" ? `${atom.slot}` : `${atom.type} ${atom.slot} ${atom.text}`;
}

/** What many rules ask for beside other things is common in logs, too, and tells little. */
export function openCosts(conditions: readonly Node[]): AtomCost {
  const uses = new Map<string, number>();
  const count = (node: Node): void => {
    switch (node.type) {
      case "test":
        for (const atom of atomsOf(node.test) ?? []) uses.set(atomKey(atom), (uses.get(atomKey(atom)) ?? 0) + 1);
        return;
      case "and":
      case "or":
        for (const operand of node.operands) count(operand);
        return;
      case "not":
      case "constant":
        return;
      default:
        node satisfies never;
    }
  };
  for (const one of conditions) count(one);
  return (atom) => baseCost(atom) * (1 + (uses.get(atomKey(atom)) ?? 0) / 4);
}

function baseCost(atom: Atom): number {
  switch (atom.type) {
    case "exact":
      // Few letters are a yes or no, a type or a level, which many events share.
      return atom.text.length >= 8 ? 2 : atom.text.length >= 5 ? 6 : 40;
    case "number":
      return 6;
    case "part":
      return atom.text.length >= 8 ? 1 : atom.text.length >= 5 ? 3 : atom.text.length >= 3 ? 12 : 200;
    case "present":
      return 400;
    default:
      return atom satisfies never;
  }
}
