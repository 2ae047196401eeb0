import { describe, expect, test } from "vitest";
import { condition } from "../../languages/kusto/lower/testing.ts";
import type { Operator, Value } from "../../rule/expression.ts";
import { isRefused, type TargetField, type Test } from "../platform.ts";
import { checkQuery } from "./check.testing.ts";
import { kustoDialect } from "./dialect.ts";

const types = {
  EventID: "number",
  Port: "number",
  IsInteractive: "boolean",
  EventData: "dynamic",
  RequestParameters: "json",
  TargetResources: "array",
  "TargetResources.modifiedProperties": "array",
  Annotations: "keyed",
  TimeGenerated: "time",
};

const field = (name: string, listed = true): TargetField => ({ name, canonical: null, type: "keyword", listed, types });

function written(operator: Operator, values: readonly Value[], more: Partial<Test> = {}): string {
  const asked: Test = {
    field: field("A"),
    operator,
    values,
    others: [],
    quantifier: "any",
    caseSensitive: false,
    several: "any",
    guarded: false,
    regex: "pcre",
    ...more,
  };
  const found = kustoDialect.test(asked);
  return isRefused(found) ? `refused: ${found.code}` : found.text;
}

const cased = { caseSensitive: true };
const any: Value = { type: "pattern", tokens: [{ type: "any" }] };
const inside: Value = {
  type: "pattern",
  tokens: [{ type: "any" }, { type: "literal", text: "a.b" }, { type: "any" }, { type: "literal", text: "c" }],
};
const single: Value = { type: "pattern", tokens: [{ type: "literal", text: "v" }, { type: "one" }] };
const open: Value = { type: "pattern", tokens: [{ type: "literal", text: "net" }, { type: "any" }] };

/** Operator, values, what else is asked, the text, and what our parser reads in it. */
const tests: readonly (readonly [Operator, readonly Value[], Partial<Test>, string, string])[] = [
  ["eq", ["whoami"], {}, 'A =~ "whoami"', 'A eq~ "whoami"'],
  ["eq", ["whoami"], cased, 'A == "whoami"', 'A eq "whoami"'],
  ["eq", ["4624"], {}, 'A == "4624"', 'A eq "4624"'],
  ["eq", [4624], {}, 'A == "4624"', 'A eq "4624"'],
  ["eq", [true], cased, 'A =~ "true"', 'A eq~ "true"'],
  ["eq", ["a", "b"], {}, 'A in~ ("a", "b")', 'A eq~ "a" "b"'],
  ["eq", ["a", "b"], cased, 'A in ("a", "b")', 'A eq "a" "b"'],
  ["eq", [""], {}, "isempty(A)", '(or A is_null A eq "")'],
  ["eq", ["C:\\a b.exe"], {}, 'A =~ @"C:\\a b.exe"', 'A eq~ "C:\\\\a b.exe"'],
  ["contains", ["net user"], {}, 'A contains "net user"', 'A contains~ "net user"'],
  ["contains", ["net user"], cased, 'A contains_cs "net user"', 'A contains "net user"'],
  ["starts_with", ["a"], {}, 'A startswith "a"', 'A starts_with~ "a"'],
  ["ends_with", ["\\cmd.exe"], cased, 'A endswith_cs @"\\cmd.exe"', 'A ends_with "\\\\cmd.exe"'],
  ["wildcard", [inside], {}, 'A matches regex @"(?is)a\\.b.*c$"', 'A regex_match~ "(?is)a\\\\.b.*c$"'],
  ["wildcard", [single], cased, 'A matches regex "(?s)^v.$"', 'A regex_match "(?s)^v.$"'],
  ["wildcard", [any], {}, "isnotempty(A)", '(and A exists (not A eq ""))'],
  ["regex_match", ["a\\d+"], cased, 'A matches regex @"a\\d+"', 'A regex_match "a\\\\d+"'],
  ["regex_match", ["a\\d+"], {}, 'A matches regex @"(?i)a\\d+"', 'A regex_match~ "(?i)a\\\\d+"'],
  ["regex_match", ["a(?=b)"], cased, "refused: regex", ""],
  ["match", ["net"], {}, 'A has "net"', 'A match~ "net"'],
  ["match", ["net"], cased, 'A has_cs "net"', 'A match "net"'],
  ["match", [open], {}, 'A hasprefix "net"', "A match~ net*"],
  ["match", ["a", "b"], {}, 'A has_any ("a", "b")', 'A match~ "a" "b"'],
  ["match", ["a", "b"], { quantifier: "all" }, 'A has_all ("a", "b")', 'A match~ "a" "b"'],
  ["cidr_match", ["10.0.0.0/8"], {}, 'ipv4_is_in_range(A, "10.0.0.0/8")', 'A cidr_match "10.0.0.0/8"'],
  [
    "cidr_match",
    ["10.0.0.0/8", "fe80::/10"],
    { guarded: true },
    'coalesce(ipv4_is_in_range(A, "10.0.0.0/8"), false) or coalesce(ipv6_is_in_range(A, "fe80::/10"), false)',
    '(or A cidr_match "10.0.0.0/8" A cidr_match "fe80::/10")',
  ],
  ["gt", [5], {}, "todouble(A) > 5", "A{resolved A} gt 5"],
  ["gt", ["5"], { field: field("EventID") }, "EventID > 5", "EventID gt 5"],
  ["le", [5], { field: field("EventID"), guarded: true }, "coalesce(EventID <= 5, false)", "EventID le 5"],
  ["lt", ["1.2.3"], {}, "refused: value-type", ""],
  ["exists", [], {}, "isnotempty(A)", '(and A exists (not A eq ""))'],
  ["is_null", [], {}, "isempty(A)", '(or A is_null A eq "")'],
  ["exists", [], { field: field("EventID") }, "isnotnull(EventID)", "EventID exists"],
  ["eq", ["1", 2], { field: field("EventID") }, "EventID in (1, 2)", "EventID eq 1 2"],
  ["eq", ["0x10"], { field: field("EventID") }, "EventID == 16", "EventID eq 16"],
  ["eq", ["x"], { field: field("EventID") }, 'tostring(EventID) =~ "x"', 'EventID{resolved EventID} eq~ "x"'],
  [
    "starts_with",
    ["46"],
    { field: field("EventID") },
    'tostring(EventID) startswith "46"',
    'EventID{resolved EventID} starts_with~ "46"',
  ],
  ["eq", ["TRUE"], { field: field("IsInteractive") }, "IsInteractive == true", "IsInteractive eq true"],
  [
    "ends_with",
    ["\\a.exe"],
    { field: field("EventData.Image") },
    'tostring(EventData.Image) endswith @"\\a.exe"',
    'EventData.Image{resolved EventData.Image} ends_with~ "\\\\a.exe"',
  ],
  [
    "eq",
    ["x"],
    { field: field("EventData.Threat Name") },
    'tostring(EventData["Threat Name"]) =~ "x"',
    'EventData.Threat Name{resolved EventData.Threat Name} eq~ "x"',
  ],
  [
    "eq",
    ["x"],
    { field: field("RequestParameters.userName") },
    'tostring(parse_json(RequestParameters).userName) =~ "x"',
    'RequestParameters.userName{resolved RequestParameters.userName} eq~ "x"',
  ],
  [
    "eq",
    ["x"],
    { field: field("TargetResources.modifiedProperties.newValue") },
    'tostring(TargetResources[0].modifiedProperties[0].newValue) =~ "x"',
    'TargetResources.modifiedProperties.newValue{resolved TargetResources.modifiedProperties.newValue} eq~ "x"',
  ],
  [
    "eq",
    ["allow"],
    { field: field("Annotations.authorization.k8s.io/decision") },
    'tostring(Annotations["authorization.k8s.io/decision"]) =~ "allow"',
    'Annotations.authorization.k8s.io/decision{resolved Annotations.authorization.k8s.io/decision} eq~ "allow"',
  ],
  [
    "eq",
    ["x"],
    { field: field("process.args_count", false) },
    'column_ifexists("process.args_count", "") =~ "x"',
    'process.args_count{resolved process.args_count} eq~ "x"',
  ],
  [
    "eq_field",
    [],
    { others: [field("B")] },
    "isnotempty(A) and A =~ B",
    '(and A exists (not A eq "") A eq_field~ "B")',
  ],
  [
    "starts_with_field",
    [],
    { ...cased, others: [field("B")] },
    "isnotempty(B) and A startswith_cs B",
    '(and B exists (not B eq "") A starts_with_field "B")',
  ],
  ["lt_field", [], { field: field("EventID"), others: [field("Port")] }, "EventID < Port", 'EventID lt_field "Port"'],
  ["contains", ["x"], { field: null }, '* contains "x"', '* contains~ "x"'],
  ["match", ["x"], { field: null }, '* has "x"', '* match~ "x"'],
  ["wildcard", [inside], { field: null }, "refused: keyword", ""],
  ["exists", [], { field: field("TimeGenerated") }, "isnotnull(TimeGenerated)", "TimeGenerated exists"],
];

