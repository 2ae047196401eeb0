import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { limits } from "../kit/limits.ts";
import { faultsOf } from "./conformance.ts";
import { fuzzLanguage } from "./mutation.ts";
import { languages } from "./registry.ts";

/** Texts that no parser may choke on, whatever its language. */
const hostile = [
  "",
  " ",
  "\u0000",
  "\ud800",
  ...[
    "(",
    ")",
    "[",
    "]",
    "{",
    '"',
    "'",
    "`",
    "\\",
    "|",
    "*",
    "not ",
    "a and ",
    "a or ",
    "a:(",
    "- ",
    "? ",
    "x: ",
    "$",
    "/*",
    "-",
  ].map((piece) => piece.repeat(10_000)),
  "a".repeat(600_000),
];

test("the suite finds a part that no node covers, and a node outside its parent", () => {
  const inner = { type: "word", span: { start: 0, end: 9 } };
  const ast = { type: "toy", inner, span: { start: 2, end: 5 } };
  const toy = {
    id: "toy",
    name: "Toy",
    parse: () => ({ ast, diagnostics: [] }),
    lower: () => ({ stages: [] }),
    print: () => "",
  };
  expect(faultsOf(toy, "ab cd /* note */ ef")).toEqual([
    "ast.inner: 0-9 is not inside 2-5",
    "ast: nothing covers ab and ef",
  ]);
});

describe.each([...languages.values()])("$id", (language) => {
  const samples = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../fixtures/languages", `${language.id}.json`), "utf8"),
  ) as readonly string[];

  test("has at least forty samples", () => {
    expect(samples.length).toBeGreaterThanOrEqual(40);
  });

  test.each(samples)("holds for %j", (text) => {
    expect(faultsOf(language, text)).toEqual([]);
  });

  test("says something about every hostile text, or takes it as it is, without an exception", () => {
    for (const text of hostile) {
      const { ast, diagnostics } = language.parse(text);
      expect(() => language.print(ast), text.slice(0, 20)).not.toThrow();
      expect(JSON.stringify(language.lower(ast)), text.slice(0, 20)).toContain("stages");
      expect(diagnostics.length, text.slice(0, 20)).toBeLessThanOrEqual(limits.diagnostics);
    }
  });

  test("survives mutation", () => {
    const result = fuzzLanguage(language, { seeds: samples, count: 3000, seed: 7, now: () => performance.now() });
    expect(result.failures.map((one) => one.error)).toEqual([]);
  });
});
