import { expect, test } from "vitest";
import type { Operator, Value } from "../../rule/expression.ts";
import { isRefused, type Test } from "../platform.ts";
import { cased, fields, other, single, testOf, wild } from "../proof/dialect-cases.ts";
import { checkParsed } from "../proof/parsed-check.ts";
import { esqlDialect } from "./dialect.ts";

/** A whole query around a condition. */
const frame: (text: string) => string = (text) => `FROM logs | WHERE ${text}`;

test.each<[Operator, readonly Value[], Partial<Test>, string]>([
  ["eq", ["Whoami.exe"], {}, 'TO_LOWER(process.command_line) == "whoami.exe"'],
  ["eq", ["Whoami.exe"], { ...cased }, 'process.command_line == "Whoami.exe"'],
  ["eq", ["A b", "c"], {}, 'TO_LOWER(process.command_line) IN ("a b", "c")'],
  ["eq", ["A b", "c"], { ...cased }, 'process.command_line IN ("A b", "c")'],
  ["eq", ["a*b?"], {}, 'TO_LOWER(process.command_line) == "a*b?"'],
  ["eq", ["10.0.0.0/8"], {}, 'process.command_line == "10.0.0.0/8"'],
  ["eq", ["4688"], {}, 'process.command_line == "4688"'],
  ["eq", [""], {}, 'process.command_line == ""'],
  ["contains", ["C:\\Temp\\"], {}, 'TO_LOWER(process.command_line) LIKE """*c:\\\\temp\\\\*"""'],
  ["contains", ["a", "B"], { ...cased }, 'process.command_line LIKE ("*a*", "*B*")'],
  ["contains", ["50%_x"], {}, 'TO_LOWER(process.command_line) LIKE "*50%_x*"'],
  ["contains", ["2*3"], {}, 'process.command_line LIKE """*2\\*3*"""'],
  ["starts_with", ['say "hi"'], {}, 'TO_LOWER(process.command_line) LIKE "say \\"hi\\"*"'],
  ["ends_with", ["\\cmd.exe", "\\sh"], {}, 'TO_LOWER(process.command_line) LIKE ("""*\\\\cmd.exe""", """*\\\\sh""")'],
  ["wildcard", [wild], {}, 'TO_LOWER(process.command_line) LIKE "*a*b"'],
  ["wildcard", [single], { ...cased }, 'process.command_line LIKE "v?"'],
  ["regex_match", ["net[0-9]+User"], {}, 'TO_LOWER(process.command_line) RLIKE ".*net[0-9]+user.*"'],
  ["regex_match", ["^a(?!b)"], { ...cased }, "refused: regex"],
  ["regex_match", ["(?i)a\\d$"], { ...cased }, 'TO_LOWER(process.command_line) RLIKE ".*a[0-9]"'],
  ["cidr_match", ["10.0.0.0/8"], { field: fields.ip }, 'CIDR_MATCH(source.ip, "10.0.0.0/8")'],
  ["starts_with", ["10."], { field: fields.ip }, 'TO_STRING(source.ip) LIKE "10.*"'],
  ["eq", ["443", 80], { field: fields.port }, "destination.port IN (443, 80)"],
  ["gt", [10], { field: fields.port }, "destination.port > 10"],
  ["eq", ["3"], { field: fields.logon }, 'winlog.event_data.LogonType == "3"'],
  ["eq", [true], { field: fields.flag }, "process.interactive == true"],
  ["exists", [], {}, "process.command_line IS NOT NULL"],
  ["is_null", [], {}, "process.command_line IS NULL"],
  ["eq", ["x"], { guarded: true }, 'process.command_line IS NOT NULL AND TO_LOWER(process.command_line) == "x"'],
  [
    "contains",
    ["x"],
    { guarded: true },
    'process.command_line IS NOT NULL AND TO_LOWER(process.command_line) LIKE "*x*"',
  ],
  ["eq", ["process"], { ...cased, field: fields.category }, 'event.category : "process"'],
  ["eq_field", [], { others: [other] }, "TO_LOWER(process.command_line) == TO_LOWER(a.b)"],
  ["lt_field", [], { ...cased, others: [other] }, "process.command_line < a.b"],
  ["contains_field", [], { ...cased, others: [other] }, "CONTAINS(process.command_line, a.b)"],
  ["match", ["two words"], { field: null }, 'QSTR("\\"two words\\"")'],
  ["contains", ["x"], { field: null }, 'QSTR("*x*")'],
  ["eq", ["x"], { field: null }, "refused: keyword"],
  ["match", ["w"], {}, 'TO_LOWER(process.command_line) RLIKE "((.*[^a-za-z0-9])?)w(([^a-za-z0-9].*)?)"'],
  ["contains", ["Net"], { field: fields.message }, 'TO_LOWER(message) LIKE "*net*"'],
  ["eq", ["x"], { field: fields.odd }, 'TO_LOWER(`cs-uri query``\'"`) == "x"'],
])("%s %j %j", (operator, values, more, expected) => {
  const written = esqlDialect.test(testOf(operator, values, more));
  if (isRefused(written)) {
    expect(`refused: ${written.code}`).toBe(expected);
    return;
  }
  expect(written.text).toBe(expected);
  expect(checkParsed("esql", frame(written.text)).problems, written.text).toEqual([]);
});
