import { expect, test } from "vitest";
import type { Operator, Value } from "../../rule/expression.ts";
import { isRefused, type TargetField, type Test } from "../platform.ts";
import { checkQuery } from "./check.testing.ts";
import { cqlDialect } from "./dialect.ts";
import { logscale } from "./index.ts";

const field = (name: string): TargetField => ({ name, canonical: null, type: "keyword", listed: true });

function ask(operator: Operator, values: readonly Value[], more: Partial<Test> = {}): string {
  const asked: Test = {
    field: field("CommandLine"),
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
  const written = cqlDialect.test(asked);
  if (isRefused(written)) return `refused: ${written.code}`;
  expect(checkQuery(written.text).problems, written.text.slice(0, 400)).toEqual([]);
  expect(checkQuery(`#type=x | not (${written.text}) or ${written.text}`).problems).toEqual([]);
  return written.text;
}

const cased = { caseSensitive: true };
const on = (name: string, more: Partial<Test> = {}): Partial<Test> => ({ field: field(name), ...more });
const wild: Value = {
  type: "pattern",
  tokens: [{ type: "any" }, { type: "literal", text: "a" }, { type: "any" }, { type: "literal", text: "b" }],
};
const single: Value = { type: "pattern", tokens: [{ type: "literal", text: "v" }, { type: "one" }] };
const anyDrive: Value = {
  type: "pattern",
  tokens: [{ type: "one" }, { type: "literal", text: ":\\a\\" }, { type: "any" }],
};

test.each<[Operator, readonly Value[], Partial<Test>, string]>([
  ["eq", ["Whoami"], {}, "CommandLine=/^Whoami$/i"],
  ["eq", ["Whoami"], cased, "CommandLine=Whoami"],
  ["eq", ["4624"], {}, "CommandLine=4624"],
  ["eq", [4624], {}, "CommandLine=4624"],
  ["eq", ["net user"], cased, 'CommandLine="net user"'],
  ["eq", ["and"], cased, 'CommandLine="and"'],
  ["eq", [""], {}, 'CommandLine=""'],
  ["eq", ["A", "b"], {}, 'in(CommandLine, values=["A", "b"], ignoreCase=true)'],
  ["eq", ["A", "b"], cased, 'in(CommandLine, values=["A", "b"])'],
  // A star is a wildcard in every string, and nothing escapes it there.
  ["eq", ["2*3"], cased, "CommandLine=/^2\\*3$/"],
  ["eq", ["2*3", "a"], {}, "CommandLine=/^(?:2\\*3|a)$/i"],
  ["eq", ["C:\\a.exe"], {}, "CommandLine=/^C:\\\\a\\.exe$/i"],
  ["eq", ["C:\\a.exe"], cased, 'CommandLine="C:\\\\a.exe"'],
  ["contains", ["Net User"], {}, "CommandLine=/Net User/i"],
  ["contains", ["Net User"], cased, 'CommandLine="*Net User*"'],
  ["contains", ["a", "b"], {}, "CommandLine=/(?:a|b)/i"],
  ["contains", ["/etc/"], {}, "CommandLine=/\\/etc\\//i"],
  ["starts_with", ["a"], cased, "CommandLine=a*"],
  ["starts_with", ["\\\\host"], {}, "CommandLine=/^\\\\\\\\host/i"],
  ["ends_with", ["\\cmd.exe", "\\sh.exe"], {}, "CommandLine=/\\\\(?:cmd|sh)\\.exe$/i"],
  ["wildcard", [wild], {}, "CommandLine=/a.*b$/di"],
  ["wildcard", [single], cased, "CommandLine=/^v.$/d"],
  ["regex_match", ["a/b\\d+"], cased, "CommandLine=/a\\/b\\d+/"],
  ["regex_match", ["(?i)a"], cased, "CommandLine=/a/i"],
  ["regex_match", ["a(?=b)"], cased, "CommandLine=/a(?=b)/"],
  ["regex_match", ["(?<=a)b"], cased, "refused: regex"],
  ["regex_match", ["(a)\\1"], cased, "refused: regex"],
  ["regex_match", ["a{1001}"], cased, "refused: regex"],
  ["regex_match", ["^(?:a.*)$"], { ...cased, regex: "lucene" }, "CommandLine=/^(?:a.*)$/d"],
  ["match", ["net"], {}, "CommandLine=/\\bnet\\b/i"],
  ["cidr_match", ["10.0.0.0/8"], {}, 'cidr(CommandLine, subnet="10.0.0.0/8")'],
  ["cidr_match", ["10.1.2.3", "fe80::/10"], {}, 'cidr(CommandLine, subnet=["10.1.2.3/32", "fe80::/10"])'],
  ["cidr_match", ["no network"], {}, "refused: value-type"],
  ["gt", [10], {}, "CommandLine>10"],
  ["le", ["2.5"], {}, "CommandLine<=2.5"],
  ["lt", ["1.2.3"], {}, "refused: value-type"],
  ["exists", [], {}, "CommandLine=*"],
  ["is_null", [], {}, "CommandLine!=*"],
  ["eq", ["x"], on('a"b c', cased), '"a\\"b c"=x'],
  ["eq", ["x"], on("groupBy", cased), '"groupBy"=x'],
  ["eq", ["x"], on("a\u0000", cased), "refused: no-field"],
  ["eq_field", [], { ...cased, others: [field("UserName")] }, "test(CommandLine == UserName)"],
  ["eq_field", [], { others: [field("UserName")] }, "test(lower(CommandLine) == lower(UserName))"],
  [
    "contains_field",
    [],
    { ...cased, others: [field("a b")] },
    'text:contains(string=CommandLine, substring=getField("a b"))',
  ],
  ["lt_field", [], { others: [field("a")] }, "test(CommandLine < a)"],
  // Device paths have a volume where others have a drive.
  ["eq", ["C:\\a.exe"], on("ImageFileName"), "ImageFileName=/^\\\\Device\\\\HarddiskVolume\\d+\\\\a\\.exe$/i"],
  ["contains", ["C:\\a"], on("ImageFileName"), "ImageFileName=/\\\\Device\\\\HarddiskVolume\\d+\\\\a/i"],
  ["wildcard", [anyDrive], on("ImageFileName"), "ImageFileName=/^\\\\Device\\\\HarddiskVolume\\d+\\\\a\\\\/i"],
  ["regex_match", ["[a-z]:\\\\x"], on("ImageFileName"), "refused: regex"],
  // Arrays are asked for any of their elements.
  ["eq", ["start"], on("event.type[]", cased), 'array:exists("event.type[]", condition={ event.type=start })'],
  ["exists", [], on("a[]"), 'array:exists("a[]", condition={ a=* })'],
  ["is_null", [], on("a[]"), 'not array:exists("a[]", condition={ a=* })'],
  ["cidr_match", ["::1"], on("host.ip[]"), 'array:exists("host.ip[]", condition={ cidr(host.ip, subnet="::1/128") })'],
  [
    "eq",
    ["get", "list"],
    on("rules[].verbs[]", cased),
    'objectArray:exists("rules[]", condition={ array:exists("rules.verbs[]", condition={ in(rules.verbs, values=["get", "list"]) }) })',
  ],
  ["contains", ["nginx"], on("c[].image", cased), 'objectArray:exists("c[]", condition={ c.image=*nginx* })'],
  ["eq_field", [], { others: [field("a[]")] }, "refused: operator"],
  ["match", ["id root"], { field: null }, "/\\bid root\\b/i"],
  ["contains", ['C:\\"x'], { field: null }, '/C:\\\\"x/i'],
  ["gt", [5], { field: null }, "refused: keyword"],
])("writes %s %j with %j", (operator, values, more, text) => {
  expect(ask(operator, values, more)).toBe(text);
});

const hostile: readonly string[] = [
  '" or #repo=* or "',
  "\\",
  '\\"',
  "\\\\",
  "/ or x=/",
  "\\/",
  "line\nend\r\n",
  "nul\u0000",
  "*",
  "a*b",
  "*/ // comment /*",
  "$(x) `y` | drop([a])",
  "$\u007ba} ?{b} {{c}}",
  "\u2028\u2029\u0085\u00a0\u202e",
  "ünïcödé 🜁 ß İ",
  "\ud800",
  "\ufdd0 C:x",
  "\\ufdd0",
  "(?i)[[:alpha:]]\\Q\\E^$+&&~",
  "long\\ ".repeat(17_000),
];

test.each(hostile)("keeps a hostile value in its literal, number %#", (value) => {
  const operators: readonly Operator[] = ["eq", "contains", "starts_with", "ends_with", "match"];
  for (const operator of operators) {
    for (const more of [cased, {}, on("ImageFileName"), on("x[].y[]")]) {
      const text = ask(operator, [value], more);
      expect(text.startsWith("refused")).toBe(false);
      if (operator !== "match") expect(checkQuery(text).literals.join("")).toContain(value);
      expect(ask(operator, [value, "b"], more).startsWith("refused")).toBe(false);
    }
  }
});

test.each(hostile)("keeps a hostile name in its quotes, number %#", (name) => {
  const text = ask("eq", ["x"], on(name, cased));
  if (!text.startsWith("refused")) expect(checkQuery(`${text} | select([a])`).problems).toEqual([]);
});

test.each(hostile)("keeps a hostile title in its comment, number %#", (title) => {
  const text = `${logscale.comment([title, `a\r${title}`])}\nx=1`;
  expect(checkQuery(text)).toEqual({ problems: [], literals: ["1"] });
});
