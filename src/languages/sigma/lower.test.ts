import { describe, expect, test } from "vitest";
import { lower, lowerDocument, parse } from "./index.ts";
import { filterOf, ruleOf, stagesOf } from "./testing.ts";

/** One item, lowered. */
function item(...lines: readonly string[]): string {
  return filterOf("sel:", ...lines.map((line) => `    ${line}`), "condition: sel");
}

describe("values", () => {
  test.each([
    ["Image: 'C:\\a.exe'", 'Image eq "C:\\\\a.exe"'],
    ["Image: '*\\a.exe'", 'Image ends_with "\\\\a.exe"'],
    ["Image: 'C:\\a*'", 'Image starts_with "C:\\\\a"'],
    ["Image: '*a*'", 'Image contains "a"'],
    ["Image: 'a*b'", "Image wildcard a*b"],
    ["Image: 'a?'", "Image wildcard a?"],
    ["Image: '*'", "Image exists"],
    ["Image: '\\*'", 'Image eq "*"'],
    ["EventID: 1", "EventID eq 1"],
    ["EventID: '1'", 'EventID eq "1"'],
    ["Ratio: 1.5", "Ratio eq 1.5"],
    ["Code: 0x1F", "Code eq 31"],
    ["Code: 00000429", 'Code eq "00000429"'],
    ["Hash: 12e4", 'Hash eq "12e4"'],
    ["Id: 12345678901234567890", 'Id eq "12345678901234567890"'],
    ["Flag: true", "Flag eq true"],
    ["Field: null", "Field is_null"],
    ["Field:", "Field is_null"],
    ["Field: ''", 'Field eq ""'],
    ["EventID: [1, 2]", "EventID eq 1 2"],
    ["Field: ['', '-', null]", '(Field eq "" "-" or Field is_null)'],
    ["Field: ['a', '*b', 'c', 5]", '(Field eq "a" "c" 5 or Field ends_with "b")'],
  ])("%s", (line, expected) => {
    expect(item(line)).toBe(expected);
  });
});

describe("modifiers", () => {
  test.each([
    ["A|contains: x", 'A contains "x"'],
    ["A|contains: 5", 'A contains "5"'],
    ["A|contains: 'x*y'", "A wildcard *x*y*"],
    ["A|contains: '*x'", 'A contains "x"'],
    ["A|contains: ''", "A exists"],
    ["A|startswith: x", 'A starts_with "x"'],
    ["A|endswith: [x, y]", 'A ends_with "x" "y"'],
    ["A|endswith: 'x?'", "A wildcard *x?"],
    ["A|contains|all: [x, y]", 'A contains "x" "y" all'],
    ["A|contains|all: ['x', 'y*z']", '(A contains "x" and A wildcard *y*z*)'],
    ["A|cased: X", 'A eq "X" cased'],
    ["A|contains|cased: X", 'A contains "X" cased'],
    ["A|re: 'a.b'", 'A regex_match "a.b" cased'],
    ["A|re|i: 'a.b'", 'A regex_match "a.b"'],
    ["A|re|i|s|m: 'a.b'", 'A regex_match "(?ms)a.b"'],
    ["A|re: '(?i)a*'", 'A regex_match "(?i)a*" cased'],
    ["A|cidr: ['10.0.0.0/8', '::1/128']", 'A cidr_match "10.0.0.0/8" "::1/128"'],
    ["A|exists: true", "A exists"],
    ["A|exists: false", "not A exists"],
    ["A|lt: 1", "A lt 1"],
    ["A|lte: 1", "A le 1"],
    ["A|gt: 1.5", "A gt 1.5"],
    ["A|gte: [1, 2]", "A ge 1 2"],
    ["A|neq: x", 'not A eq "x"'],
    ["A|neq: [1, 2]", "not A eq 1 2"],
    ["A|contains|neq: x", 'not A contains "x"'],
    ["A|fieldref: B", 'A eq_field "B"'],
    ["A|fieldref|neq: B", 'not A eq_field "B"'],
    ["A|fieldref|endswith: B", 'A ends_with_field "B"'],
    ["A|fieldref|contains: B", 'A contains_field "B"'],
    ["A|expand: '%x%'", "A wildcard %x%"],
    ["A|contains|expand: 'a%x%'", "A wildcard *a%x%*"],
    ["A: '%x%'", 'A eq "%x%"'],
    ["A|windash|contains: ' -x'", 'A contains " -x" windash'],
    ["A|base64: x", 'A eq "x" base64'],
    ["A|base64offset|contains: x", 'A contains "x" base64offset'],
    ["A|wide|base64offset|contains: x", 'A contains "x" wide+base64offset'],
    ["A|utf16be|base64|contains: x", 'A contains "x" utf16be+base64'],
    ["A|hour|gte: 20", "A ge 20"],
    ["A|week: [1, 52]", "A eq 1 52"],
    ["A|contain: x", "opaque<modifiers without a meaning: A|contain>"],
    ["A|gt: x", "opaque<a value that the modifiers do not fit: A|gt>"],
    ["A: []", "opaque<an empty list of values: A>"],
    ["A: {b: c}", "opaque<a value that the modifiers do not fit: A>"],
  ])("%s", (line, expected) => {
    expect(item(line)).toBe(expected);
  });

  test("a part of a date is computed", () => {
    const [, filter] = stagesOf(ruleOf("sel:", "    Time|hour|gte: 20", "condition: sel"));
    expect(filter).toMatchObject({
      type: "filter",
      expression: {
        field: { raw: "Time", derivedFrom: { kind: "computed", text: "Time|hour", fields: ["Time"] } },
        operator: "ge",
        values: [20],
      },
    });
  });
});

