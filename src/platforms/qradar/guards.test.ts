import { expect, test } from "vitest";
import type { Condition } from "../platform.ts";
import { onOneLine } from "../print/layout.ts";
import { aqlDialect } from "./dialect.ts";
import { type AqlWritten, guarded, withFewGuards } from "./guards.ts";

/** A test of `name`, which an event may lack. */
function ask(name: string, value: string): Condition {
  const written: AqlWritten = {
    text: `${name} = ${value}`,
    binds: "atom",
    needs: [name],
    bare: null,
    passesWithout: null,
  };
  return { type: "written", written };
}

/** The same under `NOT`. */
function guard(name: string, value: string): Condition {
  return { type: "written", written: guarded({ text: `${name} = ${value}`, binds: "atom" }, [name]) };
}

function isNull(name: string): Condition {
  const written: AqlWritten = { text: `${name} IS NULL`, binds: "atom", needs: [], bare: null, passesWithout: name };
  return { type: "written", written };
}

const not = (operand: Condition): Condition => ({ type: "not", operand });
const and = (...operands: readonly Condition[]): Condition => ({ type: "and", operands });
const or = (...operands: readonly Condition[]): Condition => ({ type: "or", operands });

test.each([
  ["one test", not(guard("a", "1")), "NOT (a IS NOT NULL AND a = 1)"],
  ["required beside it", and(ask("a", "2"), not(guard("a", "1"))), "a = 2 AND NOT (a = 1)"],
  ["required after it", and(not(guard("a", "1")), ask("a", "2")), "NOT (a = 1) AND a = 2"],
  [
    "required by every branch beside it",
    and(or(ask("a", "2"), and(ask("a", "3"), ask("b", "1"))), not(or(guard("a", "1"), guard("b", "2")))),
    "(a = 2 OR (a = 3 AND b = 1)) AND NOT (a = 1 OR (b IS NOT NULL AND b = 2))",
  ],
  ["there because it is not null", and(not(isNull("a")), not(guard("a", "1"))), "a IS NOT NULL AND NOT (a = 1)"],
  ["asked for once", not(or(guard("a", "1"), guard("a", "2"))), "NOT (a IS NOT NULL AND (a = 1 OR a = 2))"],
  [
    "several properties",
    not(or(guard("a", "1"), guard("b", "1"), guard("a", "2"))),
    "NOT ((a IS NOT NULL AND (a = 1 OR a = 2)) OR (b IS NOT NULL AND b = 1))",
  ],
  [
    "in an AND under NOT",
    not(and(guard("a", "1"), guard("b", "1"), guard("a", "2"))),
    "NOT (a IS NOT NULL AND a = 1 AND b IS NOT NULL AND b = 1 AND a = 2)",
  ],
  ["out whatever it says", not(or(guard("a", "1"), isNull("a"))), "NOT (a = 1 OR a IS NULL)"],
  [
    "another branch of an OR asks nothing of it",
    or(ask("a", "1"), not(guard("a", "2"))),
    "a = 1 OR NOT (a IS NOT NULL AND a = 2)",
  ],
])("%s", (_, condition, text) => {
  expect(onOneLine(aqlDialect, withFewGuards(condition))).toBe(text);
});

/** True, false or null for unknown, as SQL and Kleene have it. */
function resultOf(condition: Condition, event: Readonly<Record<string, string>>): boolean | null {
  switch (condition.type) {
    case "not": {
      const value = resultOf(condition.operand, event);
      return value === null ? null : !value;
    }
    case "and":
    case "or": {
      const stop = condition.type === "or";
      const all = condition.operands.map((one) => resultOf(one, event));
      return all.includes(stop) ? stop : all.includes(null) ? null : !stop;
    }
    default: {
      const parts = condition.written.text.split(" AND ").map((one): boolean | null => {
        const [name = "", ...rest] = one.split(" ");
        const value = event[name];
        if (rest[0] === "IS") return (value === undefined) === (rest[1] === "NULL");
        return value === undefined ? null : value === rest[1];
      });
      return parts.includes(false) ? false : parts.includes(null) ? null : true;
    }
  }
}

test("any condition selects the same events with few guards as with all", () => {
  let state = 7;
  const random = (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const names = ["a", "b", "c"];
  const make = (depth: number, negated: boolean): Condition => {
    const kind = depth === 0 ? 0 : random(4);
    if (kind === 1) return not(make(depth - 1, !negated));
    if (kind > 1) {
      const operands = Array.from({ length: 2 + random(3) }, () => make(depth - 1, negated));
      return kind === 2 ? and(...operands) : or(...operands);
    }
    const name = names[random(3)] ?? "a";
    if (random(5) === 0) return isNull(name);
    return (negated ? guard : ask)(name, String(random(2)));
  };
  const values = [undefined, "0", "1"];
  const events = values.flatMap((a) => values.flatMap((b) => values.map((c) => ({ a, b, c }))));
  for (let round = 0; round < 3000; round++) {
    const condition = make(1 + random(4), false);
    const few = withFewGuards(condition);
    for (const event of events as unknown as readonly Record<string, string>[]) {
      const passes = [condition, few].map((one) => resultOf(one, event) === true);
      if (passes[0] !== passes[1]) {
        const texts = [condition, few].map((one) => onOneLine(aqlDialect, one));
        throw new Error(`${JSON.stringify(event)}: ${texts.join(" differs from ")}`);
      }
    }
  }
});
