import { describe, expect, test } from "vitest";
import { limits } from "../../kit/limits.ts";
import type { Operator, Statement } from "./ast.ts";
import { parse } from "./parser.ts";
import { print } from "./print.ts";

function statements(text: string): readonly Statement[] {
  const { ast, diagnostics } = parse(text);
  expect(diagnostics).toEqual([]);
  return ast.statements;
}

function operators(text: string): readonly Operator[] {
  const [first] = parse(text).ast.statements;
  return first?.type === "expression" && first.expression.type === "pipeline" ? first.expression.operators : [];
}

/** Code and text of each diagnostic. */
function said(text: string): readonly string[] {
  return parse(text).diagnostics.map(({ code, span }) => `${code}: ${text.slice(span.start, span.end)}`);
}

describe("statements", () => {
  test("lets, settings and the query", () => {
    const read = statements("let a = 1; set notruncation; let f = (x:string) { let b = x; b }; T | take a;");
    expect(read.map((one) => one.type)).toEqual(["let", "set", "let", "expression"]);
    const [, , definition] = read;
    expect(definition).toMatchObject({
      name: { name: "f" },
      value: {
        type: "function",
        parameters: [{ dataType: "string" }],
        body: [{ type: "let" }, { type: "expression" }],
      },
    });
  });

  test("parameters that are tables", () => {
    expect(statements("let f = (T:(*), U:(a:string, b:long), n:long = 5) { T };")[0]).toMatchObject({
      value: {
        parameters: [
          { dataType: null, columns: [], openSchema: true },
          { columns: [{ name: { name: "a" } }, { dataType: "long" }], openSchema: false },
          { dataType: "long", columns: null, default: { value: 5 } },
        ],
      },
    });
  });

  test("words of statements may be names of tables", () => {
    expect(statements("alias | count").map((one) => one.type)).toEqual(["expression"]);
    expect(statements("let | count").map((one) => one.type)).toEqual(["expression"]);
  });

  test("rarer ones", () => {
    expect(
      statements(
        "declare query_parameters (a:long = 5); alias database D = cluster('c').database('d'); " +
          "restrict access to (T, U*); declare pattern P = (x:string) { ('a') = { T; }; }; T",
      ).map((one) => one.type),
    ).toEqual(["declare", "alias", "restrict", "pattern", "expression"]);
  });
});

describe("pipelines", () => {
  test("a table alone is a name, not a pipeline", () => {
    expect(statements("DeviceEvents")[0]).toMatchObject({ expression: { type: "name", name: "DeviceEvents" } });
  });

  test("a fragment is read, with a note", () => {
    const { ast, diagnostics } = parse("| where a == 1");
    expect(ast.statements[0]).toMatchObject({ expression: { source: null, leadingPipe: true } });
    expect(diagnostics).toMatchObject([{ code: "kusto/no-source", severity: "info" }]);
    expect(said("summarize count() by a")).toEqual(["kusto/no-source: summarize count() by a"]);
    expect(said("union A, B | count")).toEqual([]);
  });

  test("names of operators may be tables, columns and functions", () => {
    expect(said("extend | where count > 1 and top == 2 and bin(step, 1) == 3")).toEqual([]);
    expect(said("search in (A, B*) 'x' and Name:'y'")).toEqual([]);
  });

  test("tables in join, union and in", () => {
    const [join, union, where] = operators(
      "T | join kind=inner (A | where b) on c, $left.d == $right.e | union F*, (G) | where h in (I | distinct j)",
    );
    expect(join).toMatchObject({
      options: [{ name: "kind", value: { type: "name", name: "inner" } }],
      right: { type: "pipeline", source: { name: "A" } },
      on: [{ name: "c" }, { type: "comparison" }],
    });
    expect(union).toMatchObject({
      tables: [
        { type: "wildcard", pattern: "F*" },
        { type: "name", name: "G" },
      ],
    });
    expect(where).toMatchObject({ condition: { type: "membership", values: [{ type: "pipeline" }] } });
  });

  test("other spellings of operators", () => {
    expect(
      operators("T | filter a | limit 5 | order by b | mvexpand c | mvapply d on (take 1)").map((one) => one.type),
    ).toEqual(["where", "take", "sort", "mv-expand", "mv-apply"]);
  });

  test("spans hold the parentheses of what they hold", () => {
    const text = "T | where (a or b) and (c)";
    const [where] = operators(text);
    const condition = where?.type === "where" ? where.condition : undefined;
    expect(text.slice(condition?.span.start, condition?.span.end)).toBe("(a or b) and (c)");
  });
});

