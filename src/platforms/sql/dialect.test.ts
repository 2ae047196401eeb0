import { describe, expect, test } from "vitest";
import type { Operator, Value } from "../../rule/expression.ts";
import { glob } from "../../rule/pattern.ts";
import { isRefused, type TargetField, type Test } from "../platform.ts";
import { checkQueryOf } from "./check.testing.ts";
import { sqlColumn, sqlJsonPlatforms, sqlPlatforms } from "./index.ts";

const [modern, old, postgres, duck] = ["clickhouse", "clickhouse-old", "postgresql", "duckdb"] as const;

function field(name: string): TargetField {
  return { name, canonical: name, type: "keyword", listed: true };
}

interface Asked {
  readonly operator: Operator;
  readonly values?: readonly Value[];
  readonly caseSensitive?: boolean;
  readonly others?: readonly string[];
  readonly field?: string | null;
}

function write(id: string, asked: Asked): string {
  const platform = [...sqlPlatforms, ...sqlJsonPlatforms].find((one) => one.id === id);
  if (platform === undefined) throw new Error(`No platform ${id}.`);
  const one: Test = {
    field: asked.field === null ? null : field(asked.field ?? "a.b"),
    operator: asked.operator,
    values: asked.values ?? [],
    others: (asked.others ?? []).map(field),
    quantifier: "any",
    caseSensitive: asked.caseSensitive ?? false,
    several: "any",
    guarded: false,
    regex: "re2",
  };
  const written = platform.dialect.test(one);
  if (isRefused(written)) return `refused ${written.code}: ${written.why}`;
  expect(checkQueryOf(id)(written.text).problems, written.text).toEqual([]);
  return written.text;
}

const pattern = (text: string): Value => ({ type: "pattern", tokens: glob(text) });

const path = "C:\\Temp\\";

