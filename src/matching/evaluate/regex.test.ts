import { RE2JS } from "re2js";
import { describe, expect, test } from "vitest";
import { beginEffort, wasCut } from "./effort.ts";
import { type OpenRegex, openRegex, regexLiterals } from "./regex.ts";

function open(text: string, caseSensitive = true): OpenRegex {
  const regex = openRegex(text, caseSensitive, "pcre");
  if ("why" in regex) throw new Error(regex.why);
  return {
    ...regex,
    // Each text is an event of its own.
    finds: (value) => {
      beginEffort();
      return regex.finds(value);
    },
  };
}

describe("a regular expression", () => {
  test("finds anywhere, with or without letter case", () => {
    expect(open("b{2}").finds("abba")).toBe(true);
    expect(open("POWERSHELL").finds("powershell")).toBe(false);
    expect(open("POWERSHELL", false).finds("powershell")).toBe(true);
    expect(open("(?i)POWERSHELL").finds("powershell")).toBe(true);
  });

  test("of Lucene matches the whole value", () => {
    const whole = openRegex("^(?:a.c)$", true, "lucene");
    expect("why" in whole ? whole.why : [whole.finds("abc"), whole.finds("xabc"), whole.finds("a\nc")]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test("that RE2 does not have is refused with a reason", () => {
    expect(openRegex("a(?=b)", true, "pcre")).toEqual({ why: "RE2 has no look-ahead." });
    expect(openRegex("(a)\\1", true, "pcre")).toHaveProperty("why");
    expect(openRegex("(", true, "pcre")).toHaveProperty("why");
  });

  test.each([
    ["^(a+)+$", `${"a".repeat(100_000)}b`],
    ["(x+x+)+y", "x".repeat(100_000)],
    ["(?:a|aa)+$", `${"a".repeat(100_000)}b`],
    ["\\s+$", `${" ".repeat(100_000)}x`],
    ["(.*)(.*)(.*)(.*)(.*)z", "y".repeat(100_000)],
    ["(a?){30}a{30}z", "a".repeat(100_000)],
  ])("%s does not run away", (regex, text) => {
    expect(open(regex).finds(text)).toBe(false);
  });

  test("does not take the end of the part that it sees for the end of a text", () => {
    const long = "ab".repeat(100_000);
    expect([open("(?:a|b{1,2})+b$").finds(`${long}c`), wasCut()]).toEqual([false, true]);
    expect([open("(?:a|b{1,2})+b").finds(`${long}c`), wasCut()]).toEqual([true, true]);
    expect([open("(?:a|b{1,2})+b$").finds("abab"), wasCut()]).toEqual([true, false]);
  });

  test.each([
    ["powershell(?:_ise)?\\.exe", ["powershell"]],
    ["foo.*barbar", ["barbar"]],
    ["(?:mimikatz|sekurlsa)::", ["mimikatz", "sekurlsa"]],
    ["[a-z]+", null],
    ["a|longer", null],
    ["(?:abcdef)?x", null],
    ["(?:abcdef){2}", ["abcdef"]],
  ])("%s needs %j", (regex, literals) => {
    expect(regexLiterals(regex, "pcre")).toEqual(literals);
  });

  test("says the same whichever engine runs it", () => {
    const expressions = ["ab?c", "a(?:b|c)d", "[a-f]{1,3}x", "^ab", "a{2,4}b", "K", "ſ", "\\x41\\.", "é[à-ü]?"];
    const texts = ["abc", "ac", "ABD", "acd", "fffx", "aaab", "xab", "k", "K", "s", "S", "ſ", "A.", "éü", "É", ""];
    for (const one of expressions) {
      for (const fold of [false, true]) {
        const re2 = RE2JS.compile(one, fold ? RE2JS.CASE_INSENSITIVE : 0);
        const own = open(one, !fold);
        for (const text of texts)
          expect([one, fold, text, own.finds(text)]).toEqual([one, fold, text, re2.matcher(text).find()]);
      }
    }
  });
});
