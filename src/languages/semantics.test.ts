import { describe, expect, test } from "vitest";
import { semanticsCases } from "../corpora/testing.ts";
import { hasErrors } from "../kit/diagnostic.ts";
import { selects } from "./reference-evaluator.ts";
import { languages } from "./registry.ts";

describe.each([...languages.values()])("$id", (language) => {
  const cases = semanticsCases(language.id);

  test("has at least sixty cases, true ones and false ones, each about something else", () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(cases.map((one) => one.about)).size).toBe(cases.length);
    expect(cases.filter((one) => one.expected).length).toBeGreaterThan(cases.length / 4);
    expect(cases.filter((one) => !one.expected).length).toBeGreaterThan(cases.length / 4);
  });

  test.each(cases)("$about", ({ query, event, expected }) => {
    const { ast, diagnostics } = language.parse(query);
    expect(hasErrors(diagnostics)).toBe(false);
    expect(selects(language.lower(ast), event)).toBe(expected);
  });
});
