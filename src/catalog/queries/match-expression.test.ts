import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { matchExpression } from "./match-expression.ts";

const documents = [
  "process image rundll32.exe is started",
  "tagged attack.t1059.001",
  "exploits CVE-2024-1708 in the wild",
  String.raw`writes to C:\Windows\Temp\x.dll`,
  "it's a trap",
  "powershell -EncodedCommand AAAA",
  "Image|endswith: \\x.exe",
  'process.name : "dns.exe"',
];

const database = new DatabaseSync(":memory:");
database.exec("CREATE VIRTUAL TABLE found USING fts5 (text, tokenize='unicode61')");
for (const text of documents) database.prepare("INSERT INTO found VALUES (?)").run(text);

function find(query: string): readonly string[] {
  const expression = matchExpression(query);
  if (expression === null) return [];
  return database
    .prepare("SELECT text FROM found WHERE found MATCH ? ORDER BY rowid")
    .all(expression)
    .map((row) => String(row.text));
}

describe("what people type", () => {
  test.each([
    ["rundll32.exe", 0],
    ["T1059.001", 1],
    ["CVE-2024-1708", 2],
    [String.raw`C:\Windows\Temp`, 3],
    ["it's", 4],
    ["-EncodedCommand", 5],
    ["Image|endswith", 6],
    ["process.name", 7],
    ['"is started"', 0],
    ["encodedc", 5],
    ["rundll32\u0000exe", 0],
  ])("%s finds the one text that holds it", (query, index) => {
    expect(find(query)).toEqual([documents[index]]);
  });

  test("every word must occur", () => {
    expect(find("powershell rundll32.exe")).toEqual([]);
    expect(find("image started")).toEqual([documents[0]]);
  });

  test.each([
    "",
    "   ",
    '"',
    '""',
    "-",
    "*",
    "AND",
    "NOT",
    "NEAR(",
    "a OR",
    "(",
    ")",
    "col:",
    "^x",
    "\u0000",
    "rundll32\u0000.exe",
    "a\ud800b",
    "'",
    ";--",
    '"a" "',
    "{}",
    "+",
    "%",
  ])("%j is no syntax error", (query) => {
    expect(() => find(query)).not.toThrow();
  });
});
