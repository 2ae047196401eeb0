import type { Node, Test } from "../compile/condition.ts";
import type { Cell } from "./cell.ts";
import type { EventValues } from "./event-values.ts";
import type { Truth } from "./test.ts";

/** Asks conditions of the event that `values` holds. A test that several rules ask is asked once an event. */
export interface Evaluator {
  /** What asks a condition, made once for many events. */
  readonly open: (node: Node) => () => Truth;
  readonly truth: (node: Node) => Truth;
  readonly cellOf: (test: Test) => Cell | null;
  readonly othersOf: (test: Test) => readonly (Cell | null)[];
}

const codes = { no: 0, yes: 1, unknown: 2 } as const;

export function openEvaluator(values: EventValues, tests: number): Evaluator {
  const stamps = new Int32Array(tests);
  const results = new Uint8Array(tests);
  const none: readonly (Cell | null)[] = [];
  const cellOf = ({ slot }: Test): Cell | null => (slot === null ? values.everything() : values.at(slot));
  const othersOf = ({ others }: Test): readonly (Cell | null)[] => (others.length === 0 ? none : others.map(values.at));
  const truthOf = (test: Test, cell: Cell | null): Truth => {
    const generation = values.generation();
    if (stamps[test.id] === generation) {
      const known = results[test.id];
      return known === codes.unknown ? null : known === codes.yes;
    }
    const truth = test.truth(cell, othersOf(test));
    stamps[test.id] = generation;
    results[test.id] = truth === null ? codes.unknown : truth ? codes.yes : codes.no;
    return truth;
  };
  const open = (node: Node): (() => Truth) => {
    switch (node.type) {
      case "test": {
        const { test, otherwise } = node;
        return () => {
          const cell = cellOf(test);
          return cell === null && otherwise !== null ? otherwise : truthOf(test, cell);
        };
      }
      case "and":
        return junction(node.quickest.map(open), false);
      case "or":
        return junction(node.quickest.map(open), true);
      case "not": {
        const operand = open(node.operand);
        return () => {
          const one = operand();
          return one === null ? null : !one;
        };
      }
      case "constant": {
        const { value } = node;
        return () => value;
      }
      default:
        return node satisfies never;
    }
  };
  const opened = new WeakMap<Node, () => Truth>();
  const truth = (node: Node): Truth => {
    let ask = opened.get(node);
    if (ask === undefined) {
      ask = open(node);
      opened.set(node, ask);
    }
    return ask();
  };
  return { open, truth, cellOf, othersOf };
}

/** `decisive`: the answer of one operand that is the answer of all of them. */
function junction(operands: readonly (() => Truth)[], decisive: boolean): () => Truth {
  return () => {
    let all: Truth = !decisive;
    for (let at = 0; at < operands.length; at++) {
      const one = operands[at]?.() ?? null;
      if (one === decisive) return decisive;
      if (one === null) all = null;
    }
    return all;
  };
}