/** What is asked, and how each database says it. */
const table: readonly (readonly [Asked, Readonly<Record<string, string>>])[] = [
  [
    { operator: "eq", values: ["Cmd.exe"] },
    {
      [modern]: `lower("a.b") = 'cmd.exe'`,
      [old]: `lower("a.b") = 'cmd.exe'`,
      [postgres]: `lower("a.b") = 'cmd.exe'`,
      [duck]: `lower("a.b") = 'cmd.exe'`,
    },
  ],
  [
    { operator: "eq", values: ["Cmd.exe"], caseSensitive: true },
    { [modern]: `"a.b" = 'Cmd.exe'`, [duck]: `"a.b" = 'Cmd.exe'` },
  ],
  [
    { operator: "eq", values: [4688] },
    { [old]: `"a.b" = '4688'`, [postgres]: `"a.b" = '4688'` },
  ],
  [
    { operator: "eq", values: ["É"] },
    { [modern]: `lowerUTF8("a.b") = 'é'`, [postgres]: `lower("a.b") = 'é'` },
  ],
  [
    { operator: "eq", values: ["a", "B", "1"] },
    { [old]: `lower("a.b") IN ('a', 'b', '1')`, [postgres]: `lower("a.b") IN ('a', 'b', '1')` },
  ],
  [
    { operator: "contains", values: [path] },
    {
      [modern]: `positionCaseInsensitive("a.b", 'C:\\\\Temp\\\\') > 0`,
      [old]: `positionCaseInsensitive("a.b", 'C:\\\\Temp\\\\') > 0`,
      [postgres]: `"a.b" ILIKE '%C:\\\\Temp\\\\%'`,
      [duck]: `contains(lower("a.b"), 'c:\\temp\\')`,
    },
  ],
  [
    { operator: "contains", values: ["x", "Y"] },
    {
      [modern]: `multiSearchAnyCaseInsensitive("a.b", ['x', 'Y'])`,
      [postgres]: `"a.b" ILIKE ANY (ARRAY['%x%', '%Y%'])`,
    },
  ],
  [
    { operator: "contains", values: "abcdefghij".split("") },
    { [old]: `match("a.b", '(?i)(?:(?:a|b|c|d|e|f|g|h|i|j))')` },
  ],
  [
    { operator: "ends_with", values: ["\\cmd.EXE"] },
    {
      [modern]: `endsWith(lower("a.b"), '\\\\cmd.exe')`,
      [postgres]: `"a.b" ILIKE '%\\\\cmd.EXE'`,
      [duck]: `ends_with(lower("a.b"), '\\cmd.exe')`,
    },
  ],
  [
    { operator: "starts_with", values: ["x"], caseSensitive: true },
    { [old]: `startsWith("a.b", 'x')`, [duck]: `starts_with("a.b", 'x')` },
  ],
  [
    { operator: "wildcard", values: [pattern("a*b?%_c")] },
    {
      [modern]: `"a.b" ILIKE 'a%b_\\\\%\\\\_c'`,
      [old]: `match("a.b", '(?i)(?:^a.*b.%_c$)')`,
      [postgres]: `"a.b" ILIKE 'a%b_\\%\\_c'`,
      [duck]: `"a.b" ILIKE 'a%b_\\%\\_c' ESCAPE '\\'`,
    },
  ],
  [
    { operator: "regex_match", values: ["\\bcmd.exe$"] },
    {
      [modern]: `match("a.b", '(?i)(?:\\\\bcmd[^\\\\n]exe$)')`,
      [postgres]: `"a.b" ~* '\\ycmd[^\\n]exe$'`,
      [duck]: `regexp_matches("a.b", '\\bcmd.exe$', 'i')`,
    },
  ],
  [{ operator: "eq", values: [false], caseSensitive: true }, { [duck]: `lower("a.b") = 'false'` }],
  [{ operator: "eq", values: ["0100"] }, { [old]: `"a.b" IN ('0100', '100')` }],
  [{ operator: "regex_match", values: ["^a{3,600}"] }, { [postgres]: `"a.b" ~* '^a{3,255}a{0,255}a{0,90}'` }],
  [
    { operator: "regex_match", values: ["a(?!b)"] },
    { [old]: "refused regex: RE2 has no look-ahead.", [postgres]: `"a.b" ~* 'a(?!b)'` },
  ],
  [{ operator: "match", values: ["tool"] }, { [postgres]: `"a.b" ~* '(?:^|[^[:alnum:]])tool(?:[^[:alnum:]]|$)'` }],
  [
    { operator: "cidr_match", values: ["10.1.2.3/8"] },
    {
      [modern]: `toIPv4OrNull("a.b") BETWEEN toIPv4('10.0.0.0') AND toIPv4('10.255.255.255')`,
      [old]: `IPv4StringToNum("a.b") BETWEEN IPv4StringToNum('10.0.0.0') AND IPv4StringToNum('10.255.255.255')`,
      [duck]: `regexp_matches("a.b", '^10[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}$')`,
    },
  ],
  [
    { operator: "cidr_match", values: ["2000::/3"] },
    { [duck]: `regexp_matches("a.b", '^[23][0-9a-f]{3}:[0-9a-f:]+$', 'i')` },
  ],
  [
    { operator: "cidr_match", values: ["64:ff9b::/96"] },
    { [duck]: "refused operator: DuckDB cannot tell addresses of 64:ff9b::/96 by their text." },
  ],
  [{ operator: "cidr_match", values: ["10.0.0.*"] }, { [old]: "refused value-type: 10.0.0.* is no network." }],
  [
    { operator: "ge", values: ["40"] },
    {
      [old]: `toFloat64OrNull("a.b") >= 40`,
      [postgres]: `CASE WHEN "a.b" ~ '^[+-]?[0-9]+([.][0-9]+)?$' THEN CAST("a.b" AS numeric) END >= 40`,
      [duck]: `TRY_CAST("a.b" AS DOUBLE) >= 40`,
    },
  ],
  [
    { operator: "lt", values: ["b"] },
    { [old]: `"a.b" < 'b'`, [postgres]: `"a.b" COLLATE "C" < 'b'` },
  ],
  [{ operator: "exists" }, { [modern]: `"a.b" IS NOT NULL` }],
  [{ operator: "is_null" }, { [duck]: `"a.b" IS NULL` }],
  [
    { operator: "ends_with_field", others: ["c.d"], caseSensitive: true },
    {
      [old]: `endsWith("a.b", "c.d")`,
      [postgres]: `right("a.b", length("c.d")) = "c.d"`,
      [duck]: `ends_with("a.b", "c.d")`,
    },
  ],
  [{ operator: "contains", values: ["x"], field: null }, { [duck]: `contains(lower("event.original"), 'x')` }],
  [
    { operator: "exists", field: "a.*" },
    { [duck]: "refused no-field: a.* stands for several columns, of which SQL has to be told each." },
  ],
];

