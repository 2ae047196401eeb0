import { describe, expect, test } from "vitest";
import { limits } from "./limits.ts";
import { readYaml, yamlValue } from "./yaml.ts";

function plainValue(text: string): unknown {
  const { documents, diagnostics } = readYaml(text);
  expect(diagnostics).toEqual([]);
  const [document] = documents;
  if (document === undefined || documents.length !== 1) throw new Error(`${documents.length} documents`);
  return yamlValue(document).value;
}

describe("readYaml", () => {
  test("reads plain data; dates and yes stay text", () => {
    expect(plainValue("a: 1\nb: [x, 'y', \"z\\n\", 2026-01-02, yes, ~, 1.5, true]\n")).toEqual({
      a: 1,
      b: ["x", "y", "z\n", "2026-01-02", "yes", null, 1.5, true],
    });
  });

  test("keeps the place of every node", () => {
    const text = "first: 1\nsecond: 'two'\n";
    const [document] = readYaml(text).documents;
    const range = document?.getIn(["second"], true) as { range?: readonly number[] };
    expect(text.slice(range.range?.[0], range.range?.[1])).toBe("'two'");
  });

  test("leaves out documents without content", () => {
    const texts = readYaml("---\n---\na: 1\n---\n# nothing\n---\nb: 2\n").documents.map((one) => yamlValue(one).value);
    expect(texts).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test("says where the syntax is broken, and keeps what it could read", () => {
    const text = "a: 1\nb: 'open\nc: 2\n";
    const { documents, diagnostics } = readYaml(text);
    expect(documents).toHaveLength(1);
    expect(diagnostics.map((one) => [one.code, one.severity])).toContainEqual(["yaml/syntax", "error"]);
    for (const { message, span } of diagnostics) {
      expect(message).not.toContain("at line");
      expect(span.end).toBeLessThanOrEqual(text.length);
    }
  });

  test("takes regular expressions full of brackets for texts", () => {
    const lines = Array.from({ length: 120 }, (_, i) => `    - '\${jndi${i}:[{'`);
    expect(readYaml(`detection:\n  keywords:\n${lines.join("\n")}\n`).diagnostics).toEqual([]);
  });

  test("leaves the stack traces of others as they were", () => {
    const before = Error.stackTraceLimit;
    readYaml("a: 'open");
    expect(Error.stackTraceLimit).toBe(before);
  });
});

describe("hostile shapes", () => {
  const shapes: Readonly<Record<string, string>> = {
    "a text beyond the length": "a".repeat(limits.length + 1),
    "10 000 brackets": "[".repeat(10_000),
    "10 000 braces with keys": "{a: ".repeat(10_000),
    "10 000 closing brackets": "]".repeat(10_000),
    "10 000 commas in a list": `[${"a,".repeat(10_000)}`,
    "10 000 explicit keys": "? ".repeat(10_000),
    "10 000 explicit keys on their own lines": "?\n".repeat(10_000),
    "10 000 dashes": "- ".repeat(10_000),
    "10 000 colons": "a: ".repeat(10_000),
    "10 000 double quotes": '"'.repeat(10_000),
    "10 000 single quotes with blanks": "' ".repeat(10_000),
    "10 000 anchors": "&a ".repeat(10_000),
    "10 000 tags": "!!x ".repeat(10_000),
    "10 000 documents": "---\n".repeat(10_000),
    "10 000 open quotes": 'a: "b\n'.repeat(10_000),
    "a staircase of maps": Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}a:\n`).join(""),
  };

  test.each(Object.entries(shapes))("%s cost less than 50 ms", (_name, text) => {
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 5; i++) {
      const before = performance.now();
      const { diagnostics } = readYaml(text);
      best = Math.min(best, performance.now() - before);
      expect(diagnostics.length).toBeGreaterThan(0);
      expect(diagnostics.length).toBeLessThanOrEqual(limits.diagnostics);
    }
    expect(best).toBeLessThan(50);
  });

  test("an alias bomb is refused when it is expanded", () => {
    const levels = ["a: &a [x, x, x, x, x, x, x, x, x]"];
    for (const [name, before] of ["ba", "cb", "dc", "ed", "fe", "gf"].map((pair) => [pair[0], pair[1]])) {
      levels.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
    }
    const [document] = readYaml(`${levels.join("\n")}\n`).documents;
    if (document === undefined) throw new Error("no document");
    const { value, diagnostics } = yamlValue(document);
    expect(value).toBeNull();
    expect(diagnostics.map((one) => one.code)).toEqual(["yaml/aliases"]);
  });

  test("keys that are maps of maps are refused before they are spelled out", () => {
    const [document] = readYaml(`${"{".repeat(300)}a${"}".repeat(300)}`).documents;
    if (document === undefined) throw new Error("no document");
    const before = performance.now();
    expect(yamlValue(document).diagnostics.map((one) => one.code)).toEqual(["yaml/complex-key"]);
    expect(performance.now() - before).toBeLessThan(50);
  });
});
