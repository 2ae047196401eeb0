import { describe, expect, test } from "vitest";
import type { Operator, Value } from "../../rule/expression.ts";
import { isRefused, type TargetField, type Test } from "../platform.ts";
import { aqlDialect } from "./dialect.ts";
import { checkAql } from "./grammar/check-aql.ts";

function fieldOf(name: string): TargetField {
  return { name, canonical: name, type: "keyword", listed: true };
}

interface Asked extends Partial<Omit<Test, "field" | "others">> {
  readonly field?: string | null;
  readonly others?: readonly string[];
}

function write(operator: Operator, values: readonly Value[], asked: Asked = {}) {
  const { field = "Process Path", others = [], ...rest } = asked;
  return aqlDialect.test({
    field: field === null ? null : fieldOf(field),
    operator,
    values,
    others: others.map(fieldOf),
    quantifier: "any",
    caseSensitive: false,
    several: "any",
    guarded: false,
    regex: "pcre",
    ...rest,
  });
}

/** The text, once it is sure that AQL has it. */
function textOf(operator: Operator, values: readonly Value[], asked?: Asked): string {
  const written = write(operator, values, asked);
  if (isRefused(written)) throw new Error(written.why);
  expect(checkAql(`SELECT username FROM events WHERE ${written.text} LAST 1 HOURS`).problems).toEqual([]);
  return written.text;
}

const pattern: Value = {
  type: "pattern",
  tokens: [{ type: "any" }, { type: "literal", text: "\\a" }, { type: "one" }, { type: "literal", text: ".exe" }],
};

type Row = readonly [operator: Operator, values: readonly Value[], folded: string, kept: string, asked: Asked];
type Short = readonly [operator: Operator, values: readonly Value[], folded: string, kept: string];

const rows: readonly (Row | Short)[] = [
  ["eq", ["C:\\A"], `LOWER("Process Path") = 'c:\\a'`, `"Process Path" = 'C:\\A'`],
  ["eq", ["A", "b", "a"], `LOWER("Process Path") IN ('a', 'b')`, `"Process Path" IN ('A', 'b', 'a')`],
  ["eq", ["4624"], `"Event ID" = '4624'`, `"Event ID" = '4624'`, { field: "Event ID" }],
  ["eq", [""], `"Process Path" = ''`, `"Process Path" = ''`],
  ["eq", ["it's"], `LOWER("Process Path") = 'it''s'`, `"Process Path" = 'it''s'`],
  ["eq", ["443", "80"], "destinationport IN (443, 80)", "destinationport IN (443, 80)", { field: "destinationport" }],
  ["eq", ["10.0.0.1"], "sourceip = '10.0.0.1'", "sourceip = '10.0.0.1'", { field: "sourceip" }],
  ["eq", ["Web"], "LOWER(STR(sourceip)) = 'web'", "STR(sourceip) = 'Web'", { field: "sourceip" }],
  ["eq", ["a\nb"], `"Process Path" IMATCHES '(?s)^a\\nb$'`, `"Process Path" MATCHES '(?s)^a\\nb$'`],
  ["wildcard", [pattern], `"Process Path" ILIKE '%\\a_.exe'`, `"Process Path" LIKE '%\\a_.exe'`],
  ["starts_with", ["C:\\"], `"Process Path" ILIKE 'C:\\%'`, `"Process Path" LIKE 'C:\\%'`],
  ["ends_with", [".exe"], `"Process Path" ILIKE '%.exe'`, `"Process Path" LIKE '%.exe'`],
  ["contains", ["temp"], `"Process Path" ILIKE '%temp%'`, `"Process Path" LIKE '%temp%'`],
  ["contains", ["%TEMP%"], `"Process Path" IMATCHES '(?s).*%TEMP%.*'`, `"Process Path" MATCHES '(?s).*%TEMP%.*'`],
  ["ends_with", ["a_b.x"], `"Process Path" IMATCHES '(?s).*a_b\\.x$'`, `"Process Path" MATCHES '(?s).*a_b\\.x$'`],
  ["contains", ["10."], "STR(sourceip) ILIKE '%10.%'", "STR(sourceip) LIKE '%10.%'", { field: "sourceip" }],
  ["eq", ["whole"], "UTF8(payload) ILIKE '%whole%'", "UTF8(payload) LIKE '%whole%'", { field: null }],
  ["match", ["word"], "UTF8(payload) ILIKE '%word%'", "UTF8(payload) LIKE '%word%'", { field: null }],
  ["regex_match", ["^a.b$"], `"Process Path" IMATCHES '^a.b$'`, `"Process Path" MATCHES '^a.b$'`],
  ["regex_match", ["a+"], `"Process Path" IMATCHES '(?s).*a+.*'`, `"Process Path" MATCHES '(?s).*a+.*'`],
  ["regex_match", ["a.b"], `"Process Path" IMATCHES '(?s:.*)a.b(?s:.*)'`, `"Process Path" MATCHES '(?s:.*)a.b(?s:.*)'`],
  ["regex_match", ["a|b$"], `"Process Path" IMATCHES '(?s).*(?:a|b$).*'`, `"Process Path" MATCHES '(?s).*(?:a|b$).*'`],
  ["regex_match", ["(?i)a"], `"Process Path" IMATCHES '(?s).*a.*'`, `"Process Path" IMATCHES '(?s).*a.*'`],
  [
    "cidr_match",
    ["10.0.0.0/8"],
    "INCIDR('10.0.0.0/8', sourceip)",
    "INCIDR('10.0.0.0/8', sourceip)",
    { field: "sourceip" },
  ],
  ["cidr_match", ["fc00::/7"], "INCIDR('fc00::/7', sourcev6)", "INCIDR('fc00::/7', sourcev6)", { field: "sourceip" }],
  ["eq", ["::1"], "destinationv6 = '::1'", "destinationv6 = '::1'", { field: "destinationip" }],
  [
    "eq",
    ["10.0.0.1", "::1", "10.0.0.2"],
    "sourceip IN ('10.0.0.1', '10.0.0.2') OR sourcev6 = '::1'",
    "sourceip IN ('10.0.0.1', '10.0.0.2') OR sourcev6 = '::1'",
    { field: "sourceip" },
  ],
  ["lt", ["5"], `LONG("Logon Type") < 5`, `LONG("Logon Type") < 5`, { field: "Logon Type" }],
  ["ge", ["-1"], "magnitude >= 0 - 1", "magnitude >= 0 - 1", { field: "magnitude" }],
  ["gt", ["1.5"], "DOUBLE(Score) > 1.5", "DOUBLE(Score) > 1.5", { field: "Score" }],
  ["exists", [], `"Process Path" IS NOT NULL`, `"Process Path" IS NOT NULL`],
  ["is_null", [], `"Process Path" IS NULL`, `"Process Path" IS NULL`],
  [
    "ends_with_field",
    [],
    'STRPOS(LOWER("Process Path"), LOWER(Command), STRLEN(LOWER("Process Path")) - STRLEN(LOWER(Command))) >= 0',
    'STRPOS("Process Path", Command, STRLEN("Process Path") - STRLEN(Command)) >= 0',
    { others: ["Command"] },
  ],
  [
    "contains_field",
    [],
    'STRPOS(LOWER("Process Path"), LOWER(Command)) >= 0',
    'STRPOS("Process Path", Command) >= 0',
    { others: ["Command"] },
  ],
  [
    "starts_with_field",
    [],
    'STRPOS(LOWER("Process Path"), LOWER(STR(sourceip))) = 0',
    'STRPOS("Process Path", STR(sourceip)) = 0',
    { others: ["sourceip"] },
  ],
  ["eq_field", [], `LOWER("Process Path") = LOWER(Command)`, `"Process Path" = Command`, { others: ["Command"] }],
  [
    "lt_field",
    [],
    "sourceport < destinationport",
    "sourceport < destinationport",
    { field: "sourceport", others: ["destinationport"] },
  ],
];

