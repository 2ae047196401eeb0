import { expect, test } from "vitest";
import { type OtherForm, toOtherForm } from "../../../platforms/fields/other-form.ts";
import type { Operator, Predicate, Value } from "../../../rule/expression.ts";
import type { Field } from "../../../vocabulary/vocabulary.ts";
import { vocabulary } from "../vocabulary/index.ts";
import { values } from "../vocabulary/value-files.ts";

const tables = { vocabulary: vocabulary(), values: values() };

function field(id: string): Field {
  const found = tables.vocabulary.field(id);
  if (found === null) throw new Error(`There is no ${id}.`);
  return found;
}

function asked(
  from: string,
  to: string,
  operator: Operator,
  value: Value,
  system: "windows" | null = "windows",
): OtherForm | null {
  const predicate: Predicate = {
    type: "predicate",
    field: { raw: from, canonical: from },
    operator,
    values: [value],
    raw: [""],
    quantifier: "any",
    caseSensitive: false,
    span: { start: 0, end: 0 },
  };
  return toOtherForm(tables, system, predicate, field(from), field(to));
}

function moved(...question: Parameters<typeof asked>): readonly [Operator, Value] | null {
  const found = asked(...question);
  return found === null ? null : [found.operator, found.values[0] ?? ""];
}

const middle: Value = {
  type: "pattern",
  tokens: [{ type: "literal", text: "/c" }, { type: "any" }, { type: "literal", text: ".ps1" }],
};

test.each<[Operator, Value, readonly [Operator, Value] | null]>([
  ["eq", "-enc", ["regex_match", "(?:^|[\\s\"'])-enc(?:[\\s\"']|$)"]],
  ["starts_with", "--user=", ["regex_match", "(?:^|[\\s\"'])--user="]],
  ["ends_with", ".ps1", ["regex_match", "\\.ps1(?:[\\s\"']|$)"]],
  ["contains", "http", ["contains", "http"]],
  ["wildcard", middle, ["regex_match", "(?:^|[\\s\"'])\\/c.*\\.ps1(?:[\\s\"']|$)"]],
  ["gt", 5, null],
])("asks the command line for an argument: %s %j", (operator, value, expected) => {
  expect(moved("process.args", "process.command_line", operator, value)).toEqual(expected);
});

test("asks the path of a registry value for its name", () => {
  expect(moved("registry.value", "registry.path", "eq", "Debugger")).toEqual(["ends_with", "\\Debugger"]);
});

test("asks a path for its extension, and for a base name where the system is not known", () => {
  expect(moved("file.extension", "file.path", "eq", "exe")).toEqual(["ends_with", ".exe"]);
  expect(moved("file.extension", "file.directory", "eq", "exe")).toBeNull();
  expect(moved("file.name", "file.directory", "eq", "a.exe")).toBeNull();
  expect(moved("file.name", "file.path", "ends_with", ".txt")).toEqual(["ends_with", ".txt"]);
  expect(moved("file.name", "file.path", "ends_with", "\\.txt")).toBeNull();
  expect(moved("process.name", "process.executable", "eq", "sh", null)).toEqual(["regex_match", "(?:^|[\\\\/])sh$"]);
});

test.each([
  ["file.name", "file.path", 0],
  ["file.hash.md5", "file.hash", 0],
  ["destination.domain", "destination.ip", 1],
  ["file.extension", "file.path", 1],
])("whether there is a %s is asked of %s, and said where that is not quite the same", (from, to, remarks) => {
  expect(asked(from, to, "exists", true)?.remarks ?? []).toHaveLength(remarks);
});
