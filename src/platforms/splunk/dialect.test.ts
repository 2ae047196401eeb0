import { expect, test } from "vitest";
import type { Operator, Value } from "../../rule/expression.ts";
import { isRefused, type Test } from "../platform.ts";
import { onOneLine } from "../print/layout.ts";
import { cased, fields, other, single, testOf, wild } from "../proof/dialect-cases.ts";
import { checkParsed } from "../proof/parsed-check.ts";
import { inWhere, splDialect } from "./dialect.ts";

/** A whole query around a condition. */
const frame: (text: string) => string = (text) => `x=1 AND (${text})`;

test.each<[Operator, readonly Value[], Partial<Test>, string, string | null]>([
  ["eq", ["Whoami.exe"], {}, 'process.command_line="Whoami.exe"', "lower('process.command_line')=\"whoami.exe\""],
  [
    "eq",
    ["Whoami.exe"],
    { ...cased },
    "process.command_line=CASE(Whoami.exe)",
    "'process.command_line'=\"Whoami.exe\"",
  ],
  ["eq", ["A b", "c"], {}, 'process.command_line IN ("A b", "c")', 'lower(\'process.command_line\') IN ("a b", "c")'],
  [
    "eq",
    ["A b", "c"],
    { ...cased },
    '\'process.command_line\' IN ("A b", "c")',
    '\'process.command_line\' IN ("A b", "c")',
  ],
  ["eq", ["a*b?"], {}, "lower('process.command_line')=\"a*b?\"", "lower('process.command_line')=\"a*b?\""],
  ["eq", ["10.0.0.0/8"], {}, "'process.command_line'=\"10.0.0.0/8\"", "'process.command_line'=\"10.0.0.0/8\""],
  ["eq", ["4688"], {}, "process.command_line=4688", "'process.command_line'=\"4688\""],
  ["eq", [""], {}, 'process.command_line=""', "'process.command_line'=\"\""],
  [
    "contains",
    ["C:\\Temp\\"],
    {},
    'process.command_line="*C:\\\\Temp\\\\*"',
    "like(lower('process.command_line'), \"%c:\\\\temp\\\\%\")",
  ],
  [
    "contains",
    ["a", "B"],
    { ...cased },
    "process.command_line=CASE(*a*) OR process.command_line=CASE(*B*)",
    "like('process.command_line', \"%a%\") OR like('process.command_line', \"%B%\")",
  ],
  ["contains", ["50%_x"], {}, 'process.command_line="*50%_x*"', "match('process.command_line', \"(?i)50%_x\")"],
  ["contains", ["2*3"], {}, "like('process.command_line', \"%2*3%\")", "like('process.command_line', \"%2*3%\")"],
  [
    "starts_with",
    ['say "hi"'],
    {},
    'process.command_line="say \\"hi\\"*"',
    'like(lower(\'process.command_line\'), "say \\"hi\\"%")',
  ],
  [
    "ends_with",
    ["\\cmd.exe", "\\sh"],
    {},
    'process.command_line IN ("*\\\\cmd.exe", "*\\\\sh")',
    "like(lower('process.command_line'), \"%\\\\cmd.exe\") OR like(lower('process.command_line'), \"%\\\\sh\")",
  ],
  ["wildcard", [wild], {}, 'process.command_line="*a*B"', "like(lower('process.command_line'), \"%a%b\")"],
  ["wildcard", [single], { ...cased }, "like('process.command_line', \"v_\")", "like('process.command_line', \"v_\")"],
  [
    "regex_match",
    ["net[0-9]+User"],
    {},
    "match('process.command_line', \"(?i)net[0-9]+User\")",
    "match('process.command_line', \"(?i)net[0-9]+User\")",
  ],
  [
    "regex_match",
    ["^a(?!b)"],
    { ...cased },
    "match('process.command_line', \"^a(?!b)\")",
    "match('process.command_line', \"^a(?!b)\")",
  ],
  [
    "regex_match",
    ["(?i)a\\d$"],
    { ...cased },
    "match('process.command_line', \"(?i)a\\\\d$\")",
    "match('process.command_line', \"(?i)a\\\\d$\")",
  ],
  [
    "cidr_match",
    ["10.0.0.0/8"],
    { field: fields.ip },
    'source.ip="10.0.0.0/8"',
    "cidrmatch(\"10.0.0.0/8\", 'source.ip')",
  ],
  ["starts_with", ["10."], { field: fields.ip }, 'source.ip="10.*"', "like('source.ip', \"10.%\")"],
  ["eq", ["443", 80], { field: fields.port }, "destination.port IN (443, 80)", "'destination.port' IN (443, 80)"],
  ["gt", [10], { field: fields.port }, "destination.port>10", "'destination.port'>10"],
  ["eq", ["3"], { field: fields.logon }, "winlog.event_data.LogonType=3", "'winlog.event_data.LogonType'=3"],
  ["eq", [true], { field: fields.flag }, 'process.interactive="true"', "lower('process.interactive')=\"true\""],
  ["exists", [], {}, "process.command_line=*", "isnotnull('process.command_line')"],
  ["is_null", [], {}, "NOT process.command_line=*", "isnull('process.command_line')"],
  [
    "eq",
    ["x"],
    { guarded: true },
    'process.command_line="x"',
    "isnotnull('process.command_line') AND lower('process.command_line')=\"x\"",
  ],
  [
    "contains",
    ["x"],
    { guarded: true },
    'process.command_line="*x*"',
    "isnotnull('process.command_line') AND like(lower('process.command_line'), \"%x%\")",
  ],
  [
    "eq",
    ["process"],
    { ...cased, field: fields.category },
    "event.category=CASE(process)",
    "'event.category'=\"process\"",
  ],
  [
    "eq_field",
    [],
    { others: [other] },
    "lower('process.command_line')=lower('a.b')",
    "lower('process.command_line')=lower('a.b')",
  ],
  [
    "lt_field",
    [],
    { ...cased, others: [other] },
    "lower('process.command_line')<lower('a.b')",
    "lower('process.command_line')<lower('a.b')",
  ],
  [
    "contains_field",
    [],
    { ...cased, others: [other] },
    "like(lower('process.command_line'), \"%\" . lower('a.b') . \"%\")",
    "like(lower('process.command_line'), \"%\" . lower('a.b') . \"%\")",
  ],
  ["match", ["two words"], { field: null }, '"two words"', 'searchmatch("\\"two words\\"")'],
  ["contains", ["x"], { field: null }, '"*x*"', 'searchmatch("\\"*x*\\"")'],
  ["eq", ["x"], { field: null }, "refused: keyword", null],
  [
    "match",
    ["w"],
    {},
    "match('process.command_line', \"(?i)(?:^|[^\\\\p{L}\\\\p{N}])w(?:[^\\\\p{L}\\\\p{N}]|$)\")",
    "match('process.command_line', \"(?i)(?:^|[^\\\\p{L}\\\\p{N}])w(?:[^\\\\p{L}\\\\p{N}]|$)\")",
  ],
  ["contains", ["Net"], { field: fields.message }, 'message="*Net*"', 'like(lower(message), "%net%")'],
  ["eq", ["x"], { field: fields.odd }, "refused: no-field", null],
])("%s %j %j", (operator, values, more, expected, behind) => {
  const written = splDialect.test(testOf(operator, values, more));
  if (isRefused(written)) {
    expect(`refused: ${written.code}`).toBe(expected);
    return;
  }
  expect(written.text).toBe(expected);
  const where = inWhere({ type: "written", written });
  const text = where === null ? null : onOneLine(splDialect, where);
  expect(text).toBe(behind);
  if (text !== null) expect(checkParsed("spl", `x=1 | where ${text}`).problems, text).toEqual([]);
  if (!/^(?:like|match|lower|cidrmatch|'|isnull)/u.test(expected))
    expect(checkParsed("spl", frame(written.text)).problems, written.text).toEqual([]);
});
