import { describe, expect, test } from "vitest";
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
    ["process.name:cmd*", 'starts_with process.name "cmd"'],
    ["process.name:*.exe", 'ends_with process.name ".exe"'],
    ["process.args:*\\-enc*", 'contains process.args "-enc"'],
    ["process.name:c?d.exe", "wildcard process.name c?d.exe"],
    ["process.name:*", "exists process.name"],
    ['process.name:"cmd*"', 'eq process.name "cmd*"'],
    ["process.name:cmd\\*\\?", 'eq process.name "cmd*?"'],
    ["file.path:C\\:\\\\Temp\\\\*", 'starts_with file.path "C:\\Temp\\"'],
    ["f:\\u0041b", 'eq f "Ab"'],
    ["event.code:4688", "eq event.code 4688"],
    ['event.code:"4688"', 'eq event.code "4688"'],
    ["f:true", "eq f true"],
    ["f:007", 'eq f "007"'],
    ["f:null", 'eq f "null"'],
    ['f:""', 'eq f ""'],
    ["source.ip:10.0.0.0\\/8", 'cidr_match source.ip "10.0.0.0/8"'],
    ['source.ip:"fe80::/10"', 'cidr_match source.ip "fe80::/10"'],
    ["f:(new york)", 'eq f "new york"'],
    ["f:(new   york*)", '(eq f "new" or starts_with f "york")'],
    ["host.\\*:x", 'eq host.* "x"'],
    ["first\\ name:x", 'eq first name "x"'],
    ["*:x", 'match~ any "x"'],
    ["f:x^2", 'eq f "x"'],
  ])("%s", (text, expected) => {
    expect(logicOf(text)).toBe(expected);
  });
});

describe("groups", () => {
  test.each([
    ["f:(a OR b OR c*)", '(eq f "a"|"b" or starts_with f "c")'],
    ["f:(a AND b)", 'eq f "a"&"b"'],
    ["f:(*a* AND *b*)", 'contains f "a"&"b"'],
    ["f:(a AND NOT b)", '(eq f "a" and not eq f "b")'],
    ["f:((a OR b) AND c)", '(eq f "c" and eq f "a"|"b")'],
    ["f:(a OR g:b)", '(eq f "a" or eq g "b")'],
    ["f:(a OR [1 TO 2])", '(eq f "a" or (ge f 1 and le f 2))'],
    ["f:(a OR /b+/)", '(eq f "a" or regex_match f "^(?:b+)$")'],
    ["(f:a OR g:b) AND h:c", '((eq f "a" or eq g "b") and eq h "c")'],
    ["(a OR b)^3", 'match~ any "a"|"b"'],
  ])("%s", (text, expected) => {
    expect(logicOf(text)).toBe(expected);
  });
});

describe("operators, which have no precedence", () => {
  test.each([
    ["f:a g:b", '(eq f "a" or eq g "b")'],
    ["f:a OR g:b", '(eq f "a" or eq g "b")'],
    ["f:a AND g:b", '(eq f "a" and eq g "b")'],
    ["f:a && g:b", '(eq f "a" and eq g "b")'],
    ["f:a || g:b", '(eq f "a" or eq g "b")'],
    ["f:a AND g:b OR h:c", '(eq f "a" and eq g "b")'],
    ["f:a OR g:b AND h:c", '(eq g "b" and eq h "c")'],
    ["f:a AND g:b OR h:c AND i:d", '(eq f "a" and eq g "b" and eq h "c" and eq i "d")'],
    ["+f:a g:b", 'eq f "a"'],
    ["+f:a +g:b", '(eq f "a" and eq g "b")'],
    ["f:a -g:b", '(eq f "a" and not eq g "b")'],
    ["f:a !g:b", '(eq f "a" and not eq g "b")'],
    ["f:a OR NOT g:b", '(eq f "a" and not eq g "b")'],
    ["f:a OR (NOT g:b)", '(eq f "a" or not eq g "b")'],
    ["NOT f:a", 'not eq f "a"'],
    ["NOT f:a NOT g:b", '(not eq f "a" and not eq g "b")'],
    ["NOT f:a AND g:b", '(eq g "b" and not eq f "a")'],
    ["f:a AND NOT (g:b OR h:c)", '(eq f "a" and not (eq g "b" or eq h "c"))'],
    ["f:a and g:b", '(match~ any "and" or eq f "a" or eq g "b")'],
  ])("%s", (text, expected) => {
    expect(logicOf(text)).toBe(expected);
  });
});

describe("ranges", () => {
  test.each([
    ["f:[1 TO 5]", "(ge f 1 and le f 5)"],
    ["f:{1 TO 5}", "(gt f 1 and lt f 5)"],
    ["f:[1 TO 5}", "(ge f 1 and lt f 5)"],
    ["f:[* TO 5]", "le f 5"],
    ["f:{1 TO *}", "gt f 1"],
    ["f:[* TO *]", "exists f"],
    ["f:[now-1d/d TO now]", '(ge f "now-1d/d" and le f "now")'],
    ['f:["a b" TO "c]"]', '(ge f "a b" and le f "c]")'],
    ["f:>1", "gt f 1"],
    ["f:>=1", "ge f 1"],
    ["f:<1", "lt f 1"],
    ["f:<=-1", "le f -1"],
    ["f:\\>1", "gt f 1"],
    ['f:">1"', 'eq f ">1"'],
    ["f:>", 'eq f ">"'],
    ["f:(>=1 AND <5)", "(ge f 1 and lt f 5)"],
    ["f:(+>=1 +<5)", "(ge f 1 and lt f 5)"],
  ])("%s", (text, expected) => {
    expect(logicOf(text)).toBe(expected);
  });
});

