import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasErrors } from "../kit/diagnostic.ts";
import { type ReferenceEvent, selects } from "./reference-evaluator.ts";
import { languages } from "./registry.ts";

interface SemanticsCase {
  readonly about: string;
  readonly query: string;
  readonly event: ReferenceEvent;
  readonly expected: boolean;
  readonly source?: string;
}

const folder = join(import.meta.dirname, "../../fixtures/semantics");

describe.each([...languages.values()])("$id", (language) => {
  const file = join(folder, `${language.id}.json`);
  const cases = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as readonly SemanticsCase[]) : [];

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
