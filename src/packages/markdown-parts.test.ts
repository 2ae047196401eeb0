import { describe, expect, test } from "vitest";
import { listItems, listItemsUnder, markdownParts } from "./markdown-parts.ts";

describe("parts of a Markdown text", () => {
  test("begin at headings of both kinds, and keep what is written", () => {
    expect(markdownParts("before\n\n## One ##\n\n*text*\n\nTwo\n---\n\nlast")).toEqual([
      { heading: "", level: 0, text: "before" },
      { heading: "One", level: 2, text: "*text*" },
      { heading: "Two", level: 2, text: "last" },
    ]);
  });

  test("signs of headings in code, lists and quotes are none", () => {
    const text = "# Real\n\n```\n# code\n```\n\n- # in a list\n\n> # in a quote";
    expect(markdownParts(text).map((one) => one.heading)).toEqual(["Real"]);
    expect(markdownParts("#no heading")).toEqual([{ heading: "", level: 0, text: "#no heading" }]);
  });

  test("a text that is too long for the parser is one part", () => {
    const text = `# a\n\n${"b ".repeat(40_000)}`;
    expect(markdownParts(text)).toHaveLength(1);
  });

  test("nothing comes of nothing", () => {
    expect(markdownParts("")).toEqual([]);
    expect(listItems("")).toEqual([]);
  });
});

describe("items of lists", () => {
  test("keep what is nested in them", () => {
    expect(listItems("- one\n  more\n- two\n  - inner\n\n1. three\n2. four")).toEqual([
      "one\n  more",
      "two\n  - inner",
      "three",
      "four",
    ]);
  });

  test("are paragraphs where there is no list", () => {
    expect(listItems("First.\n\nSecond\nline.")).toEqual(["First.", "Second\nline."]);
  });

  test("stand under the heading that is asked for, and those below it", () => {
    const text = "### Steps\n\n- no\n\n### False positives\n\n- a\n\n#### Known\n\n- b\n\n### Response\n\n- no";
    expect(listItemsUnder(text, (heading) => heading === "False positives")).toEqual(["a", "b"]);
  });
});
