import { describe, expect, test } from "vitest";
import { predicatesOf } from "../../rule/predicates.ts";
import { lower, parse } from "./index.ts";
import { conditionOf } from "./testing.ts";

/** The pieces of the text that the predicates of a query point at. */
function places(text: string): readonly string[] {
  return predicatesOf(lower(parse(text).ast)).uses.map(({ predicate }) =>
    text.slice(predicate.span.start, predicate.span.end),
  );
}

describe("queries of other languages in strings", () => {
  test.each([
    ['kql("a: x* and not b: y")', '(a starts_with "x" and not b eq "y")'],
    ['kql("""message: "two words" """)', 'message match~ "two words"'],
    ['not kql("a: x") and c == 1', '(not a eq "x" and c eq? 1)'],
    ['kql("a: x", {"case_insensitive": true})', 'a eq~ "x"'],
    ['qstr("a:x AND b:y")', '(a eq "x" and b eq "y")'],
    ["kql(?q)", "<a query that is no constant>"],
    ['kql("")', "<a constant condition>"],
  ])("%s", (text, expected) => {
    expect(conditionOf(text)).toBe(expected);
  });

  test("predicates stand where they are written, also behind escapes", () => {
    expect(places('from l | where a == 1 and kql("b: \\"x y\\" and c: \\\\\\\\srv\\\\\\\\s") and d == 2')).toEqual([
      "a == 1",
      'b: \\"x y\\"',
      "c: \\\\\\\\srv\\\\\\\\s",
      "d == 2",
    ]);
    expect(places('from l | where kql("""b: "x" and c: y""")')).toEqual(['b: "x"', "c: y"]);
    expect(places('from l | where qstr("b:x AND c:y")')).toEqual(["b:x", "c:y"]);
  });

  test("what is wrong in them is said under their language's name, at its place", () => {
    const text = 'from l | where kql("b: \\"x\\" and (c: y") | limit 1';
    const { ast, diagnostics } = parse(text);
    expect(diagnostics.map(({ code, span }) => [code, text.slice(span.start, span.end)])).toEqual([
      ["kuery/unclosed-group", "("],
    ]);
    expect(ast.commands.map((one) => one.type)).toEqual(["from", "error", "limit"]);
  });
});