test.each(tests)("%s %j %j", (operator, values, more, text, read) => {
  expect(written(operator, values, more)).toBe(text);
  if (text.startsWith("refused")) return;
  expect(checkQuery(`T | where ${text}`).problems).toEqual([]);
  expect(condition(text)).toBe(read);
});

test.each([
  ["isempty(A)", "isnotempty(A)"],
  ["isnotempty(tostring(A.b))", "isempty(tostring(A.b))"],
  ["isnull(A)", "isnotnull(A)"],
  ['A == "x"', 'not(A == "x")'],
  ['(A == "x" or isempty(A))', 'not(A == "x" or isempty(A))'],
  ["isempty(A) or isempty(B)", "not(isempty(A) or isempty(B))"],
])("the denial of %s is %s", (text, denied) => {
  expect(kustoDialect.not(text)).toBe(denied);
});

describe("hostile texts stay in their literal", () => {
  const texts = [
    '"',
    '\\"',
    "\\",
    "a\\",
    "'",
    "`````",
    "\n| take 1",
    "\r\n",
    "\u2028",
    "\u0085",
    "\0",
    "\ud800",
    "😀",
    "\u202eevil",
    "// x",
    '" or true or "',
    '""',
    '@"',
    "$" + "{x}",
    "Ärger",
    "x".repeat(100_000),
  ];
  test.each(texts)("%j", (text) => {
    for (const operator of ["eq", "contains", "starts_with", "ends_with"] as const) {
      const { problems, literals } = checkQuery(`T | where ${written(operator, [text])}`);
      expect(problems).toEqual([]);
      expect(literals).toEqual([text]);
    }
    const named = checkQuery(`T | where ${written("eq", ["v"], { field: field(text.slice(0, 100)) })}`);
    expect(named.problems).toEqual([]);
    expect(named.literals).toContain("v");
    const below = checkQuery(`T | where ${written("eq", ["v"], { field: field(`EventData.${text.slice(0, 100)}`) })}`);
    expect(below.problems).toEqual([]);
    expect(below.literals).toContain("v");
  });
});
