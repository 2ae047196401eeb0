import { expect, test } from "vitest";
import type { Operator, Value } from "../../rule/expression.ts";
import { isRefused, type Test } from "../platform.ts";
import { cased, fields, other, single, testOf, wild } from "../proof/dialect-cases.ts";
import { checkParsed } from "../proof/parsed-check.ts";
import { luceneDialect } from "./dialect.ts";

/** A whole query around a condition. */
const frame: (text: string) => string = (text) => text;

test.each<[Operator, readonly Value[], Partial<Test>, string]>([
  ["eq", ["Whoami.exe"], {}, "process.command_line:/[wW][hH][oO][aA][mM][iI]\\.[eE][xX][eE]/"],
  ["eq", ["Whoami.exe"], { ...cased }, 'process.command_line:"Whoami.exe"'],
  ["eq", ["A b", "c"], {}, "process.command_line:(/[aA] [bB]/ OR /[cC]/)"],
  ["eq", ["A b", "c"], { ...cased }, 'process.command_line:("A b" OR "c")'],
  ["eq", ["a*b?"], {}, "process.command_line:/[aA]\\*[bB]\\?/"],
  ["eq", ["10.0.0.0/8"], {}, "process.command_line:/10\\.0\\.0\\.0\\/8/"],
  ["eq", ["4688"], {}, 'process.command_line:"4688"'],
  ["eq", [""], {}, 'process.command_line:""'],
  ["contains", ["C:\\Temp\\"], {}, "process.command_line:/.*[cC]:\\\\[tT][eE][mM][pP]\\\\.*/"],
  ["contains", ["a", "B"], { ...cased }, "process.command_line:(*a* OR *B*)"],
  ["contains", ["50%_x"], {}, "process.command_line:/.*50%_[xX].*/"],
  ["contains", ["2*3"], {}, "process.command_line:*2\\*3*"],
  ["starts_with", ['say "hi"'], {}, 'process.command_line:/[sS][aA][yY] \\"[hH][iI]\\".*/'],
  [
    "ends_with",
    ["\\cmd.exe", "\\sh"],
    {},
    "process.command_line:(/.*\\\\[cC][mM][dD]\\.[eE][xX][eE]/ OR /.*\\\\[sS][hH]/)",
  ],
  ["wildcard", [wild], {}, "process.command_line:/.*[aA].*[bB]/"],
  ["wildcard", [single], { ...cased }, "process.command_line:v?"],
  ["regex_match", ["net[0-9]+User"], {}, "process.command_line:/.*[nN][eE][tT][0-9]+[uU][sS][eE][rR].*/"],
  ["regex_match", ["^a(?!b)"], { ...cased }, "refused: regex"],
  ["regex_match", ["(?i)a\\d$"], { ...cased }, "process.command_line:/.*[aA][0-9]/"],
  ["cidr_match", ["10.0.0.0/8"], { field: fields.ip }, 'source.ip:"10.0.0.0/8"'],
  ["starts_with", ["10."], { field: fields.ip }, 'source.ip:"10.0.0.0/8"'],
  ["eq", ["443", 80], { field: fields.port }, "destination.port:(443 OR 80)"],
  ["gt", [10], { field: fields.port }, "destination.port:>10"],
  ["eq", ["3"], { field: fields.logon }, 'winlog.event_data.LogonType:"3"'],
  ["eq", [true], { field: fields.flag }, "process.interactive:true"],
  ["exists", [], {}, "_exists_:process.command_line"],
  ["is_null", [], {}, "(*:* AND NOT _exists_:process.command_line)"],
  ["eq", ["x"], { guarded: true }, "process.command_line:/[xX]/"],
  ["contains", ["x"], { guarded: true }, "process.command_line:/.*[xX].*/"],
  ["eq", ["process"], { ...cased, field: fields.category }, 'event.category:"process"'],
  ["eq_field", [], { others: [other] }, "refused: operator"],
  ["lt_field", [], { ...cased, others: [other] }, "refused: operator"],
  ["contains_field", [], { ...cased, others: [other] }, "refused: operator"],
  ["match", ["two words"], { field: null }, '"two words"'],
  ["contains", ["x"], { field: null }, "*x*"],
  ["eq", ["x"], { field: null }, "refused: keyword"],
  ["match", ["w"], {}, "process.command_line:/((.*[^a-zA-Za-zA-Z0-9])?)[wW](([^a-zA-Za-zA-Z0-9].*)?)/"],
  ["contains", ["Net"], { field: fields.message }, "message:*Net*"],
  ["eq", ["x"], { field: fields.odd }, "cs\\-uri\\ query\\`\\'\\\":/[xX]/"],
])("%s %j %j", (operator, values, more, expected) => {
  const written = luceneDialect.test(testOf(operator, values, more));
  if (isRefused(written)) {
    expect(`refused: ${written.code}`).toBe(expected);
    return;
  }
  expect(written.text).toBe(expected);
  expect(checkParsed("lucene", frame(written.text)).problems, written.text).toEqual([]);
});