describe("the end of a regular expression", () => {
  test.each([
    ["f:/a\\/b/", 'regex_match f "^(?:a\\/b)$"'],
    ["f:/a\\\\/", 'regex_match f "^(?:a\\\\)$"'],
    ["f:/a\\\\/ AND g:x", '(regex_match f "^(?:a\\\\)$" and eq g "x")'],
    ["f:/a\\\\/ /", 'regex_match f "^(?:a\\\\/ )$"'],
  ])("%s", (text, expected) => {
    expect(logicOf(text)).toBe(expected);
  });
});

describe("existence", () => {
  test.each([
    ["_exists_:f.g", "exists f.g"],
    ['_exists_:"f g"', "exists f g"],
    ["NOT _exists_:f", "not exists f"],
    ["_exists_:(f OR g)", "(exists f or exists g)"],
    ["_exists_:(f AND g)", "(exists f and exists g)"],
    ["_exists_:f*", "opaque[`_exists_` of something else than a field: _exists_:f*]"],
    ["_exists_:[a TO b]", "opaque[`_exists_` of something else than a field: _exists_:[a TO b]]"],
    ["*:*", "exists~ any"],
    ["*", "exists~ any"],
    ["", "not exists any"],
  ])("%s", (text, expected) => {
    expect(logicOf(text)).toBe(expected);
  });
});

describe("analysed fields and terms without a field", () => {
  test.each([
    ["failed", 'match~ any "failed"'],
    ["failed login", 'match~ any "failed"|"login"'],
    ['"failed login"', 'match~ any "failed login"'],
    ["message:Failed", 'match~ message "Failed"'],
    ["message:(failed login)", 'match~ message "failed"|"login"'],
    ["message:(failed AND login)", 'match~ message "failed"&"login"'],
    ["message:(failed login AND root)", 'match~ message "login"&"root"'],
    ['message:"failed login"', 'match~ message "failed login"'],
    ["message:*fail*", 'contains~ message "fail"'],
    ["message:fail*", "match~ message fail*"],
    ["message:(user fail*)", 'match~ message "user"|fail*'],
    ["process.command_line.text:a", 'match~ process.command_line.text "a"'],
    ["message:10.0.0.0\\/8", 'match~ message "10.0.0.0/8"'],
    ["message:/fail(ed)?/", "opaque[a regular expression over the words of a text: message:/fail(ed)?/]"],
    ['message:"failed login"~2', 'opaque[a phrase whose words may stand apart: message:"failed login"~2]'],
    ['message:"failed"~2', 'match~ message "failed"'],
    ['message:"failed login"~0', 'match~ message "failed login"'],
    ['f:"failed login"~2', 'eq f "failed login"'],
  ])("%s", (text, expected) => {
    expect(logicOf(text)).toBe(expected);
  });
});

describe("what cannot be said", () => {
  test.each([
    ["f:admin~", "opaque[a fuzzy term: f:admin~]"],
    ["f:(admin~1 OR root)", '(eq f "root" or opaque[a fuzzy term: admin~1])'],
    ["f:adm*~1", 'starts_with f "adm"'],
    ["f:/a&b/", "opaque[an operator of Lucene's regular expressions: f:/a&b/]"],
    ["f:/<1-5>/", "opaque[an operator of Lucene's regular expressions: f:/<1-5>/]"],
    ["f:/a[&~]\\&b/", 'regex_match f "^(?:a[&~]\\&b)$"'],
    ["f:/a\\/b/", 'regex_match f "^(?:a\\/b)$"'],
    ["f:a:b", '(eq f "a" or opaque[text that is no Lucene query: :b])'],
  ])("%s", (text, expected) => {
    expect(logicOf(text)).toBe(expected);
  });
});

test("predicates stand at their place with the spelling of their values", () => {
  expect(lower(parse('a:1 AND f:("x y" OR z\\*)').ast)).toEqual({
    stages: [
      {
        type: "filter",
        span: { start: 0, end: 24 },
        expression: {
          type: "and",
          span: { start: 0, end: 24 },
          operands: [
            {
              type: "predicate",
              field: { raw: "a", canonical: null },
              operator: "eq",
              values: [1],
              raw: ["1"],
              quantifier: "any",
              caseSensitive: true,
              span: { start: 0, end: 3 },
            },
            {
              type: "predicate",
              field: { raw: "f", canonical: null },
              operator: "eq",
              values: ["x y", "z*"],
              raw: ['"x y"', "z\\*"],
              quantifier: "any",
              caseSensitive: true,
              span: { start: 11, end: 23 },
            },
          ],
        },
      },
    ],
  });
});
