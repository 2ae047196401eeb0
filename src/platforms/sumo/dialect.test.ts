import { expect, test } from "vitest";
import type { Operator, Value } from "../../rule/expression.ts";
import { isRefused, type TargetField, type Test } from "../platform.ts";
import { checkQuery } from "./check.testing.ts";
import { sumoDialect } from "./dialect.ts";

const field = (name: string): TargetField => ({ name, canonical: null, type: "keyword", listed: true });

function ask(operator: Operator, values: readonly Value[], more: Partial<Test> = {}): string {
  const asked: Test = {
    field: field("commandLine"),
    operator,
    values,
    others: [],
    quantifier: "any",
    caseSensitive: false,
    several: "any",
    guarded: false,
    regex: "pcre",
    ...more,
  };
  const written = sumoDialect.test(asked);
  if (isRefused(written)) return `refused: ${written.code}`;
  expect(checkQuery(`* | where ${written.text}`).problems, written.text).toEqual([]);
  return written.text;
}

const cased = { caseSensitive: true };
const wild: Value = {
  type: "pattern",
  tokens: [{ type: "any" }, { type: "literal", text: "a" }, { type: "any" }, { type: "literal", text: "b" }],
};
const single: Value = { type: "pattern", tokens: [{ type: "literal", text: "v" }, { type: "one" }] };

test.each<[Operator, readonly Value[], Partial<Test>, string]>([
  ["eq", ["Whoami"], {}, 'toLowerCase(commandLine) = "whoami"'],
  ["eq", ["Whoami"], cased, 'commandLine = "Whoami"'],
  ["eq", ["4624"], {}, 'commandLine = "4624"'],
  ["eq", ["A", "b"], {}, 'toLowerCase(commandLine) in ("a", "b")'],
  ["eq", ["C:\\a.exe"], {}, "commandLine matches /(?i)^C:\\\\a\\.exe$/"],
  ["eq", ["C:\\a.exe", "D:/b"], cased, "commandLine matches /^(?:C:\\\\a\\.exe|D:\\/b)$/"],
  ["eq", ["Ärger"], {}, "commandLine matches /(?i)^Ärger$/"],
  ["eq", [""], {}, 'commandLine = ""'],
  ["contains", ["Net User"], {}, 'toLowerCase(commandLine) matches "*net user*"'],
  ["contains", ["Net User"], cased, 'commandLine matches "*Net User*"'],
  ["contains", ["2*3"], {}, "commandLine matches /(?is).*2\\*3.*/"],
  ["contains", ["a", "b"], {}, "commandLine matches /(?is).*(?:a|b).*/"],
  ["starts_with", ["a"], {}, 'toLowerCase(commandLine) matches "a*"'],
  ["starts_with", ["\\\\host"], cased, "commandLine matches /(?s)^\\\\\\\\host.*/"],
  ["ends_with", ["\\cmd.exe", "\\sh"], {}, "commandLine matches /(?is).*(?:\\\\cmd\\.exe|\\\\sh)$/"],
  ["wildcard", [wild], {}, 'toLowerCase(commandLine) matches "*a*b"'],
  ["wildcard", [single], {}, "commandLine matches /(?is)^v.$/"],
  ["regex_match", ["a/b\\d+"], cased, "commandLine matches /(?s).*(?-s:a\\/b\\d+).*/"],
  ["regex_match", ["(?i)a"], cased, "commandLine matches /(?is).*(?-s:a).*/"],
  ["regex_match", ["^(?:a.*)$"], { ...cased, regex: "lucene" }, "commandLine matches /(?s)^(?:a.*)$/"],
  ["regex_match", ["a(?=b)"], cased, "refused: regex"],
  ["match", ["net"], {}, "commandLine matches /(?is).*(?:^|[^\\p{L}\\p{N}])net(?:[^\\p{L}\\p{N}]|$).*/"],
  ["cidr_match", ["10.0.0.0/8"], {}, 'compareCIDRPrefix("10.0.0.0", commandLine, "8")'],
  ["cidr_match", ["fe80::/10"], {}, "commandLine matches /(?is)^fe[89ab][0-9a-f]:.*/"],
  ["cidr_match", ["2001:db8::/32"], {}, "commandLine matches /(?is)^2001:db8:.*/"],
  ["cidr_match", ["::1/128"], {}, 'toLowerCase(commandLine) = "::1"'],
  ["cidr_match", ["::/8"], {}, "refused: operator"],
  ["cidr_match", ["no network"], {}, "refused: operator"],
  ["gt", [10], {}, "commandLine > 10"],
  ["le", ["2.5"], {}, "commandLine <= 2.5"],
  ["lt", ["1.2.3"], {}, "refused: value-type"],
  ["exists", [], {}, "!isNull(commandLine)"],
  ["is_null", [], {}, "isNull(commandLine)"],
  ["eq", [443, "80"], { field: field("dstPort") }, "dstPort in (443, 80)"],
  ["eq", ["ssh"], { field: field("dstPort") }, "refused: value-type"],
  ["starts_with", ["44"], { field: field("dstPort") }, 'toString(dstPort) matches "44*"'],
  ["eq", ["x"], { field: field('fields["EventData.Image"]') }, 'toLowerCase(%"fields.EventData.Image") = "x"'],
  ["eq", ["x"], { field: field('a"b c') }, 'toLowerCase(%"a\\"b c") = "x"'],
  ["eq", ["x"], { field: field("a\\b") }, "refused: no-field"],
  ["eq_field", [], { others: [field("user_username")] }, "toLowerCase(commandLine) = toLowerCase(user_username)"],
  ["eq_field", [], { ...cased, others: [field("user_username")] }, "commandLine = user_username"],
  ["contains_field", [], { ...cased, others: [field("a")] }, "contains(commandLine, a) and !isNull(a)"],
  [
    "ends_with_field",
    [],
    { ...cased, others: [field("a")] },
    "length(commandLine) >= length(a) and substring(commandLine, length(commandLine) - length(a), length(commandLine)) = a",
  ],
  ["lt_field", [], { others: [field("a")] }, "commandLine < a"],
  ["match", ["id root"], { field: null }, "_raw matches /(?is).*id root.*/"],
  ["contains", ['C:\\"x'], { field: null }, '_raw matches /(?is).*C:\\\\{1,2}\\\\?"x.*/'],
  ["gt", [5], { field: null }, "refused: keyword"],
])("writes %s %j with %j", (operator, values, more, text) => {
  expect(ask(operator, values, more)).toBe(text);
});

test.each([
  '" or 1 = 1 or "',
  "\\",
  '\\"',
  "/ or true",
  "\\/",
  "line\nend\r\n",
  "nul\u0000",
  "{{parameter}}",
  "*/ // comment",
  "$(x) `y` | count",
  "\u2028\u2029\u0085",
  "ünïcödé 🜁 ß İ",
  '%a% %"b"',
  `${"long\\ ".repeat(17_000)}`,
])("keeps a hostile value in its literal, number %#", (value) => {
  const operators: readonly Operator[] = ["eq", "contains", "starts_with", "ends_with", "match"];
  for (const operator of operators) {
    for (const caseSensitive of [true, false]) {
      const text = ask(operator, [value], { caseSensitive });
      // The keyword * is a literal as well.
      expect(checkQuery(`* | where ${text}`).literals.length).toBe(2);
      expect(ask(operator, [value, "b"], { caseSensitive }).startsWith("refused")).toBe(false);
    }
  }
});
