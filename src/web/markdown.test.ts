import { describe, expect, test } from "vitest";
import { renderAttackText, renderMarkdown } from "./markdown.ts";

const shown = (text: string): string => renderMarkdown(text).toString();

describe("renderMarkdown", () => {
  test("headings, lists, code and links", () => {
    expect(shown("# Triage\n\nSee [the guide](https://example.org/a?b=1&c=2).\n\n- `one`\n- two")).toBe(
      '<h4>Triage</h4>\n<p>See <a href="https://example.org/a?b=1&#38;c=2" rel="noopener noreferrer nofollow">the guide</a>.</p>\n' +
        "<ul>\n<li><code>one</code></li>\n<li>two</li>\n</ul>",
    );
  });

  test("headings start at the given level and skip none", () => {
    expect(shown("## A\n\n#### B\n\n# C")).toBe("<h4>A</h4>\n<h5>B</h5>\n<h4>C</h4>");
  });

  test.each([
    ["a script", "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"],
    ["an event handler", "a <img src=x onerror=alert(1)>", "<p>a &lt;img src=x onerror=alert(1)&gt;</p>"],
    ["a javascript link", "[x](javascript:alert(1))", "<p><a>x</a></p>"],
    ["a hidden javascript link", "[x](java&#115;cript&colon;alert(1))", "<p><a>x</a></p>"],
    ["a data link", "[x](data:text/html;base64,AAAA)", "<p><a>x</a></p>"],
    ["an address without a scheme", "[x](//evil.example/) [y](/attack)", "<p><a>x</a> <a>y</a></p>"],
    ["a link with user and password", "[x](https://safe.example@evil.example/)", "<p><a>x</a></p>"],
    ["an automatic javascript link", "<javascript:alert(1)>", "<p><a>javascript:alert(1)</a></p>"],
    [
      "a quote in an address",
      '[x](https://e.example/"onmouseover="alert(1))',
      '<p><a href="https://e.example/%22onmouseover=%22alert(1)" rel="noopener noreferrer nofollow">x</a></p>',
    ],
    [
      "a title that breaks out",
      `[x](https://e.example/ '"><script>1</script>')`,
      '<p><a href="https://e.example/" rel="noopener noreferrer nofollow">x</a></p>',
    ],
    [
      "an image",
      "![alt](https://e.example/x.png)",
      '<p>!<a href="https://e.example/x.png" rel="noopener noreferrer nofollow">alt</a></p>',
    ],
  ])("%s does nothing", (_, text, html) => {
    expect(shown(text)).toBe(html);
  });

  test.each([
    ["nested lists", "- ".repeat(20_000)],
    ["nested quotes", "> ".repeat(20_000)],
    ["deep indentation", Array.from({ length: 200 }, (_, depth) => `${" ".repeat(2 * depth)}- a`).join("\n")],
    ["open brackets", "![a](".repeat(10_000)],
    ["numbered nests", "1. ".repeat(10_000)],
    ["a very long text", "*a **b ".repeat(20_000)],
    ["emphasis in emphasis", "*_".repeat(30_000)],
    ["code that never ends", Array.from({ length: 300 }, (_, length) => "`".repeat(length)).join("a")],
    ["items of a list", "- a\n".repeat(15_000)],
    ["lazy lines of a quote", `>>>>>>>>a\n${"a\n".repeat(30_000)}`],
  ])("%s beyond the limits are shown as they are, at once", (_, text) => {
    const started = performance.now();
    const html = shown(text);
    expect(performance.now() - started).toBeLessThan(500);
    expect(html.startsWith('<pre class="plain">')).toBe(true);
  });

  test("a long line of dashes is no nest", () => {
    expect(shown("a\n\n------------------------------")).toBe("<p>a</p>\n<hr />");
  });
});

describe("ATT&CK text", () => {
  const ours = new Set(["T1059.001"]);

  test("loses citations and leads to our technique pages", () => {
    expect(
      renderAttackText(
        "Uses [PowerShell](https://attack.mitre.org/techniques/T1059/001) and <code>cmd</code>.(Citation: Some Report 2020)",
        ours,
      ).toString(),
    ).toBe('<p>Uses <a href="/attack/T1059.001">PowerShell</a> and <code>cmd</code>.</p>');
  });

  test("leads to MITRE for a technique without a page of ours", () => {
    expect(renderAttackText("See [another](https://attack.mitre.org/techniques/T1663).", ours).toString()).toContain(
      '<a href="https://attack.mitre.org/techniques/T1663"',
    );
  });
});