test.each(rows.map(([a, b, c, d, asked]): Row => [a, b, c, d, asked ?? {}]))(
  "%s %j",
  (operator, values, folded, kept, asked) => {
    expect(textOf(operator, values, asked)).toBe(folded);
    expect(textOf(operator, values, { ...asked, caseSensitive: true })).toBe(kept);
  },
);

describe("under NOT", () => {
  test("an event without the property gives false and not unknown", () => {
    expect(textOf("contains", ["a"], { guarded: true })).toBe(
      `"Process Path" IS NOT NULL AND "Process Path" ILIKE '%a%'`,
    );
    expect(textOf("eq_field", [], { guarded: true, others: ["Command"] })).toBe(
      `"Process Path" IS NOT NULL AND Command IS NOT NULL AND LOWER("Process Path") = LOWER(Command)`,
    );
  });

  test("existence is never unknown", () => {
    expect(textOf("exists", [], { guarded: true })).toBe(`"Process Path" IS NOT NULL`);
    expect(textOf("is_null", [], { guarded: true })).toBe(`"Process Path" IS NULL`);
  });

  test("addresses, numbers and the payload are always there", () => {
    expect(textOf("eq", ["10.0.0.1"], { guarded: true, field: "sourceip" })).toBe("sourceip = '10.0.0.1'");
    expect(textOf("eq", ["80"], { guarded: true, field: "destinationport" })).toBe("destinationport = 80");
    expect(textOf("contains", ["a"], { guarded: true, field: null })).toBe("UTF8(payload) ILIKE '%a%'");
  });
});

describe("what is said differently", () => {
  test("words of the payload, and a host where a property holds an address", () => {
    expect(write("match", ["a"], { field: null })).toMatchObject({ remarks: [{ code: "words" }] });
    expect(write("eq", ["web"], { field: "sourceip" })).toMatchObject({ remarks: [{ code: "value-type" }] });
    expect(write("cidr_match", ["10.0.0.0/8"], { field: "URL Host" })).toMatchObject({
      remarks: [{ code: "value-type" }],
    });
  });
});

describe("refused", () => {
  test.each([
    ["ends_with_field", [], { others: ['a"b'] }, "no-field"],
    ["lt", ["abc"], {}, "value-type"],
    ["cidr_match", ["10.0.0.0/8\n"], {}, "value-type"],
    ["eq", ["a"], { field: 'a"b' }, "no-field"],
    ["eq_field", [], { others: ['a"b'] }, "no-field"],
    ["regex_match", ["(?<name>a)(?(name)b)"], {}, "regex"],
  ] as const)("%s %j", (operator, values, asked, code) => {
    expect(write(operator, values, asked)).toMatchObject({ type: "refused", code });
  });
});

test("takes several plain values of one comparison", () => {
  const base = {
    field: fieldOf("a"),
    others: [],
    caseSensitive: false,
    several: "any",
    guarded: false,
    regex: "pcre",
  } as const;
  const takes = (operator: Operator, values: readonly Value[], quantifier: "any" | "all" = "any") =>
    aqlDialect.takesSeveral({ ...base, operator, values, quantifier });
  expect(takes("eq", ["a", "b"])).toBe(true);
  expect(takes("eq", ["a", "b"], "all")).toBe(false);
  expect(takes("eq", ["a", "b\n"])).toBe(false);
  expect(takes("contains", ["a", "b"])).toBe(false);
});
