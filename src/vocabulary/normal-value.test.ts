import { expect, test } from "vitest";
import { fieldRef } from "../rule/build.ts";
import type { Predicate } from "../rule/expression.ts";
import { normalValue } from "./normal-value.ts";

function normal(value: string, more: Partial<Predicate> = {}): string {
  const predicate: Predicate = {
    type: "predicate",
    field: fieldRef("CommandLine"),
    operator: "contains",
    values: [value],
    raw: [value],
    quantifier: "any",
    caseSensitive: false,
    span: { start: 0, end: 0 },
    ...more,
  };
  return normalValue(predicate, value);
}

test("equal values meet: case is folded where the predicate ignores it", () => {
  expect(normal("PowerShell")).toBe(normal("powershell"));
  expect(normal("-U", { encoding: ["windash"] })).toBe(normal("-u"));
});

test("different values stay apart", () => {
  expect(normal("PowerShell", { caseSensitive: true })).not.toBe(normal("powershell", { caseSensitive: true }));
  expect(normal("\\D+", { operator: "regex_match" })).not.toBe(normal("\\d+", { operator: "regex_match" }));
  expect(normal("IEX", { encoding: ["base64offset"] })).not.toBe(normal("IEX"));
  expect(normal("IEX", { encoding: ["wide", "base64offset"] })).not.toBe(normal("IEX", { encoding: ["base64offset"] }));
});
