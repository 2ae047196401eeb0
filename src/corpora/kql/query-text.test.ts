import { describe, expect, test } from "vitest";
import { gluedTag, looksLikeKusto, tagMeaning } from "./query-text.ts";

describe("looksLikeKusto", () => {
  test.each([
    "DeviceEvents | take 10",
    "// a comment\n\n  // and one more\nDeviceEvents\n\n| where a == 1",
    "DeviceEvents // all of them\n| where a == 1",
    "| where ActionType == 'x'",
    "let x = 5;\nDeviceEvents | count",
    "let 2022List = dynamic(['a']);",
    'arg("").Resources\n| distinct type',
    "Function(1, 'x')\n| project-away a",
    "['My Table'] | mv-expand a",
    "union Device*\n| where a",
    'search in (T) "x"',
    'datatable (a:string) ["x"]',
    "T; T | count",
  ])("says yes to %j", (code) => {
    expect(looksLikeKusto(code)).toBe(true);
  });

  test.each([
    "",
    "// only a comment",
    "net user\nnet group",
    "cmd.exe /c dir | sort",
    "powershell -c x | iex",
    "Get-Process | where Name -eq x",
    "HKLM:\\SOFTWARE\\x",
    '{"a": "b | where c"}',
    "https://example.org/a\nhttps://example.org/b",
    "index=main | stats count",
    "FROM logs-* | WHERE a == 1",
    "process where true",
    "find . -name x",
    "print x",
    "a | b | c",
    "CVE\tVendor\nCVE-2020-1\tX",
  ])("says no to %j", (code) => {
    expect(looksLikeKusto(code)).toBe(false);
  });

  test("looks at hostile text once", () => {
    const started = performance.now();
    for (const code of [
      `a${" ".repeat(500_000)}b`,
      "|  ".repeat(200_000),
      `a(${"(".repeat(500_000)}`,
      "//\n".repeat(200_000),
    ]) {
      looksLikeKusto(code);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

test("a tag says what the code is", () => {
  expect(["KQL", "kusto", "csl", "", "PowerShell", "json"].map(tagMeaning)).toEqual([
    "kusto",
    "kusto",
    "kusto",
    "none",
    "other",
    "other",
  ]);
});

test("a tag may run on into the query", () => {
  expect(["KQLSigninLogs", "kqlDeviceEvents", "KQL", "kqlx", "kql-x"].map(gluedTag)).toEqual([3, 3, null, null, null]);
});
