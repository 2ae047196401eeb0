import { expect, test } from "vitest";
import { collectDiagnostics, diagnostic, hasErrors, tooLong } from "./diagnostic.ts";
import { limits } from "./limits.ts";
import { span } from "./span.ts";

test("a diagnostic without a hint has no such key, so that it prints as it compares", () => {
  const one = diagnostic("eql/unclosed-string", "error", "This string has no end.", span(3, 9));
  expect(Object.keys(one)).toEqual(["code", "severity", "message", "span"]);
  expect(one.span).toEqual({ start: 3, end: 9 });
});

test("a hint is kept", () => {
  expect(diagnostic("eql/unclosed-string", "error", "This string has no end.", span(3, 9), "Add a quote.").hint).toBe(
    "Add a quote.",
  );
});

test("only an error is an error", () => {
  const warning = diagnostic("a/b", "warning", "Odd.", span(0, 1));
  const info = diagnostic("a/c", "info", "Old.", span(0, 1));
  const error = diagnostic("a/d", "error", "Wrong.", span(0, 1));
  expect(hasErrors([])).toBe(false);
  expect(hasErrors([warning, info])).toBe(false);
  expect(hasErrors([warning, error, info])).toBe(true);
});

test("many are cut to the cap, and an error among the rest is still one", () => {
  const list = collectDiagnostics("eql");
  for (let i = 0; i < limits.diagnostics; i++) list.add(diagnostic("a/b", "info", "Old.", span(i, i + 1)));
  expect(list.all()).toHaveLength(limits.diagnostics);
  expect(list.all().every((one) => one.code === "a/b")).toBe(true);
  list.add(diagnostic("a/c", "error", "Wrong.", span(500, 501)));
  list.add(diagnostic("a/d", "warning", "Odd.", span(600, 601)));
  expect(list.all()).toHaveLength(limits.diagnostics);
  expect(list.all().at(-1)).toEqual({
    code: "eql/more",
    severity: "error",
    message: "There are 3 further problems.",
    span: { start: 99, end: 100 },
  });
});

test("a text is too long from the first character beyond the cap", () => {
  expect(tooLong("eql", "a".repeat(limits.length))).toBeNull();
  expect(tooLong("eql", "a".repeat(limits.length + 1))).toMatchObject({
    code: "eql/too-long",
    severity: "error",
    span: { start: 0, end: limits.length + 1 },
  });
});
