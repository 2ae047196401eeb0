import { describe, expect, test } from "vitest";
import { predicatesOf } from "../../rule/predicates.ts";
import { showShort } from "../testing.ts";
import { lower, parse } from "./index.ts";

function logicOf(text: string): string {
  const [stage] = lower(parse(text).ast).stages;
  return stage?.type === "filter" ? showShort(stage.expression) : "nothing";
}

describe("values of a field", () => {
  test.each([
    ["process.name:cmd.exe", 'eq process.name "cmd.exe"'],
    ['process.name : "Cmd.exe"', 'eq process.name "Cmd.exe"'],
    ["user.name: Jane Doe", 'eq user.name "Jane Doe"'],
    ["process.name:cmd*", 'starts_with process.name "cmd"'],
    ["process.name:*.exe", 'ends_with process.name ".exe"'],
    ["process.args:*-enc*", 'contains process.args "-enc"'],
    ["process.name:c*d.exe", "wildcard process.name c*d.exe"],
    ["file.path:/a?b/*", 'starts_with file.path "/a?b/"'],
    ["process.name:*", "exists process.name"],
    ['process.name:"*"', 'eq process.name "*"'],
    ['process.name:"cmd*"', 'eq process.name "cmd*"'],
    ["process.name:cmd\\*", 'eq process.name "cmd*"'],
    ["file.path:C\\:\\\\Temp\\\\*", 'starts_with file.path "C:\\Temp\\"'],
    ["event.code:4688", "eq event.code 4688"],
    ['event.code:"4688"', 'eq event.code "4688"'],
    ["a:007 or a:1e5 or a:0x1", '(eq a "007" or eq a "1e5" or eq a "0x1")'],
    ["a:true or a:True", '(eq a true or eq a "True")'],
    ["a:null", "opaque[a null value, which Elasticsearch refuses: null]"],
    ["source.ip:10.0.0.0/8", 'cidr_match source.ip "10.0.0.0/8"'],
    ['source.ip:"fe80::/10"', 'cidr_match source.ip "fe80::/10"'],
    ["source.ip:10.0.0.1", 'eq source.ip "10.0.0.1"'],
    ["url.path:1.2.3/4", 'eq url.path "1.2.3/4"'],
    ["url.path:10.0.0.0/99", 'eq url.path "10.0.0.0/99"'],
  ])("%s", (text, expected) => expect(logicOf(text)).toBe(expected));
});

describe("groups of values", () => {
  test.each([
    ['a:(b or "c d" or 5)', 'eq a "b"|"c d"|5'],
    ["a:(b and c)", 'eq a "b"&"c"'],
    ["a:(b or c* or d*)", '(eq a "b" or starts_with a "c"|"d")'],
    ["a:(*b* and *c*)", 'contains a "b"&"c"'],
    ["a:(not b)", 'not eq a "b"'],
    ["a:(not (b or c))", 'not eq a "b"|"c"'],
    ["a:(* and not *x*)", '(exists a and not contains a "x")'],
    ["a:(b or c and not d)", '(eq a "b" or (eq a "c" and not eq a "d"))'],
    ["a:((b or c) and (d or e))", '(eq a "b"|"c" and eq a "d"|"e")'],
    ["a:(b and (c and d))", 'eq a "b"&"c"&"d"'],
  ])("%s", (text, expected) => expect(logicOf(text)).toBe(expected));

  test("networks and addresses apart", () => {
    expect(logicOf('source.ip:(10.0.0.0/8 or "::1" or "fc00::/7")')).toBe(
      '(cidr_match source.ip "10.0.0.0/8"|"fc00::/7" or eq source.ip "::1")',
    );
  });
});

describe("operators", () => {
  test.each([
    ["a:1 or b:2 and not c:3", "(eq a 1 or (eq b 2 and not eq c 3))"],
    ["(a:1 or b:2) and c:3", "((eq a 1 or eq b 2) and eq c 3)"],
    ["not a:1 and b:2", "(not eq a 1 and eq b 2)"],
    ["not (a:1 and b:2)", "not (eq a 1 and eq b 2)"],
    ["a:1 AND b:2 Or NOT c:3", "((eq a 1 and eq b 2) or not eq c 3)"],
    ["(a:1 and b:2) and c:3", "(eq a 1 and eq b 2 and eq c 3)"],
  ])("%s", (text, expected) => expect(logicOf(text)).toBe(expected));
});

describe("ranges", () => {
  test.each([
    ["a > 5", "gt a 5"],
    ["a>=5.5", "ge a 5.5"],
    ["a <-1", "lt a -1"],
    ['@timestamp <= "now-30d/d"', 'le @timestamp "now-30d/d"'],
    ["@timestamp < 2024-01-31", 'lt @timestamp "2024-01-31"'],
  ])("%s", (text, expected) => expect(logicOf(text)).toBe(expected));
});

describe("fields", () => {
  test.each([
    ["file.hash.*:*", "exists file.hash.*"],
    ["*:*", "exists~ any"],
    ["*", "exists~ any"],
    ["*:needle", 'match~ any "needle"'],
    ['"a b":c', 'eq a b "c"'],
    ["a\\:b:c", 'eq a:b "c"'],
    ["items:{ name:x and price > 3 }", '(eq items.name "x" and gt items.price 3)'],
    ["a:{ b:{ c:(d or e) } } and c:1", '(eq a.b.c "d"|"e" and eq c 1)'],
  ])("%s", (text, expected) => expect(logicOf(text)).toBe(expected));
});

describe("full text", () => {
  test.each([
    ["message:quick brown fox", 'match~ message "quick"|"brown"|"fox"'],
    ['message:"quick brown fox"', 'match~ message "quick brown fox"'],
    ["message:(quick and brown)", 'match~ message "quick"&"brown"'],
    ["message:(a b and c)", '(match~ message "a"|"b" and match~ message "c")'],
    ["message:quick*", "match~ message quick*"],
    ["process.command_line.text:net", 'match~ process.command_line.text "net"'],
    ["process.io.text:net", 'eq process.io.text "net"'],
    ['"powershell.file.script_block_text":"IEX"', 'match~ powershell.file.script_block_text "IEX"'],
    ["cmd.exe", 'match~ any "cmd.exe"'],
    ['"a phrase" or word', '(match~ any "a phrase" or match~ any "word")'],
  ])("%s", (text, expected) => expect(logicOf(text)).toBe(expected));
});

describe("what was not understood", () => {
  test.each([
    ["", "nothing"],
    ["a:1 and", "(eq a 1 and opaque[text that is no Kibana query: ])"],
    ['a:"x" b:1', '(eq a "x" and opaque[text that is no Kibana query: "x" b:1])'],
    ["a:(b or", '(eq a "b" or opaque[text that is no Kibana query: ])'],
  ])("%j", (text, expected) => expect(logicOf(text)).toBe(expected));
});

test("a predicate keeps its spelling and its place", () => {
  const text = 'x:1 and process.name:("a\\"b" or c\\:d)';
  const [, use] = predicatesOf(lower(parse(text).ast)).uses;
  expect(use?.predicate).toMatchObject({
    field: { raw: "process.name", canonical: null },
    values: ['a"b', "c:d"],
    raw: ['"a\\"b"', "c\\:d"],
    span: { start: 8, end: text.length },
  });
});
