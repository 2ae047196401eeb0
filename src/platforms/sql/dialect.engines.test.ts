import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { selects } from "../../languages/reference-evaluator.ts";
import { negate } from "../../rule/build.ts";
import type { Expression, Operator, Pattern, Predicate, Value } from "../../rule/expression.ts";
import { glob } from "../../rule/pattern.ts";
import { type Condition, isRefused, type TargetField } from "../platform.ts";
import { onOneLine } from "../print/layout.ts";
import { type Engine, testEngines } from "./engines/index.ts";
import { sqlJsonPlatforms, sqlPlatforms } from "./index.ts";

const span = { start: 0, end: 0 };

function pattern(text: string): Pattern {
  return { type: "pattern", tokens: glob(text) };
}

/** Texts of a field that lie on either side of the tests below. */
const values = [
  "",
  "abc",
  "ABC",
  "xabcx",
  "abcx",
  "xABC",
  "a\nc",
  "abc\n",
  "a_c",
  "a%c",
  "a\\c",
  "C:\\Windows\\System32\\cmd.exe",
  "c:\\windows\\system32\\CMD.EXE",
  'say "it\'s"',
  "tab\there",
  "ÄÖ ß é",
  "äö SS É",
  "漢字🙂x",
  "one abc, two",
  "oneabc",
  "abc1",
  "4",
  "5",
  "10",
  "-3.5",
  "10.1.2.3",
  "172.16.0.1",
  "172.32.0.1",
  "192.168.1.255",
  "0.0.0.0",
  "::1",
  "fe80::1",
  "FE80::ABCD",
  "2001:db8::1",
  "fd12:3456::1",
  "999.1.1.1",
  "$1 {x} `y` ; -- /*",
  "\\\\server\\share",
  "a.c",
  "[a]",
] as const;

interface Case {
  readonly operator: Operator;
  readonly values: readonly Value[];
  readonly caseSensitive?: boolean;
  readonly quantifier?: "any" | "all";
}

const texts = [
  "abc",
  "",
  "a_c",
  "a%c",
  "\\",
  "C:\\Windows\\",
  ".exe",
  '"',
  "'",
  "äö",
  "É",
  "🙂",
  "\n",
  "--",
  "a.c",
  "[",
];
const textOperators = ["eq", "contains", "starts_with", "ends_with"] as const;
const regexes = [
  "abc",
  "^abc$",
  "a.c",
  "(?s)a.c",
  "a[^x]c",
  "\\babc\\b",
  "\\\\windows\\\\",
  "^\\w+$",
  "\\d+",
  "\\s",
  "[\\w.-]+\\.exe",
  "a|x",
  "(?i)ABC",
  "^$",
  "\\x61bc",
  "(?:ab)+c?",
  "a{1,3}b",
  "[[:alpha:]]{3}",
  "\\.",
  "\\$1 \\{x\\}",
  "^[\\x00-\\x7F]*$",
  "[\\[\\]]",
  "é",
];

const cases: readonly Case[] = [
  { operator: "exists", values: [] },
  { operator: "is_null", values: [] },
  ...textOperators.flatMap((operator) => texts.map((text): Case => ({ operator, values: [text] }))),
  ...textOperators.map((operator): Case => ({ operator, values: ["abc", "XABC", "4", "é", "\\c"] })),
  ...textOperators.map((operator): Case => ({ operator, values: ["a", "c"], quantifier: "all" })),
  ...["a*c", "*a?c*", "?bc", "a_*", "*\\*\\cmd.*", "*", "?*", "漢*x", "*é", "x*[abc]*"].map(
    (text): Case => ({ operator: "wildcard", values: [pattern(text)] }),
  ),
  { operator: "wildcard", values: [pattern("a?c"), pattern("*cmd*exe"), pattern("*é")] },
  ...regexes.map((text): Case => ({ operator: "regex_match", values: [text] })),
  ...["abc", "one", "two", "ÄÖ", "é", "cmd.exe", "\\"].map((text): Case => ({ operator: "match", values: [text] })),
  { operator: "match", values: [pattern("ab*")] },
  ...[
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.1.255",
    "192.168.1.128/25",
    "0.0.0.0/32",
    "128.0.0.0/1",
    "fe80::/10",
    "fc00::/7",
    "::1/128",
  ].map((text): Case => ({ operator: "cidr_match", values: [text] })),
  { operator: "cidr_match", values: ["10.0.0.0/8", "fe80::/10", "172.16.0.0/12"] },
];

/** Orders are asked of numbers alone: what else a field holds has no place among them. */
const orders: readonly Case[] = (["lt", "le", "gt", "ge"] as const).flatMap((operator) =>
  [4, "5", "-3.5", "4.5"].map((value): Case => ({ operator, values: [value] })),
);

/** Comparisons with another field of the event; those by order only where both hold numbers. */
const fieldCases: readonly Case[] = (
  [
    "eq_field",
    "contains_field",
    "starts_with_field",
    "ends_with_field",
    "lt_field",
    "le_field",
    "gt_field",
    "ge_field",
  ] as const
).map((operator): Case => ({ operator, values: ["field.b"] }));

function predicateOf({ operator, values: wanted, caseSensitive = false, quantifier = "any" }: Case): Predicate {
  return {
    type: "predicate",
    field: { raw: "field.a", canonical: "field.a" },
    operator,
    values: wanted,
    raw: [],
    quantifier,
    caseSensitive,
    span,
  };
}

