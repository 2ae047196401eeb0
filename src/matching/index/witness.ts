import type { Node } from "../compile/condition.ts";
import { type Atom, atomsOf } from "./atom.ts";

/** How much an event must be looked at because of an atom: the less, the better. */
export type AtomCost = (atom: Atom) => number;

/**
 * Atoms of which one holds of every event that meets the condition; null: there are none, and every event must be asked.
 * Invariant: never narrower than the condition. Held by a test that compares the index with a full scan.
 */
export function witnessOf(node: Node, costOf: AtomCost): readonly Atom[] | null {
  switch (node.type) {
    case "test":
      // What the log answers needs nothing of the event.
      return node.otherwise === true ? null : atomsOf(node.test);
    case "and": {
      let best: readonly Atom[] | null = null;
      for (const operand of node.operands) {
        const own = witnessOf(operand, costOf);
        if (own !== null && (best === null || sum(own, costOf) < sum(best, costOf))) best = own;
      }
      return best;
    }
    case "or": {
      const all: Atom[] = [];
      for (const operand of node.operands) {
        const own = witnessOf(operand, costOf);
        if (own === null) return null;
        all.push(...own);
      }
      return all;
    }
    case "not":
      return null;
    case "constant":
      return node.value ? null : [];
    default:
      return node satisfies never;
  }
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
