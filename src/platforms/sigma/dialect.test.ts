import { expect, test } from "vitest";
import { lower, parse } from "../../languages/sigma/index.ts";
import type { Expression, Operator, Value } from "../../rule/expression.ts";
import { type Condition, isRefused, type TargetField, type Test } from "../platform.ts";
import { checkQuery } from "./check.testing.ts";
import { detectionOf } from "./detection.ts";
import { sigmaDialect } from "./dialect.ts";
import { printDocuments } from "./document.ts";

const field = (name: string, type: TargetField["type"] = "keyword"): TargetField => ({
  name,
  canonical: null,
  type,
  listed: true,
});

function conditionOf(operator: Operator, values: readonly Value[], more: Partial<Test> = {}): Condition | null {
  const written = sigmaDialect.test({
    field: field("CommandLine"),
    operator,
    values,
    others: [],
    quantifier: "any",
    caseSensitive: false,
    several: "any",
    guarded: false,
    regex: "pcre",
    ...more,
  });
  return isRefused(written) ? null : { type: "written", written };
}

function ruleOf(condition: Condition): string {
  const none = { start: 0, end: 0 };
  const logsource = { type: "logsource" as const, entries: { product: "windows" }, span: none };
  const detection = detectionOf(condition);
  const metadata = { title: "A test", status: "test" };
  return printDocuments([{ type: "rule", action: null, metadata, logsource, detection, span: none }]);
}

/** What the detection says, the indent of its block left out. */
function detectionText(condition: Condition): string {
  const text = ruleOf(condition);
  expect(checkQuery(text).problems, text).toEqual([]);
  return text.slice(text.indexOf("detection:\n") + 11).replaceAll(/^ {4}/gmu, "");
}

function expressionOf(text: string): Expression | undefined {
  const filter = lower(parse(text).ast).stages.find((one) => one.type === "filter");
  return filter?.type === "filter" ? filter.expression : undefined;
}

const cased = { caseSensitive: true };
const wild: Value = {
  type: "pattern",
  tokens: [{ type: "literal", text: "a\\" }, { type: "any" }, { type: "literal", text: "b?" }, { type: "one" }],
};

test.each<[Operator, readonly Value[], Partial<Test>, string]>([
  ["eq", ["whoami"], {}, "CommandLine: whoami"],
  ["eq", ["whoami"], cased, "CommandLine|cased: whoami"],
  ["eq", [4624], {}, "CommandLine: 4624"],
  ["eq", ["4624"], { field: field("EventID", "number") }, "EventID: 4624"],
  ["eq", ["4624"], {}, "CommandLine: '4624'"],
  ["eq", ["a*b?c\\\\d\\"], {}, "CommandLine: 'a\\*b\\?c\\\\\\d\\'"],
  ["wildcard", [wild], {}, "CommandLine: 'a\\\\*b\\??'"],
  ["contains", ["C:\\Users\\"], {}, "CommandLine|contains: 'C:\\Users\\'"],
  ["starts_with", ["a"], cased, "CommandLine|startswith|cased: a"],
  ["ends_with", ["\\cmd.exe", "\\sh.exe"], {}, "CommandLine|endswith:\n        - '\\cmd.exe'\n        - '\\sh.exe'"],
  ["contains", ["a", "b"], { quantifier: "all" }, "CommandLine|contains|all:\n        - a\n        - b"],
  ["regex_match", ["a\\d+"], cased, "CommandLine|re: 'a\\d+'"],
  ["regex_match", ["a\\d+"], {}, "CommandLine|re|i: 'a\\d+'"],
  ["regex_match", ["^(?:a.b)$"], { ...cased, regex: "lucene" }, "CommandLine|re: '(?s)^(?:a.b)$'"],
  ["match", ["net"], {}, "CommandLine|re|i: '(?:^|[^\\p{L}\\p{N}])net(?:[^\\p{L}\\p{N}]|$)'"],
  ["cidr_match", ["10.0.0.0/8"], {}, "CommandLine|cidr: '10.0.0.0/8'"],
  ["gt", ["10"], {}, "CommandLine|gt: 10"],
  ["exists", [], {}, "CommandLine|exists: true"],
  ["is_null", [], {}, "CommandLine: null"],
  ["eq_field", [], { others: [field("ParentCommandLine")] }, "CommandLine|fieldref: ParentCommandLine"],
  ["ends_with_field", [], { others: [field("Image")] }, "CommandLine|fieldref|endswith: Image"],
])("writes %s %j with %j", (operator, values, more, text) => {
  const condition = conditionOf(operator, values, more);
  expect(condition).not.toBeNull();
  if (condition !== null) expect(detectionText(condition)).toBe(`selection:\n    ${text}\ncondition: selection`);
});

