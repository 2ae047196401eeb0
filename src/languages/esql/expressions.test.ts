import { describe, expect, test } from "vitest";
import { parse, print } from "./index.ts";
import { conditionOf } from "./testing.ts";

/** Prints what was read: brackets stand where they are needed. */
function printed(condition: string): string {
  return print(parse(`from a | where ${condition}`).ast).replace("from a\n| where ", "");
}

describe("precedence", () => {
  test.each([
    ["a == 1 or b == 2 and c == 3", "(a eq? 1 or (b eq? 2 and c eq? 3))"],
    ["(a == 1 or b == 2) and c == 3", "((a eq? 1 or b eq? 2) and c eq? 3)"],
    ["not a == 1 and b == 2", "(not a eq? 1 and b eq? 2)"],
    ["not (a == 1 and b == 2)", "not (a eq? 1 and b eq? 2)"],
    ["not not a == 1", "not not a eq? 1"],
    ["not a in (1) or b is null", "(not a eq? 1 or b is_null)"],
    ["a == 1 and b == 2 and c == 3", "(a eq? 1 and b eq? 2 and c eq? 3)"],
    ["a == 1 and (b == 2 and c == 3)", "(a eq? 1 and b eq? 2 and c eq? 3)"],
    ["a + 2 * 3 > 5", "=>a + 2 * 3 gt? 5"],
    ["a::long * 2 == 4", "=>a::long * 2 eq? 4"],
    ["-a < 3", "=>-a lt? 3"],
    ["a > -3", "a gt? -3"],
  ])("%s", (text, expected) => {
    expect(conditionOf(text)).toBe(expected);
  });

  test.each([
    ["(a + b) * c == d", "(a + b) * c == d"],
    ["(a * b) + c == d", "a * b + c == d"],
    ["a - (b - c) == d", "a - (b - c) == d"],
    ["((a)) == (((1)))", "a == 1"],
    ["not (not (a))", "not not a"],
    ["(a == 1) == true", "(a == 1) == true"],
    ["-(3) < a and - -b > 0", "-(3) < a and --b > 0"],
    ["(-3)::long == a", "(-3)::long == a"],
    ["(a or b) and c or d", "(a or b) and c or d"],
    ["(a::string)::ip == b", "a::string::ip == b"],
  ])("prints %s", (text, expected) => {
    expect(printed(text)).toBe(expected);
  });
});

describe("names and values", () => {
  test.each([
    ["a.`0`.b == 1", "a.0.b eq? 1"],
    ["`two words` == 1", "two words eq? 1"],
    ["`tick``s` == 1", "tick`s eq? 1"],
    ["a . b == 1", "a.b eq? 1"],
    ["@timestamp == 1", "@timestamp eq? 1"],
    ['a == "q\\" b\\\\ t\\t"', 'a eq? "q\\" b\\\\ t\\t"'],
    ['a == """q" \\t"""', 'a eq? "q\\" \\\\t"'],
    ['a == """end""""', 'a eq? "end\\""'],
    ["a == 1.5e3 or a == .5 or a == -2", "(a eq? 1500 or a eq? 0.5 or a eq? -2)"],
    ["a == TRUE and b == False", "(a eq? true and b eq? false)"],
    [
      "a == ?x and b in (?1, 2) and c == ?",
      "(a wildcard? /%x%/ and (b eq? 2 or b wildcard? /%1%/) and c wildcard? /%%/)",
    ],
    ["??f == 1", "??f eq? 1"],
  ])("%s", (text, expected) => {
    expect(conditionOf(text)).toBe(expected);
  });

  test("raw values keep their quotes and escapes", () => {
    const text = 'from a | where b in ("x\\\\y", """z""", 007)';
    const where = parse(text).ast.commands[1];
    const values = where?.type === "where" && where.condition.type === "in" ? where.condition.values : [];
    expect(values.map((one) => ("text" in one ? one.text : ""))).toEqual(['"x\\\\y"', '"""z"""', "007"]);
  });
});
