import type { Node, Test } from "../compile/condition.ts";
import type { Cell } from "./cell.ts";
import type { EventValues } from "./event-values.ts";
import type { Truth } from "./test.ts";

/** Asks conditions of the event that `values` holds. A test that several rules ask is asked once an event. */
export interface Evaluator {
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
  const truth = (node: Node): Truth => {
    switch (node.type) {
      case "test": {
        const cell = cellOf(node.test);
        return cell === null && node.otherwise !== null ? node.otherwise : truthOf(node.test, cell);
      }
      case "and": {
        let all: Truth = true;
        for (const operand of node.quickest) {
          const one = truth(operand);
          if (one === false) return false;
          if (one === null) all = null;
        }
        return all;
      }
      case "or": {
        let any: Truth = false;
        for (const operand of node.quickest) {
          const one = truth(operand);
          if (one === true) return true;
          if (one === null) any = null;
        }
        return any;
      }
      case "not": {
        const one = truth(node.operand);
        return one === null ? null : !one;
      }
      case "constant":
        return node.value;
      default:
        return node satisfies never;
    }
  };
  return { truth, cellOf, othersOf };
}
