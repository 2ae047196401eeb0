import { expect, test } from "vitest";
import { diagnostic, hasErrors } from "./diagnostic.ts";
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
