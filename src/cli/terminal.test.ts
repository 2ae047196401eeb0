import { describe, expect, test } from "vitest";
import { openTerminal, printable, type Sink } from "./terminal.ts";

async function* nothing(): AsyncGenerator<string> {}

function open(sink: Partial<Sink>, environment: Record<string, string> = {}) {
  const written: string[] = [];
  const output: Sink = { write: (text) => written.push(text), ...sink };
  return { terminal: openTerminal({ input: nothing(), output, messages: output, environment }), written };
}

describe("colours", () => {
  test("are used on a terminal", () => {
    expect(open({ isTTY: true }).terminal.style("red", "no")).toBe("\u001b[31mno\u001b[39m");
  });

  test.each([
    ["a pipe", {}, {}],
    ["NO_COLOR", { isTTY: true }, { NO_COLOR: "1" }],
    ["a dumb terminal", { isTTY: true }, { TERM: "dumb" }],
  ])("are not used with %s", (_, sink, environment) => {
    expect(open(sink, environment).terminal.style("red", "no")).toBe("no");
  });

  test("an empty NO_COLOR does not count", () => {
    expect(open({ isTTY: true }, { NO_COLOR: "" }).terminal.style("red", "no")).toBe("\u001b[31mno\u001b[39m");
  });
});

test("the width is that of the terminal, and without end in a pipe", () => {
  expect([open({ isTTY: true, columns: 120 }).terminal.width, open({}).terminal.width]).toEqual([
    120,
    Number.POSITIVE_INFINITY,
  ]);
});

test("JSON is indented and ends in a newline", () => {
  const { terminal, written } = open({});
  terminal.printJson({ a: [1] });
  expect(written).toEqual(['{\n  "a": [\n    1\n  ]\n}\n']);
});

test("JSON keeps its meaning and holds nothing that steers a terminal", () => {
  const { terminal, written } = open({});
  const value = { title: "\u001b[2J\u009b31m\u007f", list: ["a\u202eb\r\n"] };
  terminal.printJson(value);
  expect(written.join("")).toMatch(/^[\n\u0020-\u007e]*$/);
  expect(JSON.parse(written.join(""))).toEqual(value);
});

test("no text of a rule can steer the terminal", () => {
  expect(
    printable({
      title: "\u001b[2J\u009b31m\u0007ok\tx\ny",
      list: ["a\u202eb", 1, null],
      "\u001bkey": true,
      crlf: "a\r\nb\rc",
    }),
  ).toEqual({
    title: "\\u001b[2J\\u009b31m\\u0007ok\tx\ny",
    list: ["a\\u202eb", 1, null],
    "\\u001bkey": true,
    crlf: "a\nb\\u000dc",
  });
});
