import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "./main.ts";
import { capture } from "./testing.ts";

describe("usage", () => {
  test("--help lists every command and the exit codes", async () => {
    const { code, output, messages } = await capture(["--help"]);
    expect({ code, messages }).toEqual({ code: 0, messages: "" });
    for (const name of ["build", "serve", "show", "search", "check", "parse"])
      expect(output).toMatch(new RegExp(`^  ${name}\\b`, "m"));
    expect(output).toContain(
      "Exit codes: 0 done, 1 the input has errors, 2 wrong usage, 3 cannot be expressed, 70 a bug of ours.",
    );
  });

  test.each([["build"], ["serve"], ["show", "technique"], ["show", "rule"], ["search"], ["check"], ["parse"]])(
    "%s %s has examples and --json",
    async (...path) => {
      const { code, output } = await capture([...path.filter((one) => one !== undefined), "--help"]);
      expect(code).toBe(0);
      expect(output).toContain("Examples:\n  ");
      expect(output).toMatch(/^ {2}--json /m);
    },
  );

  test("nothing to do is wrong usage, and shows the help on stderr", async () => {
    const { code, output, messages } = await capture([]);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(messages).toContain("Usage: detectionary");
  });

  test.each([
    ["an unknown command", ["serch"], "error: unknown command 'serch'\n(Did you mean search?)\n"],
    ["an unknown option", ["search", "x", "--jsn"], "error: unknown option '--jsn'\n(Did you mean --json?)\n"],
    ["a missing argument", ["search"], "error: missing required argument 'query'\n"],
    [
      "a bad port",
      ["serve", "--port", "65536"],
      "error: option '--port <number>' argument '65536' is invalid. It must be a number from 0 to 65535.\n",
    ],
    [
      "a bad page",
      ["search", "x", "--page", "0"],
      "error: option '--page <number>' argument '0' is invalid. It must be a number from 1 on.\n",
    ],
    ["a missing language", ["parse", "-"], "error: required option '--language <id>' not specified\n"],
  ])("%s", async (_, args, message) => {
    const { code, output, messages } = await capture(args);
    expect({ code, output, message: messages.slice(0, message.length) }).toEqual({ code: 2, output: "", message });
  });

  test("the version is that of the package", async () => {
    const { code, output } = await capture(["--version"]);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});

describe("errors", () => {
  test("a file that is not there is told in a sentence, not as a bug", async () => {
    expect(await capture(["parse", "--language", "eql", "no-such-file"])).toEqual({
      code: 2,
      output: "",
      messages: "error: There is no file no-such-file.\n",
    });
  });

  test("what the operating system refuses is told in its words, not as a bug", async () => {
    const { code, messages } = await capture(["build", "--out", join(import.meta.filename, "catalog.sqlite")]);
    expect({ code, messages }).toEqual({ code: 1, messages: expect.stringMatching(/^error: E[A-Z]+: /m) });
  });

  test("a message in which the user's text is repeated cannot steer the terminal", async () => {
    const { messages } = await capture(["parse", "--language", "\u001b[31mx", "-"]);
    expect(messages).toContain("There is no language \\u001b[31mx.");
  });

  test.each([
    ["", ["Please report it with the command that you ran; DETECTIONARY_DEBUG=1 shows where it happened."]],
    [
      "1",
      [
        expect.stringMatching(/^TypeError: surprise\n +at /),
        "Please report it with the command that you ran and the lines above.",
      ],
    ],
  ])("a fault of the program asks for a report (DETECTIONARY_DEBUG=%j)", async (debug, lines) => {
    const messages: string[] = [];
    const code = await main(["--help"], {
      input: (async function* () {})(),
      output: {
        write: () => {
          throw new TypeError("surprise");
        },
      },
      messages: { write: (text) => messages.push(text) },
      environment: { DETECTIONARY_DEBUG: debug },
    });
    expect(code).toBe(70);
    expect(messages.map((one) => one.trimEnd())).toEqual([
      "error: detectionary hit a bug of its own: surprise",
      ...lines,
    ]);
  });
});
