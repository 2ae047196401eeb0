import { describe, expect, test } from "vitest";
import { processorTime } from "../testing.ts";
import { blocksOf } from "./markdown.ts";

function outline(text: string): readonly string[] {
  return blocksOf(text).map((one) => {
    switch (one.type) {
      case "heading":
        return `h${one.depth} ${one.text}`;
      case "fence":
        return `${one.closed ? "" : "open "}fence ${one.tag}: ${JSON.stringify(text.slice(one.contentStart, one.contentEnd))}`;
      case "prose":
        return `prose ${JSON.stringify(text.slice(one.start, one.end))}`;
      default:
        return one satisfies never;
    }
  });
}

describe("blocksOf", () => {
  test("tells headings, fences and prose apart", () => {
    const text =
      "# A *b* ##\none\ntwo\n\n* three\n## C#\n```kql more words\n\nT\n| count\n\n```\n#no heading\n~~~\nx\n~~~\n";
    expect(outline(text)).toEqual([
      "h1 A b",
      'prose "one\\ntwo\\n\\n* three"',
      "h2 C#",
      'fence kql: "T\\n| count"',
      'prose "#no heading"',
      'fence : "x"',
    ]);
  });

  test("finds fences however deep a list indents them", () => {
    expect(outline("1. one\n\n      ```kql\n      T\n      ```\n")).toEqual(['prose "1. one"', 'fence kql: "T"']);
  });

  test("takes headings and fences in code for code", () => {
    expect(outline("````\n# a\n```\nb\n```\n````\n")).toEqual(['fence : "# a\\n```\\nb\\n```"']);
  });

  test("ends a fence that was never closed where the next one's heading begins, or at the end", () => {
    expect(outline("## A\n```kql\nT | count\n\n## B\n```kql\nU\n```\n## C\n```\nV")).toEqual([
      "h2 A",
      'open fence kql: "T | count"',
      "h2 B",
      'fence kql: "U"',
      "h2 C",
      'open fence : "V"',
    ]);
    expect(outline("```kql\nT\n```kql\nU\n```\n")).toEqual(['open fence kql: "T"', 'fence kql: "U"']);
  });

  test("keeps offsets with Windows line ends and characters of two units", () => {
    expect(outline("# 😀\r\n\r\n```kql\r\nT\r\n| count\r\n```\r\n")).toEqual(["h1 😀", 'fence kql: "T\\r\\n| count"']);
  });

  test.each([
    ["lines", "word word\n"],
    ["paragraphs", "word\n\n"],
    ["headings", "# a\n"],
    ["underlines", "a\n===\n"],
    ["open fences", "```kql\n"],
    ["open fences with headings", "```kql\na\n# b\n"],
    ["closed fences", "```\na\n```\n"],
    ["quotes", "> "],
    ["backticks", "`"],
    ["closing marks", "# #"],
    ["brackets", "[("],
    ["tags", "<a>\n"],
  ])("stays linear in %s", (_, part) => {
    const started = processorTime();
    expect(blocksOf(part.repeat(Math.floor((128 * 1024) / part.length))).length).toBeGreaterThan(0);
    expect(processorTime() - started).toBeLessThan(4000);
  });
});