describe("faults", () => {
  test.each([
    ["T | wher a | take 1", ["kusto/unknown-operator: wher"], ["error", "take"]],
    ["T | where a == | take 1", ["kusto/expected: |"], ["error", "take"]],
    ["T | where a b | take 1", ["kusto/unexpected: b"], ["where", "error", "take"]],
    ["T | where (a == ) and b | take 1", ["kusto/expected: )"], ["where", "take"]],
    ["T | join (U | wher x) on y", ["kusto/unknown-operator: wher"], ["join"]],
    ['T | where a == "x\n| take 1', ['kusto/unclosed-string: "x'], ["error", "take"]],
    ['T | where a == "C:\\U\\" or b == "\\U" | take 1', ['kusto/bad-escape: "C:\\U\\" or b == "'], ["error"]],
    ["T | where a\nU | where b", ["kusto/missing-semicolon: U"], ["where"]],
    ["T | where a == b c d.e | take 1", ["kusto/unexpected: c"], ["where", "error", "take"]],
    ["T | where a == (b) c | take 1", ["kusto/unexpected: c"], ["where", "error", "take"]],
    ["T | where a > b c | take 1", ["kusto/unexpected: c"], ["where", "error", "take"]],
    ["T | where a in ('x' | take 1", ["kusto/expected: ("], ["error"]],
    ["T | evaluate f() | parse-kv a as (b:long) with (c=d, e)", ["kusto/expected: )"], ["evaluate", "error"]],
    ["T | | take 1", ["kusto/expected: |"], ["error", "take"]],
  ])("%s", (text, codes, types) => {
    const first = parse(text).diagnostics[0];
    expect(said(text).slice(0, 1)).toEqual(codes);
    expect(first?.severity).toBe("error");
    expect(operators(text).map((one) => one.type)).toEqual(types);
  });

  test("a value that nothing names is no query", () => {
    expect(said("T; x = 5; U")).toEqual(["kusto/expected: x"]);
    expect(parse("T; x = 5; U").ast.statements.map((one) => one.type)).toEqual(["expression", "error", "expression"]);
  });

  test("an error keeps its text", () => {
    const text = "T\n| where a == == // why\n| take 1";
    expect(operators(text)[0]).toMatchObject({ type: "error", text: "| where a == ==" });
    expect(parse(print(parse(text).ast)).ast.statements).toHaveLength(1);
  });
});

describe("what Kusto refuses although its meaning is clear", () => {
  test.each([
    ["T\nwhere a\n| take 1", "missing-pipe: where", "T\n| where a\n| take 1"],
    ["let a = 1\nT | take a", "missing-semicolon: T", "let a = 1;\nT\n| take a"],
    ["let a = T | take 1\nlet b = 2; U", "missing-semicolon: let", "let a = T\n| take 1;\nlet b = 2;\nU"],
    ["let a = 1;; T", "empty-statement: ;", "let a = 1;\nT"],
    ["T | where string == 1", "reserved-name: string", 'T\n| where ["string"] == 1'],
    ["T | extend first = 1", "reserved-name: first", 'T\n| extend ["first"] = 1'],
    ["datatable (a:text) []", "unknown-type: text", "datatable (a:text) []"],
    ["T | where (a = 1) and b", "single-equals: =", "T\n| where a == 1 and b"],
    [
      "T | where a =~ one Two\nsummarize count()",
      "unquoted-text: one Two",
      'T\n| where a =~ "one Two"\n| summarize count()',
    ],
    ["T | where (a has x y or b)", "unquoted-text: x y", 'T\n| where a has "x y" or b'],
    ['T | where a in ("C:\\Users", "b")', 'bad-escape: "C:\\Users"', 'T\n| where a in ("C:\\Users", "b")'],
  ])("%s", (text, what, printed) => {
    const { ast, diagnostics } = parse(text);
    expect(said(text)).toContain(`kusto/${what}`);
    expect(new Set(diagnostics.map((one) => one.severity))).toEqual(new Set(["warning"]));
    for (const one of diagnostics) expect(one.message).toMatch(/Kusto.*refuse|refuses/);
    expect(print(ast)).toBe(printed);
  });
});

describe("limits", () => {
  test.each([
    "(",
    "[",
    "{",
    "f(",
    "a and (",
    "- ",
    "T | join (",
    "dynamic([",
    "let f = () {",
    "| ",
    '"\n',
    "a[",
    "x in (",
  ])("%s ten thousand times", (piece) => {
    for (const head of ["T | where ", ""]) {
      const { ast, diagnostics } = parse(head + piece.repeat(10_000));
      expect(diagnostics.length).toBeGreaterThan(0);
      expect(diagnostics.length).toBeLessThanOrEqual(limits.diagnostics);
      expect(JSON.stringify(ast).length).toBeGreaterThan(0);
    }
  });

  test("long flat chains are no deep ones", () => {
    expect(said(`T | where ${"a and ".repeat(10_000)}b`)).toEqual([]);
    expect(said(`T ${"| take 1 ".repeat(5000)}`)).toEqual([]);
    expect(said(`T | where a in (${"1, ".repeat(10_000)}2)`)).toEqual([]);
  });

  test("too deep and too long", () => {
    expect(parse(`T | where ${"(".repeat(300)}a${")".repeat(300)}`).diagnostics.map((one) => one.code)).toEqual([
      "kusto/too-deep",
    ]);
    expect(parse(`T | where ${"a.".repeat(300)}a`).diagnostics.map((one) => one.code)).toEqual(["kusto/too-deep"]);
    expect(parse(" ".repeat(limits.length + 1)).diagnostics.map((one) => one.code)).toEqual(["kusto/too-long"]);
  });
});