describe("search identifiers", () => {
  test.each([
    ["a map is and", ["s:", "    A: 1", "    B: 2"], "(A eq 1 and B eq 2)"],
    ["a list of maps is or", ["s:", "    - A: 1", "    - B: 2", "      C: 3"], "(A eq 1 or (B eq 2 and C eq 3))"],
    ["keywords are or", ["s:", "    - one", "    - 't?o'", "    - 3"], '(* match "one" "3" or * wildcard *t?o*)'],
    ["keywords with all are and", ["s:", "    '|all':", "        - one", "        - two"], '* match "one" "two" all'],
    ["a single keyword", ["s: one"], '* match "one"'],
    [
      "keywords among maps",
      ["s:", "    - one", "    - A: 1", "    - two"],
      '(* match "one" or A eq 1 or * match "two")',
    ],
    ["a regular expression over all", ["s:", "    '|re': 'a.b'"], '* regex_match "a.b" cased'],
  ])("%s", (_name, lines, expected) => {
    expect(filterOf(...lines, "condition: s")).toBe(expected);
  });
});

describe("conditions", () => {
  const parts = ["sel_a: {F: a}", "sel_b: {F: b}", "sel_c: {F: c}", "filter: {F: x, G: y}", "_own: {F: o}"];
  test.each([
    ["sel_a and sel_b or sel_c", '((F eq "a" and F eq "b") or F eq "c")'],
    ["sel_a and (sel_b or sel_c)", '(F eq "a" and (F eq "b" or F eq "c"))'],
    ["sel_a and not filter", '(F eq "a" and not (F eq "x" and G eq "y"))'],
    ["1 of sel_*", '(F eq "a" or F eq "b" or F eq "c")'],
    ["any of sel_*", '(F eq "a" or F eq "b" or F eq "c")'],
    ["all of sel_*", '(F eq "a" and F eq "b" and F eq "c")'],
    ["2 of sel_*", '((F eq "a" and F eq "b") or (F eq "a" and F eq "c") or (F eq "b" and F eq "c"))'],
    ["4 of sel_*", "opaque<more search identifiers asked for than there are: 4 of sel_*>"],
    ["not 1 of sel_*", 'not (F eq "a" or F eq "b" or F eq "c")'],
    ["1 of them", '(F eq "a" or F eq "b" or F eq "c" or (F eq "x" and G eq "y"))'],
    ["not not sel_a", 'F eq "a"'],
    ["sel_x", "opaque<an undefined search identifier: sel_x>"],
    ["1 of x*", "opaque<an undefined search identifier: 1 of x*>"],
    ["if sel_a then sel_b", "opaque<a condition that is not Sigma: if sel_a then sel_b>"],
  ])("%s", (condition, expected) => {
    expect(filterOf(...parts, `condition: ${condition}`)).toBe(expected);
  });

  test("too many ways to choose stay text", () => {
    const many = Array.from({ length: 30 }, (_, i) => `s${i}: {F: ${i}}`);
    expect(filterOf(...many, "condition: 15 of s*")).toBe("opaque<a choice of too many search identifiers: 15 of s*>");
  });

  test("several conditions are alternatives", () => {
    expect(filterOf("a: {F: 1}", "b: {F: 2}", "condition: [a, b]")).toBe("(F eq 1 or F eq 2)");
  });

  test("an item under not has no second not", () => {
    expect(filterOf("a: {F|neq: 1}", "condition: not a")).toBe("F eq 1");
  });
});

