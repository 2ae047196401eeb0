import { describe, expect, test } from "vitest";
import { fieldRef } from "./build.ts";
import { describeExpression } from "./describe.ts";
import { glob, normalForm, patternExpression, showPattern, tidy } from "./pattern.ts";

const at = { start: 0, end: 1 };

describe("normal form", () => {
  test.each([
    ["cmd.exe", "eq", "cmd.exe"],
    ["*cmd*", "contains", "cmd"],
    ["cmd*", "starts_with", "cmd"],
    ["*cmd", "ends_with", "cmd"],
    ["**cmd", "ends_with", "cmd"],
    ["", "eq", ""],
  ])("%s is %s %s", (text, operator, value) => {
    expect(normalForm(glob(text))).toEqual({ operator, value });
  });

  test("a lone * asks only that the field is there", () => {
    expect(normalForm(glob("*"))).toEqual({ operator: "exists", value: null });
    expect(normalForm(glob("***"))).toEqual({ operator: "exists", value: null });
  });

  test.each(["a*b", "?", "*a?", "*a*b*", "?*"])("%s stays a pattern", (text) => {
    const { operator, value } = normalForm(glob(text));
    expect(operator).toBe("wildcard");
    expect(showPattern(value as Exclude<typeof value, string | null>)).toBe(text);
  });

  test("full-text values without a wildcard are matched, not compared", () => {
    expect(normalForm(glob("lsass"), "match")).toEqual({ operator: "match", value: "lsass" });
  });
});

test("literal wildcards and trailing backslashes are escaped when a pattern is shown", () => {
  const tokens = tidy([
    { type: "literal", text: "a*" },
    { type: "literal", text: "\\" },
    { type: "any" },
    { type: "literal", text: "?" },
  ]);
  expect(showPattern({ type: "pattern", tokens })).toBe("a\\*\\\\*\\?");
});

describe("patternExpression", () => {
  const make = (values: readonly string[], quantifier: "any" | "all") =>
    describeExpression(
      patternExpression({
        field: fieldRef("Image"),
        patterns: values.map((raw) => ({ tokens: glob(raw), raw })),
        quantifier,
        caseSensitive: false,
        span: at,
      }),
    );

  test("values of one operator stay together", () => {
    expect(make(["*a", "*b"], "any")).toBe("Image ends_with a, b");
    expect(make(["*a*", "*b*"], "all")).toBe("Image contains all of a, b");
  });

  test("different operators become alternatives, or conditions that all hold", () => {
    expect(make(["*a", "b", "*c"], "any")).toBe("Image ends_with a, c or Image eq b");
    expect(make(["*a", "b"], "all")).toBe("Image ends_with a and Image eq b");
  });

  test("spellings stand beside the values", () => {
    const expression = patternExpression({
      field: null,
      patterns: [{ tokens: glob("*"), raw: '"*"' }],
      quantifier: "any",
      caseSensitive: false,
      span: at,
    });
    expect(expression).toMatchObject({ type: "predicate", operator: "exists", values: [], raw: ['"*"'] });
  });
});
