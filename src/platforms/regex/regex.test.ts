import { RE2JS } from "re2js";
import { describe, expect, test } from "vitest";
import { java, pcre, postgres, re2 } from "./dialect.ts";
import { luceneRegexFor } from "./lucene.ts";
import { readRegex } from "./read.ts";
import { regexFor } from "./write.ts";

const texts = [
  "",
  "a",
  "ab",
  "ab1",
  "AB",
  "xab",
  "a\\b",
  "c:\\temp\\x1.exe",
  "foo bar",
  "foobar",
  "net  use",
  "a.b",
  "a-b",
  "1.2.3.4",
  "word",
  "a word here",
  "sword",
  "$x",
  "a|b",
  "\t",
];

const shared = [
  "ab",
  "^ab",
  "ab$",
  "^ab$",
  "a|b",
  "^(?:a|ab)$",
  "(^|\\\\)x\\d",
  "net\\s+use",
  "[a-z]{2,3}",
  "[^a-z]",
  "a.b",
  "a\\.b",
  "\\bword\\b",
  "(?i)AB",
  "\\\\temp\\\\[a-z0-9]+\\.exe",
  "foo.*bar",
  "foo.?bar",
  "a*",
  "(?:a|b)+$",
  "\\d{1,3}(\\.\\d{1,3}){3}",
  "[\\w-]+",
  "\\$x",
  "a\\|b",
  "[|]",
  "\\x61b",
  "^.*ab",
  "x?ab",
  "(a|)b",
  "\\Qa.b\\E",
];

function finds(regex: string, text: string, ignoreCase: boolean): boolean {
  return RE2JS.compile(regex, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0)
    .matcher(text)
    .find();
}

describe("an expression that is written again", () => {
  test.each(shared)("finds the same: %s", (regex) => {
    const written = regexFor(regex, "pcre", re2);
    if (written.type === "refused") throw new Error(written.why);
    for (const text of texts)
      expect(finds(written.text, text, written.ignoreCase), text).toBe(finds(regex, text, false));
  });

  test.each(shared)("finds the same where the whole value must match: %s", (regex) => {
    const written = luceneRegexFor(regex, "pcre");
    if (written.type === "refused") throw new Error(written.why);
    for (const text of texts) {
      expect(finds(`^(?:${written.text})$`, text, written.ignoreCase), `${written.text} on ${text}`).toBe(
        finds(regex, text, false),
      );
    }
  });

  test("of Lucene keeps its frame elsewhere, and loses it there", () => {
    expect(regexFor("^(?:ab.*)$", "lucene", re2)).toEqual({ type: "regex", text: "(?s)^(?:ab.*)$", ignoreCase: false });
    expect(luceneRegexFor("^(?:ab.*)$", "lucene")).toEqual({ type: "regex", text: "ab.*", ignoreCase: false });
  });
});

describe("what a dialect does not have is refused", () => {
  test.each([
    ["(?=a)b", re2, "look-ahead"],
    ["(?<!a)b", re2, "look-behind"],
    ["(a)\\1", pcre, "a back reference"],
    ["a++", re2, "possessive repetition"],
    ["\\p{L}", postgres, "classes of Unicode"],
    ["[[:alpha:]]", java, "named classes"],
  ])("%s", (regex, to, what) => {
    expect(regexFor(regex, "pcre", to)).toMatchObject({
      type: "refused",
      code: "regex",
      why: `${to.title} has no ${what}.`,
    });
  });

  test.each(["a(?!b)", "\\p{L}x", "a^b", "x\\by"])("by Lucene: %s", (regex) => {
    expect(luceneRegexFor(regex, "pcre")).toMatchObject({ type: "refused", code: "regex" });
  });

  test.each([
    ["(a", "a parenthesis is not closed"],
    ["a)", "a parenthesis closes what was not opened"],
    ["*a", "* repeats nothing"],
    ["[b-a]", "the range b-a is empty"],
    ["a{3,2}", "{3,2} repeats less than it must"],
    ["a{2000}", "it repeats more than 1000 times"],
    ["(?x)a b", "it ignores blanks (flag x)"],
    ["a\\", "it ends too early"],
    ["(".repeat(300), "it is nested more than 100 deep"],
  ])("%s cannot be read", (regex, why) => {
    expect(readRegex(regex, "pcre")).toEqual({ type: "unread", why });
  });
});
