import { expect, test } from "vitest";
import { lineValue, searchValue, stanzaName } from "./conf.ts";

test.each(["a", "a\nb", "a\\\nb", "a\\ \nb\\", "a\\", "a\\\\\\\nb", "\\\n\\\n\\", "a\r\nb\rc", "a\n\n\nb\n\n"])(
  "every line of %j goes on but for the last, whatever a backslash means to whoever reads it",
  (search) => {
    const lines = searchValue(search).split("\n");
    const last = lines.pop() ?? "";
    expect(last.trimEnd()).not.toMatch(/\\$/u);
    for (const line of lines) expect(line).toMatch(/(?:^|[^\\])\\$/u);
  },
);

test("no line of a search begins like a comment or a stanza", () => {
  expect(searchValue("a\n# b\n[c]\n; d")).toBe("a\\\n # b\\\n [c]\\\n ; d");
});

test("a value of one line has one line and no backslash at its end", () => {
  expect(lineValue("a\nb = c \\ \\")).toBe("a b = c");
  expect(stanzaName("a]\n[b\\")).toBe("a) (b");
});
