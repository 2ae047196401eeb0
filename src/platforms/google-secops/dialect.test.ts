import { describe, expect, test } from "vitest";
import { yaraL } from "../../languages/yara-l/index.ts";
import { describeExpression } from "../../rule/describe.ts";
import type { Operator, Value } from "../../rule/expression.ts";
import { isRefused, type TargetField, type Test } from "../platform.ts";
import { checkQuery } from "./check.testing.ts";
import { yaraDialect } from "./dialect.ts";
import { eventMark } from "./literals.ts";

const field = (name: string): TargetField => ({ name, canonical: null, type: "keyword", listed: true });
const line = "target.process.command_line";

function asked(operator: Operator, values: readonly Value[], more: Partial<Test> = {}): Test {
  return {
    field: field(line),
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
}

function ask(operator: Operator, values: readonly Value[], more: Partial<Test> = {}): string {
  const written = yaraDialect.test(asked(operator, values, more));
  if (isRefused(written)) return `refused: ${written.code}`;
  const remarks = (written.remarks ?? []).map((one) => ` ! ${one.code}`).join("");
  return `${written.text.replaceAll(eventMark, "$e")}${remarks}`;
}

/** What our own parser takes a condition for. */
function meaning(text: string): string {
  const rule = `rule r {\n  events:\n    ${text.replace(/ ! .*$/u, "")}\n  condition:\n    $e\n}`;
  expect(checkQuery(rule).problems, rule).toEqual([]);
  const stage = yaraL.lower(yaraL.parse(rule).ast).stages.find((one) => one.type === "filter");
  return stage?.type === "filter" ? describeExpression(stage.expression).replaceAll(line, "line") : "";
}

const cased = { caseSensitive: true };
const under = { negated: true };
const on = (name: string, more: Partial<Test> = {}): Partial<Test> => ({ ...more, field: field(name) });
const wild: Value = {
  type: "pattern",
  tokens: [{ type: "literal", text: "a" }, { type: "any" }, { type: "literal", text: "b.c" }, { type: "one" }],
};
const anything: Value = { type: "pattern", tokens: [{ type: "any" }] };
const key = 'additional.fields["k"]';

describe("conditions", () => {
  test.each<[Operator, readonly Value[], Partial<Test>, string, string]>([
    ["eq", ["Net"], cased, '$e.target.process.command_line = "Net"', "line eq Net"],
    ["eq", ["Net"], {}, '$e.target.process.command_line = "Net" nocase', "line eq Net"],
    ["eq", ["4624"], {}, '$e.target.process.command_line = "4624"', "line eq 4624"],
    ["eq", [4624], {}, '$e.target.process.command_line = "4624"', "line eq 4624"],
    ["eq", [true], cased, '$e.target.process.command_line = "true" nocase', "line eq true"],
    ["eq", [""], {}, "refused: missing-field", ""],
    ["eq", [""], under, '$e.target.process.command_line = "" ! missing-field', "line is_null"],
    [
      "eq",
      ["a\u0000b"],
      {},
      "re.regex($e.target.process.command_line, `^a\\x{00}b$`) nocase",
      "line regex_match ^a\\x{00}b$",
    ],
    [
      "contains",
      ["\\Net"],
      {},
      'strings.contains(strings.to_lower($e.target.process.command_line), "\\\\net")',
      "line contains \\net",
    ],
    [
      "contains",
      ["\\Net"],
      cased,
      'strings.contains($e.target.process.command_line, "\\\\Net")',
      "line contains \\Net",
    ],
    ["contains", ["10.0"], {}, 'strings.contains($e.target.process.command_line, "10.0")', "line contains 10.0"],
    ["contains", [""], {}, '$e.target.process.command_line != ""', "line exists"],
    [
      "starts_with",
      ["A"],
      {},
      'strings.starts_with(strings.to_lower($e.target.process.command_line), "a")',
      "line starts_with a",
    ],
    ["ends_with", ["a"], cased, 'strings.ends_with($e.target.process.command_line, "a")', "line ends_with a"],
    [
      "wildcard",
      [wild],
      {},
      "re.regex($e.target.process.command_line, `(?s)^a.*b\\.c.$`) nocase",
      "line regex_match (?s)^a.*b\\.c.$",
    ],
    [
      "wildcard",
      [wild],
      cased,
      "re.regex($e.target.process.command_line, `(?s)^a.*b\\.c.$`)",
      "line regex_match (?s)^a.*b\\.c.$",
    ],
    ["wildcard", [anything], {}, '$e.target.process.command_line != ""', "line exists"],
    [
      "regex_match",
      ["a`b\\d+"],
      cased,
      "re.regex($e.target.process.command_line, `a\\x{60}b\\d+`)",
      "line regex_match a\\x{60}b\\d+",
    ],
    ["regex_match", ["(?i)a"], cased, "re.regex($e.target.process.command_line, `a`) nocase", "line regex_match a"],
    [
      "regex_match",
      ["a*"],
      {},
      're.regex($e.target.process.command_line, `a*`) nocase and $e.target.process.command_line != ""',
      "(line regex_match a* or line is_null) and line exists",
    ],
    ["regex_match", ["a(?=b)"], cased, "refused: regex", ""],
    [
      "match",
      ["net"],
      {},
      "re.regex($e.target.process.command_line, `(?:^|[^\\p{L}\\p{N}])net(?:[^\\p{L}\\p{N}]|$)`) nocase ! words",
      "line regex_match (?:^|[^\\p{L}\\p{N}])net(?:[^\\p{L}\\p{N}]|$)",
    ],
    ["exists", [], {}, '$e.target.process.command_line != ""', "line exists"],
    ["is_null", [], {}, '$e.target.process.command_line = ""', "line is_null"],
    ["gt", [5], on(key), 'cast.as_int($e.additional.fields["k"]) > 5', 'additional.fields["k"] gt 5'],
    [
      "lt",
      ["5"],
      on(key),
      'cast.as_int($e.additional.fields["k"]) < 5 and $e.additional.fields["k"] != ""',
      '(additional.fields["k"] lt 5 or additional.fields["k"] is_null) and additional.fields["k"] exists',
    ],
    ["ge", [1.5], on(key), 'cast.as_float($e.additional.fields["k"]) >= 1.5', 'additional.fields["k"] ge 1.5'],
    ["gt", ["x"], on(key), "refused: value-type", ""],
    ["gt", [-1], on(key), "refused: value-type", ""],
    [
      "eq_field",
      [],
      { others: [field("principal.hostname")] },
      '$e.target.process.command_line = $e.principal.hostname nocase and $e.target.process.command_line != ""',
      "(line eq_field principal.hostname or (line is_null and principal.hostname is_null)) and line exists",
    ],
    [
      "contains_field",
      [],
      { ...cased, others: [field("principal.hostname")] },
      'strings.contains($e.target.process.command_line, $e.principal.hostname) and $e.principal.hostname != ""',
      "line contains_field principal.hostname and principal.hostname exists",
    ],
    [
      "lt_field",
      [],
      { others: [field(key)] },
      'cast.as_int($e.target.process.command_line) < cast.as_int($e.additional.fields["k"]) and $e.target.process.command_line != "" and $e.additional.fields["k"] != ""',
      'line lt_field additional.fields["k"] and line exists and additional.fields["k"] exists',
    ],
    [
      "eq",
      ["a"],
      on('additional.fields["a"b\\"]'),
      '$e.additional.fields["a\\"b\\\\"] = "a" nocase',
      'additional.fields["a"b\\"] eq a',
    ],
    ["eq", ["a"], on("target.process; drop"), "refused: no-field", ""],
    ["eq", ["a"], { field: null }, "refused: keyword", ""],
  ])("%s %j %j", (operator, values, more, text, means) => {
    expect(ask(operator, values, more)).toBe(text);
    expect(text.startsWith("refused") ? "" : meaning(text)).toBe(means);
  });
});

describe("fields that hold no text, or several", () => {
  test.each<[Operator, readonly Value[], Partial<Test>, string, string]>([
    ["eq", ["443"], on("target.port"), "$e.target.port = 443", "target.port eq 443"],
    ["eq", ["https"], on("target.port"), "refused: value-type", ""],
    ["contains", ["44"], on("target.port"), "refused: value-type", ""],
    ["eq", [0], on("target.port"), "refused: missing-field", ""],
    [
      "eq",
      [0],
      on("target.port", under),
      "$e.target.port = 0 ! missing-field",
      "target.port eq 0 or target.port is_null",
    ],
    [
      "lt",
      [1024],
      on("target.port"),
      "$e.target.port < 1024 and $e.target.port != 0 ! missing-field",
      "(target.port lt 1024 or target.port is_null) and not (target.port eq 0 or target.port is_null)",
    ],
    [
      "lt",
      [1024],
      on("target.port", under),
      "$e.target.port < 1024 ! missing-field",
      "target.port lt 1024 or target.port is_null",
    ],
    ["gt", [1024], on("target.port"), "$e.target.port > 1024", "target.port gt 1024"],
    [
      "exists",
      [],
      on("target.port"),
      "$e.target.port != 0 ! missing-field",
      "not (target.port eq 0 or target.port is_null)",
    ],
    ["is_null", [], on("target.port"), "refused: missing-field", ""],
    ["eq", [true], on("network.is_proxy"), "$e.network.is_proxy = true", "network.is_proxy eq true"],
    ["eq", ["false"], on("network.is_proxy"), "refused: missing-field", ""],
    [
      "eq",
      ["false"],
      on("network.is_proxy", under),
      "$e.network.is_proxy = false ! missing-field",
      "network.is_proxy eq false or network.is_proxy is_null",
    ],
    ["eq", ["tcp"], on("network.ip_protocol"), '$e.network.ip_protocol = "TCP"', "network.ip_protocol eq TCP"],
    ["eq", ["a b"], on("network.ip_protocol"), "refused: value-type", ""],
    [
      "eq",
      ["egress"],
      on("network.direction"),
      '$e.network.direction = "OUTBOUND" ! other-form',
      "network.direction eq OUTBOUND",
    ],
    [
      "eq",
      ["TXT"],
      on("network.dns.questions.type"),
      "$e.network.dns.questions.type = 16",
      "network.dns.questions.type eq 16",
    ],
    [
      "eq",
      ["success"],
      on("security_result.action"),
      '$e.security_result.action = "ALLOW" ! other-form',
      "security_result.action eq ALLOW",
    ],
    ["eq", ["a"], on("target.file.names", under), 'any $e.target.file.names = "a" nocase', "target.file.names eq a"],
    [
      "eq",
      ["a"],
      on("target.file.names", { ...under, several: "all" }),
      'all $e.target.file.names = "a" nocase',
      "target.file.names eq a",
    ],
    [
      "contains",
      ["a"],
      on("target.file.names", under),
      'strings.contains(strings.to_lower(any $e.target.file.names), "a")',
      "target.file.names contains a",
    ],
    [
      "cidr_match",
      ["10.0.0.0/8"],
      on("principal.ip", under),
      'net.ip_in_range_cidr(any $e.principal.ip, "10.0.0.0/8")',
      "principal.ip cidr_match 10.0.0.0/8",
    ],
    [
      "cidr_match",
      ["::1"],
      on("principal.ip"),
      'net.ip_in_range_cidr($e.principal.ip, "::1/128")',
      "principal.ip cidr_match ::1/128",
    ],
    ["cidr_match", ["here"], on("principal.ip"), "refused: value-type", ""],
  ])("%s %j %j", (operator, values, more, text, means) => {
    expect(ask(operator, values, more)).toBe(text);
    expect(text.startsWith("refused") ? "" : meaning(text)).toBe(means);
  });
});

test("many values are one expression", () => {
  const values = Array.from({ length: 61 }, (_, at) => `v${at}.exe`);
  const text = ask("ends_with", values);
  expect(text).toMatch(
    /^re\.regex\(\$e\.target\.process\.command_line, `\(\?:v0\\\.exe\|v1\\\.exe\|.*\)\$`\) nocase$/u,
  );
  expect(yaraDialect.takesSeveral(asked("eq", values))).toBe(true);
  expect(yaraDialect.takesSeveral(asked("eq", ["a", "b"]))).toBe(false);
});

const hostile = [
  '"',
  "\\",
  "`",
  "\n",
  "\r\n",
  "$e",
  "/* */",
  "//",
  "\u2028",
  "\u0085",
  "\u0000",
  "é😀",
  "\ud800",
  "a".repeat(100_000),
  '" or $e.a = "',
  "`) or re.regex($e.a, `",
];

test.each(hostile)("%j stays in its literal", (text) => {
  for (const operator of ["eq", "contains", "wildcard"] as const) {
    const value: Value =
      operator === "wildcard" ? { type: "pattern", tokens: [{ type: "literal", text }, { type: "one" }] } : `x${text}`;
    const written = ask(operator, [value], cased);
    const { problems, literals } = checkQuery(`rule r {\n  events:\n    ${written}\n  condition:\n    $e\n}`);
    expect(problems).toEqual([]);
    expect(literals).toHaveLength(1);
    const plain = literals[0]?.replace(/\\([\W_])/gu, "$1") ?? "";
    expect(literals[0]?.includes(text) === true || plain.includes(text.replace(/\\([\W_])/gu, "$1"))).toBe(true);
  }
});