const expectations = table.flatMap(([asked, texts]) =>
  Object.entries(texts).map(([id, text]) => [id, JSON.stringify(asked), asked, text] as const),
);

test.each(expectations)("%s: %s", (id, _, asked, text) => {
  expect(write(id, asked)).toBe(text);
});

test("a key of a JSON column is read as text", () => {
  const texts = sqlJsonPlatforms.map(({ id }) => write(id, { operator: "eq", values: ["x"], caseSensitive: true }));
  expect(texts).toEqual([
    `JSONExtract("event", 'a.b', 'Nullable(String)') = 'x'`,
    `if(visitParamHas("event", 'a.b'), visitParamExtractString("event", 'a.b'), NULL) = 'x'`,
    `"event"->>'a.b' = 'x'`,
    `("event"->>'a.b') = 'x'`,
  ]);
});

test("PostgreSQL shortens names that it would cut off, and says so", () => {
  const long = "azure.auditlogs.properties.target_resources.0.modified_properties.0.new_value";
  const platform = sqlPlatforms.find((one) => one.id === postgres);
  if (platform === undefined) throw new Error("No PostgreSQL.");
  const name = sqlColumn(platform, long);
  expect(new TextEncoder().encode(name).length).toBe(63);
  expect(sqlColumn(platform, `${long}s`)).not.toBe(name);
  const written = platform.dialect.test({
    field: field(long),
    operator: "exists",
    values: [],
    others: [],
    quantifier: "any",
    caseSensitive: false,
    several: "any",
    guarded: false,
    regex: "re2",
  });
  expect(isRefused(written) ? [] : written.remarks?.map((one) => one.code)).toEqual(["unlisted-field"]);
});

describe("hostile texts stay in their literal", () => {
  const hostile = [
    "'",
    "''",
    "\\",
    "\\'",
    "'; DROP TABLE events; --",
    '"',
    "`",
    "$$",
    "/* */",
    "--",
    "\n-- ",
    "\r\n",
    "\t",
    "\0",
    "a\0'b",
    "\u2028",
    "é漢🙂",
    "E'x'",
    ["$", "{x}"].join(""),
    "%_\\",
    "x".repeat(100_000),
    "'".repeat(100_000),
    "\\".repeat(100_000),
  ];

  test.each([...sqlPlatforms, ...sqlJsonPlatforms].map((one) => one.id))("%s", (id) => {
    for (const text of hostile) {
      for (const operator of ["eq", "contains", "starts_with", "wildcard"] as const) {
        const values: Value[] = [
          operator === "wildcard"
            ? { type: "pattern", tokens: [{ type: "literal", text }, { type: "any" }, { type: "literal", text: "x" }] }
            : text,
        ];
        const written = write(id, {
          operator,
          values,
          caseSensitive: true,
          field: text.replaceAll("*", "x").slice(0, 50) || "x",
        });
        const { literals } = checkQueryOf(id)(written);
        const never = text.includes("\0") && id.startsWith(postgres);
        expect(
          never ? written.startsWith("refused value-type") : literals.some((one) => one.includes(text)),
          `${operator} ${written.slice(0, 200)}`,
        ).toBe(true);
      }
    }
  });
});
