import { micromark } from "micromark";
import { describe, expect, test } from "vitest";
import { cellCode, code, embedded, fence, inline, inlineMarkdown, link, webAddress } from "./markdown.ts";

const html = (text: string): string => micromark(text, { allowDangerousHtml: true });

/** What is left of HTML when its marks are taken off. */
const words = (text: string): string =>
  html(text)
    .replace(/<[^>]*>/gu, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .trim();

test.each([
  "a *b* _c_",
  "# a",
  "1. a",
  "- a",
  "+ a",
  "[a](http://x)",
  "a `b`",
  "<b>a</b>",
  "&amp; &#65;",
  "a|b",
  "\\",
  "~~~",
  "===",
  "a\\*b",
  "1) x",
])("%j is the text that it is", (text) => {
  expect(words(inline(text))).toBe(text);
  expect(html(inline(text))).toMatch(/^<p>[^<]*<\/p>$/u);
});

test.each(["a", "`", "``", "a `b` c", "`a`", "```"])("code of %j is what it is", (text) => {
  expect(html(code(text))).toBe(`<p><code>${text}</code></p>`);
});

test("code in a cell does not end it", () => expect(cellCode("a|b")).toBe("`a\\|b`"));

test.each(["a", "```\na\n```", "````", "a\n```sh\nb"])("a fence holds %j", (text) => {
  expect(html(`${fence(text, "kql")}\n\n# after`)).toContain("<h1>after</h1>");
  expect(words(fence(text))).toBe(text);
});

test("a fence has a language only where that is a word", () => expect(fence("a", "x\n# y")).toBe("```\na\n```"));

describe("embedded", () => {
  const around = (text: string): string => html(`## ours\n\n${embedded(text, 3)}\n\n## after`);

  test.each([
    "```\na",
    "~~~~\na",
    "```sh\na\n~~~",
    "text\n```\na\n``",
    "- a\n\n  ```\n  b",
    "- a\n\n  ```\n```",
    "> ```\n```",
  ])("%j ends where it ends", (text) => expect(around(text)).toMatch(/<h2>after<\/h2>$/u));

  test.each(["# a", "a\n===", "a\n---", "###### a", "## a"])("%j has headings below ours", (text) => {
    const levels = [...around(text).matchAll(/<h(\d)>/gu)].map(([, level]) => Number(level));
    expect(levels.slice(1, -1).every((level) => level >= 3)).toBe(true);
    expect([levels[0], levels.at(-1)]).toEqual([2, 2]);
  });

  test.each(["<script>a</script>", "<!-- a", "a <b>c</b>", "`` ` <b>x</b> `", "<div>\n\n</div>"])(
    "%j has no HTML",
    (text) => {
      expect(around(text)).not.toMatch(/<(?:script|!--|b|div)/u);
    },
  );

  test("keeps code as it is, and addresses", () => {
    expect(around("use `<b>` and <https://example.org/>")).toContain("<code>&lt;b&gt;</code>");
    expect(around("use `<b>` and <https://example.org/>")).toContain('href="https://example.org/"');
    expect(around("```\n<b>\n# x\n```")).toContain("&lt;b&gt;\n# x");
  });

  test("shows no images", () => expect(around("![a](http://192.0.2.1/a.png)")).not.toContain("<img"));

  test("takes a long line in its stride", () => {
    const start = performance.now();
    embedded("`a``b".repeat(50_000), 3);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

test.each([
  "# a",
  "> a",
  "- a",
  "+ a",
  "* a",
  "1. a",
  "```",
  "~~~",
  "===",
  "| a |",
  "a <b>c</b>",
  "![a](http://192.0.2.1/)",
])("%j begins no block on a line", (text) =>
  expect(html(inlineMarkdown(text))).toMatch(/^<p>(?:[^<]|<\/?(?:a|em|strong|code)\b[^>]*>)*<\/p>$/u),
);

test("marks within a line stay", () => {
  expect(html(inlineMarkdown("use `a\\b` and *c*"))).toBe("<p>use <code>a\\b</code> and <em>c</em></p>");
});

test("links lead to the web alone", () => {
  expect(link("https://example.org/a(b)?c=<d>", "A [page]")).toBe(
    "[A \\[page\\]](<https://example.org/a(b)?c=%3Cd%3E>)",
  );
  expect(html(link("javascript:alert(1)", "x"))).not.toContain("href");
  expect(webAddress("file:///etc/passwd")).toBeNull();
  expect(webAddress("not an address")).toBeNull();
});
