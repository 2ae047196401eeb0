import { expect, test } from "vitest";
import { checkSumo } from "./check.ts";

const problem = (text: string): string | undefined => checkSumo(text).problems[0]?.message;

test.each([
  "*",
  "error OR fail error AND fail*",
  '_sourceCategory="Sumo Logic Collector logs" AND critical',
  '_sourceHost=Atlanta AND (_sourceCategory="win-app-logs" OR _sourceName="win-firewall-logs")',
  "15:39 NOT 15:39:26",
  '_index=sec_record* and metadata_vendor = "Palo Alto" and metadata_product = "Firewall"',
  '"They said, \\"No later than 10\\""',
  "* | where !(x matches /regex/)",
  '* | where x not in ("error", "fail")',
  "* | num(x) | where x in (4, 3, 5)",
  '* | where x matches "Android" or x matches "iPhone"',
  '* | where user<>"root" and (x >=10 and x <=20)',
  "* | where !isNull(country_name)",
  '* | where !compareCIDRPrefix("10.10.1.32", ip_address, "27")',
  '_index=sec_record_authentication | where %"fields.application"="test_app"',
  "_index=sec_record_failure | fields %fields.reason",
  '* | if(message matches "*/schedule?*","A", if(message matches "*/update?*","B","N/A")) as problem',
  '* | disk_usage > threshold ? "disk full" : "OK" as status',
  "* | 334 % 10 as remainder // the rest",
  '* /* all */ | parse regex "reported:\\s(?<exception>(?i)error)\\s" nodrop',
  '* | parse " \\"* " as method | fields - method',
  '* | json field=_raw "port_name", "b" as ports, b nodrop | json auto maxdepth 2',
  "* | timeslice 5m | count as n, count_distinct(user) as users by _sourceHost, _timeslice | where n > 5",
  "* | count(port) by srcAddress, tgtAddress | sort by +_count, srcAddress desc | limit 10",
  '* | transaction on sessionid with "*New session*" as started, with "*deleted*" as ended | where started > 0',
  "* | transaction on ip with states aboutus, company in urlprefix results by flow | count by fromstate, tostate",
  '* | join (parse "a *" AS a) as t1, (parse "b *" AS b | where b > 1) as t2 on t1.a = t2.b timewindow 10m',
  "error | queryStartTime() as s | queryEndTime() as e | (e - s) as duration",
  '* | where if("x" = "*", true, status matches "x")',
  "* | where x > 1.5M and y < 2h and z = 3.14e+4",
])("reads %s", (text) => {
  expect(checkSumo(text).problems).toEqual([]);
});

test.each([
  ["", "A keyword is expected."],
  ["a | where time > 5 where x > 5", "The step should end here: a | is expected."],
  ["C:\\Windows", "\\ needs double quotes around the keyword."],
  ["a | where x = 'text'", "A value is expected."],
  ['a | where x = "a\\b"', "A backslash stands only before a double quote."],
  ['a | where x = "open', "The string is not closed."],
  ['a | where x = "two\nlines"', "A string holds no line end and no control character."],
  ['a | where x = "{{name}}"', "{{ opens a parameter of a search template."],
  ["a | where x matches /a/b/", "The step should end here"],
  ["a | where x matches /(?=a)/", "RE2 refuses the regular expression"],
  ["a | where x", undefined],
  ['a | where "x"', "A condition is expected."],
  ["a | where !x = 5", "! needs parentheses around a comparison."],
  ["a | where not x = 5", "A value is expected."],
  ["a | where frobnicate(x)", "The reference has no function frobnicate."],
  ["a | where isNull(x, y)", "isNull takes another number of arguments."],
  ["a | where x = 5 = 6", "A comparison has two sides."],
  ["a | where x-y.. = 5", "A condition is expected."],
  ["a | where x and", "A value is expected."],
  ["a | where (x = 5", "A closing ) is expected."],
  ["a or | where x = 5", "A keyword is expected."],
  ["a | fields x, y, x", "The field x stands twice in the list."],
  ["a | 3 + 2", "A new field needs a name: as …"],
  ["a | sum by x", "sum needs a field in parentheses."],
  ["a | count, count by x", "Two results are called _count."],
  ["a | timeslice 5y", "A period is in w, d, h, m or s."],
  ['a | parse "*:*" as x', "The pattern has 2 parts, and 1 names."],
  ['a | parse regex "(a)"', "A group is named or begins with ?:."],
  ['a | join (parse "a *" as a) as t1 on t1.a = t1.a', "A join has two tables or more."],
  ["a /* open", "The comment is not closed."],
  ["http://example.com", "This begins a comment inside of a word."],
])("refuses %s", (text, message) => {
  if (message === undefined) expect(problem(text)).toBeUndefined();
  else expect(problem(text)).toContain(message);
});

test("gives literals as the platform reads them", () => {
  const { literals, fields } = checkSumo(
    '_index=sec_* "say \\"hi\\"" | where %"fields.a\\"b" matches /^C:\\\\a\\/b$/ and n >= 10k',
  );
  expect(literals.map(({ kind, value }) => [kind, value])).toEqual([
    ["string", "sec_*"],
    ["string", 'say "hi"'],
    ["regex", "^C:\\\\a/b$"],
    ["number", "10k"],
  ]);
  expect(fields).toEqual(["_index", 'fields.a"b', "n"]);
});

test("a value can't leave its literal unseen", () => {
  const { problems, literals } = checkSumo('a | where x = "" or 1 = 1 or x = ""');
  expect(problems).toEqual([]);
  expect(literals.length).toBe(5);
});

test("takes long literals and refuses deep nesting", () => {
  expect(problem(`a | where x = "${"y".repeat(100_000)}"`)).toBeUndefined();
  expect(problem(`a | where ${"(".repeat(5000)}x`)).toBe("Nested too deeply.");
});
