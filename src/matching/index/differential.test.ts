import { describe, expect, test } from "vitest";
import { randomFrom } from "../../languages/mutation.ts";
import type { Expression, Operator, Predicate, Value } from "../../rule/expression.ts";
import type { Search } from "../compile/compile-rule.ts";
import { openCondition, openTests } from "../compile/condition.ts";
import { openSlots } from "../compile/slots.ts";
import { openEvaluator } from "../evaluate/evaluate.ts";
import { openEventValues } from "../evaluate/event-values.ts";
import type { EventData } from "../readers/log-format.ts";
import { bareView } from "../testing.ts";
import { indexed } from "./atom.ts";
import { openCandidates } from "./candidates.ts";
import { openTextFinder } from "./text-finder.ts";

const fields = ["a", "b.c", "d*"];
const words = ["cmd.exe", "Kiosk", "straße", "5", "05", "s", "ΟΔΟΣ", "-enc /x", "true", "İx", "password", "", "é漢"];
const operators: readonly Operator[] = [
  "eq",
  "contains",
  "starts_with",
  "ends_with",
  "match",
  "wildcard",
  "regex_match",
  "exists",
  "is_null",
  "gt",
  "eq_field",
];

const span = { start: 0, end: 0 };

/** Small conditions and events that often meet. */
function openMaking(random: () => number) {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <Item>(items: readonly Item[], otherwise: Item): Item => items[below(items.length)] ?? otherwise;
  const text = (): string => {
    const word = pick(words, "x");
    const more = [
      word,
      word.toUpperCase(),
      `x${word}`,
      `${word} y`,
      word.replace("s", "ſ"),
      word.replace("K", "\u212a"),
    ];
    return pick(more, word);
  };
  const valueFor = (operator: Operator): Value => {
    if (operator === "regex_match")
      return pick(["cmd\\.exe", "(?:kiosk|pass)", "[s5]", "stra.e", "^\\d+$", "ΟΔΟΣ?"], "a");
    if (operator === "gt") return below(9);
    if (operator === "eq_field") return pick(fields.slice(0, 2), "a");
    if (operator !== "wildcard") return pick<Value>([text(), pick(words, "x"), 5, true], "x");
    return { type: "pattern", tokens: [{ type: "any" }, { type: "literal", text: pick(words, "x") }, { type: "any" }] };
  };
  const predicate = (): Predicate => {
    const operator = pick(operators, "eq");
    const bare = operator === "exists" || operator === "is_null";
    const isKeyword = random() < 0.15 && !bare && operator !== "eq_field";
    const count = bare ? 0 : 1 + below(random() < 0.1 ? 12 : 3);
    const values = Array.from({ length: count }, () => valueFor(operator));
    return {
      type: "predicate",
      field: isKeyword ? null : { raw: pick(fields, "a"), canonical: null },
      operator,
      values,
      raw: [],
      quantifier: random() < 0.2 ? "all" : "any",
      caseSensitive: random() < 0.3,
      span,
      ...(random() < 0.2 ? { missing: "unknown" as const } : {}),
      ...(random() < 0.2 ? { several: pick(["all", "unknown"] as const, "all") } : {}),
      ...(random() < 0.1 && operator === "contains" ? { encoding: ["windash"] } : {}),
    };
  };
  const condition = (depth: number): Expression => {
    const kind = depth > 2 ? 9 : below(8);
    if (kind < 4) {
      const operands = Array.from({ length: 1 + below(3) }, () => condition(depth + 1));
      return { type: kind < 2 ? "and" : "or", operands, span };
    }
    return kind === 4 ? { type: "not", operand: condition(depth + 1), span } : predicate();
  };
  const value = (): unknown =>
    pick<() => unknown>([text, text, text, () => [text(), text()], () => below(9), () => true, () => null], text)();
  const event = (): EventData => ({
    ...(random() < 0.8 ? { a: value() } : {}),
    ...(random() < 0.6 ? { b: { c: value() } } : {}),
    ...(random() < 0.5 ? { [`d${below(3)}`]: value() } : {}),
  });
  return { condition, event };
}

describe("an index", () => {
  test("leaves out no condition that an event meets", () => {
    const random = randomFrom(11);
    const { condition, event } = openMaking(random);
    for (let round = 0; round < 25; round++) {
      const slots = openSlots(() => []);
      const tests = openTests();
      const scope = {
        slots,
        tests,
        schema: null,
        context: {},
        dialect: "pcre",
        facts: null,
        absorbed: new Set<Predicate>(),
      } as const;
      const searches = Array.from({ length: 40 }, (): Search => {
        const node = openCondition(scope, condition(0));
        return { kind: null, schema: null, condition: node, step: 0, by: [], values: [] };
      });
      const index = openCandidates(searches, slots.all);
      const keywords = openTextFinder([...index.keywords.keys()]);
      const numbers = [...index.keywords.values()];
      const values = openEventValues(bareView, slots.all);
      const evaluator = openEvaluator(values, tests.all.length);
      for (let done = 0; done < 60; done++) {
        const data = event();
        const layout = bareView.layoutOf(data);
        values.load(data, layout);
        const found = new Set<number>();
        index.find(values, layout, (number) => found.add(number));
        for (const one of values.written()) {
          keywords.scan(indexed(String(one).toLowerCase()), (needle) => {
            for (const number of numbers[needle] ?? []) found.add(number);
          });
        }
        const missed = searches.filter((one, at) => evaluator.truth(one.condition) === true && !found.has(at));
        expect(missed.map((one) => JSON.stringify([one.condition, data]))).toEqual([]);
      }
    }
  });
});