test.each<[Operator, readonly Value[], Partial<Test>]>([
  ["gt", ["1.2.3"], {}],
  ["lt_field", [], { others: [field("Image")] }],
  ["eq", ["x"], { field: field("a|re") }],
  ["gt", [1], { field: null }],
])("refuses %s %j", (operator, values, more) => {
  expect(conditionOf(operator, values, more)).toBeNull();
});

function all(...operands: readonly (Condition | null)[]): Condition {
  return { type: "and", operands: operands.filter((one) => one !== null) };
}

function any(...operands: readonly (Condition | null)[]): Condition {
  return { type: "or", operands: operands.filter((one) => one !== null) };
}

function not(operand: Condition | null): Condition {
  return { type: "not", operand: operand ?? any() };
}

const image = (text: string): Condition | null => conditionOf("ends_with", [text], { field: field("Image") });
const line = (text: string): Condition | null => conditionOf("contains", [text]);
const word = (text: string): Condition | null => conditionOf("match", [text], { field: null });

test("gathers tests that must hold together into one map", () => {
  expect(detectionText(all(image("a"), line("b")))).toBe(
    "selection:\n    Image|endswith: a\n    CommandLine|contains: b\ncondition: selection",
  );
  expect(detectionText(all(line("a"), line("b")))).toBe(
    "selection:\n    CommandLine|contains: a\nselection_2:\n    CommandLine|contains: b\ncondition: selection and selection_2",
  );
});

test("writes alternatives as a list of maps, and exclusions as filters", () => {
  const condition = all(any(all(image("a"), line("b")), image("c")), image("d"), not(any(line("e"), image("f"))));
  expect(detectionText(condition)).toBe(
    [
      "selection_image:",
      "    Image|endswith: d",
      "selection_fields:",
      "    - Image|endswith: a",
      "      CommandLine|contains: b",
      "    - Image|endswith: c",
      "filter_main_commandline:",
      "    CommandLine|contains: e",
      "filter_main_image:",
      "    Image|endswith: f",
      "condition: 'all of selection_* and not 1 of filter_main_*'",
    ].join("\n"),
  );
});

test("keeps keywords beside fields, and a not inside of alternatives", () => {
  expect(detectionText(all(any(word("x"), word("z")), image("a")))).toContain(
    "selection_keywords:\n    - x\n    - z\n",
  );
  const nested = any(all(image("a"), not(line("b"))), image("c"));
  const text = detectionText(nested);
  expect(text.slice(text.indexOf("condition:"))).toBe(
    "condition: selection_image or selection_image_2 and not selection_commandline",
  );
});

test.each([
  '" or 1 = 1',
  "'",
  "\\",
  "\\\\",
  "\\*",
  "a\\\\*?",
  "line\nend\r\n\ttab",
  "nul\u0000",
  "# comment",
  "- item: [x, {y: z}]",
  "!!python/object &anchor *alias",
  "%placeholder%",
  "---\ntitle: other",
  "\u2028\u2029\u0085\ufeff",
  "ünïcödé 🜁",
  " blanks ",
  "true",
  "null",
  "~",
  "1e3",
  "0x10",
  "2026-01-01",
  "long\\ ".repeat(17_000),
])("reads a hostile value back, number %#", (value) => {
  for (const operator of ["eq", "contains", "starts_with", "ends_with"] as const) {
    const condition = conditionOf(operator, [value]);
    if (condition === null) throw new Error("Nothing was written.");
    const text = ruleOf(condition);
    expect(checkQuery(text).problems).toEqual([]);
    const read = expressionOf(text);
    expect(read).toMatchObject({ type: "predicate", operator, values: [value], field: { raw: "CommandLine" } });
  }
});
