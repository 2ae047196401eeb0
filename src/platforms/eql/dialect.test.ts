import { expect, test } from "vitest";
import type { Operator, Value } from "../../rule/expression.ts";
import { isRefused, type Test } from "../platform.ts";
import { cased, fields, other, single, testOf, wild } from "../proof/dialect-cases.ts";
import { checkParsed } from "../proof/parsed-check.ts";
import { eqlDialect } from "./dialect.ts";

/** A whole query around a condition. */
const frame: (text: string) => string = (text) => `any where ${text}`;

test.each<[Operator, readonly Value[], Partial<Test>, string]>([
  ["eq", ["Whoami.exe"], {}, 'process.command_line : "Whoami.exe"'],
  ["eq", ["Whoami.exe"], { ...cased }, 'process.command_line == "Whoami.exe"'],
  ["eq", ["A b", "c"], {}, 'process.command_line : ("A b", "c")'],
  ["eq", ["A b", "c"], { ...cased }, 'process.command_line in ("A b", "c")'],
  ["eq", ["a*b?"], {}, 'process.command_line in~ ("a*b?")'],
  ["eq", ["10.0.0.0/8"], {}, 'process.command_line : "10.0.0.0/8"'],
  ["eq", ["4688"], {}, 'process.command_line : "4688"'],
  ["eq", [""], {}, 'process.command_line : ""'],
  ["contains", ["C:\\Temp\\"], {}, 'process.command_line : "*C:\\\\Temp\\\\*"'],
  ["contains", ["a", "B"], { ...cased }, 'process.command_line like ("*a*", "*B*")'],
  ["contains", ["50%_x"], {}, 'process.command_line : "*50%_x*"'],
  ["contains", ["2*3"], {}, 'stringContains~(process.command_line, "2*3")'],
  ["starts_with", ['say "hi"'], {}, 'process.command_line : "say \\"hi\\"*"'],
  ["ends_with", ["\\cmd.exe", "\\sh"], {}, 'process.command_line : ("*\\\\cmd.exe", "*\\\\sh")'],
  ["wildcard", [wild], {}, 'process.command_line : "*a*B"'],
  ["wildcard", [single], { ...cased }, 'process.command_line like "v?"'],
  ["regex_match", ["net[0-9]+User"], {}, 'process.command_line regex~ ".*net[0-9]+User.*"'],
  ["regex_match", ["^a(?!b)"], { ...cased }, "refused: regex"],
  ["regex_match", ["(?i)a\\d$"], { ...cased }, 'process.command_line regex~ ".*a[0-9]"'],
  ["cidr_match", ["10.0.0.0/8"], { field: fields.ip }, 'cidrMatch(source.ip, "10.0.0.0/8")'],
  ["starts_with", ["10."], { field: fields.ip }, 'cidrMatch(source.ip, "10.0.0.0/8")'],
  ["eq", ["443", 80], { field: fields.port }, "destination.port in (443, 80)"],
  ["gt", [10], { field: fields.port }, "destination.port > 10"],
  ["eq", ["3"], { field: fields.logon }, 'winlog.event_data.LogonType : "3"'],
  ["eq", [true], { field: fields.flag }, "process.interactive == true"],
  ["exists", [], {}, "process.command_line != null"],
  ["is_null", [], {}, "process.command_line == null"],
  ["eq", ["x"], { guarded: true }, 'process.command_line : "x"'],
  ["contains", ["x"], { guarded: true }, 'process.command_line : "*x*"'],
  ["eq", ["process"], { ...cased, field: fields.category }, 'event.category == "process"'],
  [
    "eq_field",
    [],
    { others: [other] },
    "stringContains~(process.command_line, a.b) and stringContains~(a.b, process.command_line)",
  ],
  ["lt_field", [], { ...cased, others: [other] }, "refused: operator"],
  ["contains_field", [], { ...cased, others: [other] }, "stringContains(process.command_line, a.b)"],
  ["match", ["two words"], { field: null }, "refused: keyword"],
  ["contains", ["x"], { field: null }, "refused: keyword"],
  ["eq", ["x"], { field: null }, "refused: keyword"],
  ["match", ["w"], {}, 'process.command_line regex~ "((.*[^A-Za-z0-9])?)w(([^A-Za-z0-9].*)?)"'],
  ["contains", ["Net"], { field: fields.message }, 'message : "*Net*"'],
  ["eq", ["x"], { field: fields.odd }, '`cs-uri query``\'"` : "x"'],
])("%s %j %j", (operator, values, more, expected) => {
  const written = eqlDialect.test(testOf(operator, values, more));
  if (isRefused(written)) {
    expect(`refused: ${written.code}`).toBe(expected);
    return;
  }
  expect(written.text).toBe(expected);
  expect(checkParsed("eql", frame(written.text)).problems, written.text).toEqual([]);
});
