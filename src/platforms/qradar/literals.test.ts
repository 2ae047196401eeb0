import { describe, expect, test } from "vitest";
import type { PatternToken } from "../../rule/expression.ts";
import { patternTest } from "./dialect.ts";
import { checkAql } from "./grammar/check-aql.ts";
import { aqlComment, aqlName, aqlString, isQuotable, likePattern, oneLineComment, regexLiteral } from "./literals.ts";

const hostile = [
  "",
  "it's",
  "''",
  "'; SELECT 1 --",
  "a\\",
  "\\'",
  'say "hi"',
  "50%_off",
  "$(whoami) $x `id`",
  "/* open */ close",
  "-- not a comment",
  "naïve 日本語 🦊",
  "a".repeat(100_000),
  "'".repeat(1000),
];

const unquotable = ["two\nlines", "tab\there", "nul\u0000", "\u007f", "a\r\nb"];

/** Problems of a query with this condition, and the texts that stand in it. */
function read(condition: string): readonly string[] {
  const { problems, literals } = checkAql(`SELECT username FROM events WHERE ${condition} LAST 1 HOURS`);
  expect(problems).toEqual([]);
  return literals.filter((one) => one.kind === "string").map((one) => one.value);
}

describe("texts", () => {
  test.each(hostile.map((one) => [one.slice(0, 30), one] as const))("%s", (_, value) => {
    expect(read(`username = ${aqlString(value)}`)).toEqual([value]);
  });

  test.each(unquotable.map((one) => [JSON.stringify(one), one] as const))(
    "%s stands in no quotation marks",
    (_, value) => {
      expect(isQuotable(value)).toBe(false);
      expect(() => aqlString(value)).toThrow("control character");
    },
  );
});

describe("regular expressions", () => {
  test("show control characters as escapes", () => {
    expect(regexLiteral("a\nb\tc\u0000d\u0085")).toBe("'a\\nb\\tc\\x00d\\x85'");
  });

  test("double quotation marks", () => {
    expect(regexLiteral("it's")).toBe("'it''s'");
  });
});

describe("patterns", () => {
  const any: PatternToken = { type: "any" };
  const text = (value: string): PatternToken => ({ type: "literal", text: value });

  test("become those of LIKE", () => {
    expect(likePattern([any, text("\\a.exe"), { type: "one" }])).toBe("%\\a.exe_");
  });

  test("are none of LIKE where they hold its signs, or a line break", () => {
    expect(likePattern([text("50%")])).toBeNull();
    expect(likePattern([text("a_b")])).toBeNull();
    expect(likePattern([text("a\nb")])).toBeNull();
  });

  test.each([...hostile, ...unquotable].map((one) => [JSON.stringify(one.slice(0, 30)), one] as const))(
    "%s is found by the condition that it becomes",
    (_, value) => {
      const [pattern = ""] = read(patternTest("username", [any, text(value), any], true));
      if (likePattern([text(value)]) !== null) expect(pattern).toBe(`%${value}%`);
      else expect(value).toMatch(new RegExp(pattern.replace("(?s)", ""), "su"));
    },
  );
});

describe("names", () => {
  test.each([
    ["sourceip", "sourceip"],
    ["Process Path", '"Process Path"'],
    ["userIdentity.type", '"userIdentity.type"'],
    ["select", '"select"'],
    ["Group", '"Group"'],
    ["it's", '"it\'s"'],
    ["9lives", '"9lives"'],
    ["a\\", '"a\\"'],
    ["UTF8(payload)", "UTF8(payload)"],
  ])("%s", (name, written) => {
    expect(aqlName(name)).toBe(written);
    expect(read(`${written} IS NOT NULL`)).toEqual([]);
  });

  test.each(["", 'a" OR 1=1 OR "b', "two\nlines", "nul\u0000"])("%j has no quotation marks that hold it", (name) => {
    expect(aqlName(name)).toBeNull();
  });
});

describe("comments", () => {
  test.each([["*/ SELECT 1"], ["/* */"], ["*/*/"], ["**//"], ["a\nb\u2028c"], ["nul\u0000*/"], ["*\u0000/"]])(
    "end where they should: %j",
    (line) => {
      const comment = aqlComment(["Title", line]);
      expect(comment.indexOf("*/")).toBe(comment.length - 2);
      expect(checkAql(`SELECT username FROM events ${comment} WHERE username = 'a' LAST 1 HOURS`).problems).toEqual([]);
      expect(oneLineComment(line)).not.toMatch(/\*\/|\n/u);
    },
  );
});