function fieldOf(name: string): TargetField {
  return { name, canonical: name, type: "keyword", listed: true };
}

interface Row {
  readonly id: string;
  readonly event: Readonly<Record<string, string>>;
}

const numbers = ["4", "5", "10", "-3.5"];

const rows: readonly Row[] = [
  { id: "missing", event: {} },
  ...numbers.map((value, index) => ({ id: `o${index}`, event: { "field.a": value } })),
  ...numbers.flatMap((one, i) =>
    numbers.map((other, j) => ({ id: `n${i}${j}`, event: { "field.a": one, "field.b": other } })),
  ),
  ...values.map((value, index) => ({
    id: `v${index}`,
    event: { "field.a": value, "field.b": values[(index * 7 + 3) % values.length] ?? "" },
  })),
  ...values.map((value, index) => ({
    id: `s${index}`,
    event: { "field.a": value, "field.b": [...value.toUpperCase()].slice(0, 3).join("") },
  })),
];

function expected(expression: Expression, numbers: boolean): readonly string[] {
  const logic = { stages: [{ type: "filter" as const, expression, span }] };
  return rows
    .filter((one) => (!numbers || isNumber(one)) && selects(logic, one.event))
    .map((one) => one.id)
    .sort();
}

/** Are both fields numbers, or missing? */
function isNumber({ event }: Row): boolean {
  return Object.values(event).every((value) => /^-?\d+(?:\.\d+)?$/u.test(value));
}

for (const { name, missing, start, platforms } of testEngines) {
  describe.skipIf(missing !== null)(missing === null ? name : `${name}: skipped, ${missing}`, () => {
    let engine: Engine;

    beforeAll(async () => {
      engine = await start();
      await engine.load({
        name: "events",
        columns: {
          log_source: "text",
          "event.id": "text",
          "field.a": "text",
          "field.b": "text",
          numeric: "integer",
          event: "json",
        },
        rows: rows.map((one) => ({
          log_source: "test",
          "event.id": one.id,
          numeric: isNumber(one) ? 1 : 0,
          ...one.event,
          event: one.event,
        })),
      });
    });

    afterAll(() => engine?.stop());

    for (const platform of [...sqlPlatforms, ...sqlJsonPlatforms].filter((one) => platforms.includes(one.id))) {
      const { dialect } = platform;
      const write = (one: Case): Condition | string => {
        const others = one.operator.endsWith("_field") ? one.values.map((value) => fieldOf(String(value))) : [];
        const tests = dialect.takesSeveral({ ...blank, operator: one.operator, quantifier: one.quantifier ?? "any" })
          ? [one.values]
          : one.values.length === 0
            ? [[]]
            : one.values.map((value) => [value]);
        const operands: Condition[] = [];
        for (const some of tests) {
          const text = dialect.test({
            ...blank,
            ...one,
            values: others.length > 0 ? [] : some,
            others,
            quantifier: "any",
            caseSensitive: one.caseSensitive ?? false,
          });
          if (isRefused(text)) return text.why;
          operands.push({ type: "written", written: text });
        }
        const [only] = operands;
        return operands.length === 1 && only !== undefined
          ? only
          : { type: one.quantifier === "all" ? "and" : "or", operands };
      };
      const check = async (one: Case, expression: Expression, numbers = false): Promise<string | null> => {
        const condition = write(one);
        if (typeof condition === "string") return null;
        const faults: string[] = [];
        for (const negated of [false, true]) {
          const whole: Condition = negated ? { type: "not", operand: condition } : condition;
          const where = onOneLine(dialect, whole);
          const query = `SELECT "event.id" FROM events WHERE (${where})${numbers ? ` AND "numeric" = 1` : ""}`;
          const want = expected(negated ? negate(expression, span) : expression, numbers);
          const found = await engine.select(query).catch((error) => [String(error).slice(0, 300)]);
          if (JSON.stringify(found) !== JSON.stringify(want)) {
            const show = (ids: readonly string[], others: readonly string[]): string =>
              ids
                .filter((id) => !others.includes(id))
                .map((id) => `${id} ${JSON.stringify(rows.find((row) => row.id === id)?.event["field.a"])}`)
                .join(", ");
            faults.push(`${where}: not found ${show(want, found)}; too many ${show(found, want)}`);
          }
        }
        return faults.length === 0 ? null : faults.join("\n");
      };

      test.each([true, false])(
        `${platform.id}: every operator finds what the reference evaluator finds (case kept: %s)`,
        async (caseSensitive) => {
          const faults: string[] = [];
          for (const one of cases) {
            const fault = await check({ ...one, caseSensitive }, predicateOf({ ...one, caseSensitive }));
            if (fault !== null) faults.push(fault);
          }
          for (const one of fieldCases) {
            const numbers = /^[lg]/u.test(one.operator);
            const fault = await check({ ...one, caseSensitive }, predicateOf({ ...one, caseSensitive }), numbers);
            if (fault !== null) faults.push(fault);
          }
          for (const one of orders) {
            const fault = await check(one, predicateOf(one), true);
            if (fault !== null) faults.push(fault);
          }
          expect(faults.join("\n")).toBe("");
        },
      );
    }
  });
}

const blank = {
  field: fieldOf("field.a"),
  operator: "eq",
  values: [],
  others: [],
  quantifier: "any",
  caseSensitive: false,
  several: "any",
  guarded: false,
  regex: "re2",
} as const;