describe("stages", () => {
  test("the log source comes first, with its names and all that it says", () => {
    const text =
      "logsource:\n  product: windows\n  category: process_creation\n  definition: audit it\ndetection:\n  a: {F: 1}\n  condition: a\n";
    expect(stagesOf(text)[0]).toEqual({
      type: "source",
      kind: "logsource",
      names: ["process_creation", "windows"],
      attributes: { product: "windows", category: "process_creation", definition: "audit it" },
      span: { start: 0, end: 81 },
    });
  });

  test("predicates stand where their item stands, and keep what was written", () => {
    const text = ruleOf("sel:", "    Image|endswith:", "        - '\\a.exe'", '        - "\\\\b*c"', "condition: sel");
    const [, filter] = stagesOf(text);
    if (filter?.type !== "filter" || filter.expression.type !== "or") throw new Error("no filter");
    const { span } = filter.expression.operands[0] ?? { span: { start: 0, end: 0 } };
    expect(text.slice(span.start, span.end)).toBe(
      "Image|endswith:\n            - '\\a.exe'\n            - \"\\\\b*c\"",
    );
    expect(filter.expression.operands.map((one) => (one.type === "predicate" ? one.raw : []))).toEqual([
      ["\\a.exe"],
      ["\\b*c"],
    ]);
  });

  test("a legacy count is a threshold", () => {
    const stages = stagesOf(ruleOf("a: {F: 1}", "timeframe: 5m", "condition: a | count(User) by Host >= 3"));
    expect(stages.slice(2)).toMatchObject([
      { type: "threshold", by: ["Host"], operator: "ge", count: 3, distinct: "User", window: "5m" },
    ]);
  });

  test("a legacy sum is an aggregation and a filter on what it computed", () => {
    const stages = stagesOf(ruleOf("a: {F: 1}", "timeframe: 5m", "condition: a | sum(Bytes) by Host > 9"));
    expect(stages.slice(2)).toMatchObject([
      { type: "aggregate", functions: [{ function: "sum", field: "Bytes", as: null }], by: ["Host"], window: "5m" },
      {
        type: "filter",
        expression: {
          field: { raw: "sum(Bytes)", derivedFrom: { kind: "computed", text: "sum(Bytes)", fields: ["Bytes"] } },
          operator: "gt",
          values: [9],
        },
      },
    ]);
  });

  test("near is a sequence in any order", () => {
    const stages = stagesOf(
      ruleOf("a: {F: 1}", "b: {F: 2}", "c: {F: 3}", "timeframe: 30s", "condition: a | near b and not c"),
    );
    expect(stages.slice(1)).toMatchObject([
      {
        type: "sequence",
        ordered: false,
        by: [],
        maxspan: "30s",
        steps: [
          { missing: false, logic: { stages: [{ expression: { values: [1] } }] } },
          { missing: false, logic: { stages: [{ expression: { values: [2] } }] } },
          { missing: true, logic: { stages: [{ expression: { values: [3] } }] } },
        ],
      },
    ]);
  });

  test("a file with several rules is a union, and each can be had alone", () => {
    const { ast } = parse(`${ruleOf("a: {F: 1}", "condition: a")}---\n${ruleOf("a: {F: 2}", "condition: a")}`);
    expect(lower(ast).stages).toMatchObject([
      { type: "union", branches: [lowerDocument(ast, 0), lowerDocument(ast, 1)] },
    ]);
  });

  test.each(["", "a: 1", "- x", "detection: {}", "logsource: {}"])("%j has logic, too", (text) => {
    expect(stagesOf(text).at(-1)?.type).toBe("opaque");
  });
});
