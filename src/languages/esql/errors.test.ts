import { describe, expect, test } from "vitest";
import { limits } from "../../kit/limits.ts";
import { withoutPlaces } from "../conformance.ts";
import { lower, parse, print } from "./index.ts";

/** Codes with the text that they point at. */
function said(text: string): readonly (readonly [string, string])[] {
  return parse(text).diagnostics.map(({ code, span }) => [code.replace("esql/", ""), text.slice(span.start, span.end)]);
}

describe("diagnostics", () => {
  test.each([
    ["", [["empty-query", ""]]],
    ["where a", [["source-first", "where"]]],
    ["from a | from b", [["source-first", "from"]]],
    ["from a | filter b", [["unknown-command", "filter"]]],
    ["from a |", [["expected-command", ""]]],
    ["from a | where b == ", [["expected-value", ""]]],
    ["from a | where b = 1", [["single-equals", "="]]],
    ['from a | where b == "x', [["unclosed-string", '"x']]],
    ['from a | where b == """x"', [["unclosed-string", '"""x"']]],
    ["from a | keep `b", [["unclosed-name", "`b"]]],
    ["from a /* b", [["unclosed-comment", "/* b"]]],
    ['from a | where b == "\\d"', [["unknown-escape", "\\d"]]],
    ["from a | where (b == 1", [["unclosed-bracket", "("]]],
    ["from a | where (b c)", [["unexpected-text", "c"]]],
    ["from a | where b == 1 c", [["unexpected-text", "c"]]],
    ["from a | where b in 1", [["expected-list", "1"]]],
    ["from a | where b in ()", [["empty-list", "("]]],
    ["from a | where b is 1", [["expected-null", "1"]]],
    ["from a | where b like c", [["expected-pattern", "c"]]],
    ["from a | where b:: == 1", [["expected-type", "=="]]],
    ['from a | where 1 : "b"', [["match-without-field", ":"]]],
    ["from a | where b > 1e999", [["number-too-large", "1e999"]]],
    ["from a | eval x = what(b)", [["unknown-function", "what"]]],
    ["from a [metadata _id]", [["old-metadata", "["]]],
    ["from a | lookup join b", [["unexpected-text", ""]]],
    ["from a | fork", [["unexpected-text", ""]]],
    ["from a | where b == 1 or", [["dangling-operator", "or"]]],
    ["from a | where (b == 1 and ) or c == 2", [["dangling-operator", "and"]]],
    ["from a | where b == 1 AND | limit 5", [["dangling-operator", "AND"]]],
    ["from a | eval x = case(b == 1 or, c)", [["dangling-operator", "or"]]],
    ["from a | where b == 1 or c == 2 and", [["dangling-operator", "and"]]],
    ["from a | where b > now(-) - 1 day", [["dangling-operator", "-"]]],
    ["from a | where b > now(+)", [["dangling-operator", "+"]]],
    ["from a | stats c = by d", [["empty-assignment", "c ="]]],
    ["from a | stats c = , e.f = count() by d", [["empty-assignment", "c ="]]],
    ["from a | stats e = count(), c =", [["empty-assignment", "c ="]]],
    ["from a | where or b == 1", [["expected-value", "or"]]],
    ["from a | where b == 1 or or c == 2", [["expected-value", "or"]]],
    ["from a | where b == 1 or not", [["expected-value", ""]]],
    ["from a | where b in [1 or]", [["expected-list", "["]]],
    ["from a | eval x = round(b, -)", [["expected-value", ")"]]],
    ["from a | where b > (-)", [["expected-value", ")"]]],
    ["from a | stats c =", [["expected-value", ""]]],
    ["from a | stats c = where b == 1 by d", [["expected-value", "where"]]],
    ["from a | stats c = count() by d =", [["expected-value", ""]]],
    ["from a | eval x = , y = 1", [["expected-value", ","]]],
    ["from a | where b == 1) | limit 5", [["unexpected-text", ")"]]],
  ])("%s", (text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  test.each([
    ["from a | where (b == 1 or c == 2 or ) and d == 3", "from a\n| where (b == 1 or c == 2) and d == 3"],
    ["from a | where b == 1 or c == 2 and", "from a\n| where b == 1 or c == 2"],
    ["from a | where b > now(-) - 1 day", "from a\n| where b > now() - 1 day"],
    ["from a | stats c = , `e f` = , g = count() by d", "from a\n| stats g = count(), c =, `e f` = by d"],
    ["from a | inline stats c = by d", "from a\n| inline stats c = by d"],
  ])("%s is read without an error", (text, printed) => {
    const { ast, diagnostics } = parse(text);
    expect(diagnostics.filter((one) => one.severity !== "warning")).toEqual([]);
    expect(JSON.stringify(ast)).not.toMatch(/"(error|fault)"/);
    expect(print(ast)).toBe(printed);
    expect(withoutPlaces(parse(printed).ast)).toEqual(withoutPlaces(ast));
  });

  test("what follows a broken command is read, and the command keeps its text", () => {
    const { ast } = parse("from a | where b == ) c | limit 5");
    expect(ast.commands.map((one) => one.type)).toEqual(["from", "error", "limit"]);
    expect(print(ast)).toBe("from a\n| where b == ) c\n| limit 5");
    expect(lower(ast).stages.map((one) => one.type)).toEqual(["source", "filter", "opaque", "order"]);
  });
});

describe("caps", () => {
  test("deep nesting is given up with one word", () => {
    for (const piece of ["(", "not ", "f(", "[", "-", "a in (", '{"a": ']) {
      const { diagnostics } = parse(`from a | where ${piece.repeat(2000)}`);
      expect(diagnostics.filter((one) => one.code === "esql/too-deep")).toHaveLength(1);
    }
    const forks = parse(`from a ${"| fork (where a ".repeat(2000)}`).diagnostics;
    expect(forks.filter((one) => one.code === "esql/too-deep")).toHaveLength(1);
  });

  test("long chains are no nesting", () => {
    const text = `from a | where ${Array(5000).fill("b == 1").join(" and ")}`;
    expect(parse(text).diagnostics).toEqual([]);
  });

  test("a text beyond the limit is not looked at", () => {
    const { ast, diagnostics } = parse("a".repeat(limits.length + 1));
    expect(diagnostics.map((one) => one.code)).toEqual(["esql/too-long"]);
    expect(ast.commands.map((one) => one.type)).toEqual(["error"]);
  });

  const names = Array.from({ length: 2000 }, (_, at) => `a${at}`);
  test.each([
    ["grok", `grok m "${names.map((one) => `%{A:${one}}`).join(" ")}"`],
    ["eval", `eval x = concat(${names.join(", ")}) | where ${names.map((_, at) => `x == ${at}`).join(" or ")}`],
    ["enrich", `enrich p with ${names.join(", ")} | where ${names.map((one) => `${one} == 1`).join(" or ")}`],
    ["join", `keep b | lookup join t on ${names.join(", ")} | where ${names.map((one) => `${one} == 1`).join(" or ")}`],
  ])("the meaning of a long %s does not grow with the square of the text", (_, commands) => {
    const text = `from l | ${commands}`;
    expect(JSON.stringify(lower(parse(text).ast)).length).toBeLessThan(300 * text.length);
  });

  test("problems are counted beyond a hundred", () => {
    const { diagnostics } = parse(`from a | where ${Array(300).fill("f()").join(" and ")}`);
    expect(diagnostics).toHaveLength(limits.diagnostics);
    expect(diagnostics.some((one) => one.code === "esql/more")).toBe(true);
  });
});
