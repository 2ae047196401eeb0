import { expect, test } from "vitest";
import { Code, shownLines } from "./code.tsx";

function shown(text: string, marks: readonly { start: number; end: number; negated: boolean }[]): string {
  const html = String(<Code label="text" text={text} marks={marks} whole="/x.json" />);
  return html.slice(html.indexOf("<code>") + 6, html.indexOf("</code>"));
}

test("marks in a line, over lines, and where they meet", () => {
  expect(
    shown("ab cd\nef\ngh", [
      { start: 0, end: 2, negated: false },
      { start: 3, end: 8, negated: true },
      { start: 4, end: 6, negated: false },
    ]),
  ).toBe(
    '<span class="line" id="L1"><mark class="looked-for">ab</mark> <mark class="left-out">cd</mark>\n</span>' +
      '<span class="line" id="L2"><mark class="left-out">ef</mark>\n</span><span class="line" id="L3">gh\n</span>',
  );
});

test("all line ends count as one", () => {
  expect(shown("a\r\nb\rc\n", [{ start: 3, end: 4, negated: false }])).toBe(
    '<span class="line" id="L1">a\n</span><span class="line" id="L2"><mark class="looked-for">b</mark>\n</span>' +
      '<span class="line" id="L3">c\n</span><span class="line" id="L4">\n</span>',
  );
});

test("a long text is cut, and says where the whole of it is", () => {
  const html = String(<Code label="text" text={"a\n".repeat(3000)} marks={[]} whole="/x.json" />);
  expect(html).toContain("… and 501 more lines");
  expect(html).toContain('<a href="/x.json">');
});

test("a text of long lines is cut between lines", () => {
  const line = `${"x".repeat(999)}\n`;
  const html = String(<Code label="text" text={line.repeat(200)} marks={[]} whole="/x.json" />);
  expect(shownLines(line.repeat(200))).toBe(80);
  expect(html).toContain('id="L80"');
  expect(html).not.toContain('id="L81"');
  expect(html).toContain("… and 121 more lines");
});

test("one line that is too long by itself is cut", () => {
  const html = String(<Code label="text" text={"x".repeat(500_000)} marks={[]} whole="/x.json" />);
  expect(html.length).toBeLessThan(81_000);
  expect(html).toContain("The line is cut: ");
});
