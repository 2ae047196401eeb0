import { expect, test } from "vitest";
import { checkCql } from "./index.ts";

const problem = (text: string): string | undefined => checkCql(text).problems[0]?.message;

test.each([
  "#event_simpleName=ProcessRollup2 ImageFileName=/\\\\cmd\\.exe$/i",
  '#event_simpleName=ProcessRollup2 | event_platform=Win | CommandLine="*-enc*" | table([@timestamp, aid, CommandLine])',
  'statuscode=404 and (method="GET" or method=POST)',
  "foo not statuscode=200 !bar=*",
  'user != "Alan Turing" | name = "" | user != *',
  '!cidr(ipAddress, subnet="192.0.2.0/24") | in(field=loglevel, ignoreCase=true, values=["error", \'warn\'])'.replaceAll(
    "'",
    '"',
  ),
  '(FileName=/a/i or in(field=FileName, values=["b.java"])) // by name',
  'wildcard(field=myField, pattern=*foo*, ignoreCase=true) /* either */ and not regex("a/b", field=x, flags=i)',
  "test(source.ip == destination.ip) | test(a + 2 >= b / 3)",
  'text:contains(string=CommandLine, substring="a*b") or text:startsWith(lower(CommandLine), substring="x")',
  'case { cidr(a, subnet=["10.0.0.0/8", "::/0"]) | t := "x"; a=1 | u := b; * | v := lower(c); }',
  'loglevel match { /ERR/ => severity := "High"; in(values=["INFO"]) => severity := "Low"; * => severity := "Medium" }',
  "groupBy([a, b], function=[count(as=n), collect([c, d]), m := max(e)], limit=max) | n > 5 | sort(n, order=desc)",
  "bucket(span=5m, field=[user.name], function=[count(field=source.ip, distinct=true, as=ips)]) | ips >= 10",
  "user =~ in(values=[a, b]) | user =~ !in(values=[c])",
  'selfJoinFilter([aid], where=[{ event.action="CreateUser" }, { event.action=/Attach/ }]) | [count(), max(x)]',
  'a=1 | correlate(First: { logon="FAILURE" | x=1 } include: [user.email], Then: { logon="SUCCESS" | user.id <=> First.user.id }, sequence=true, within=15m, globalConstraints=[host.name])',
  'defineTable(query={ #type=x | groupBy([a]) }, name="seen", include=[a], start=7d) | !match(file="seen", field=[a]) | head(10)',
  '#repo=x | "free text" /free \\/ regex/id | 400 = statuscode | "Vendor.a-b"="x"',
])("accepts what the reference has: %s", (text) => {
  expect(checkCql(text).problems).toEqual([]);
});

test.each([
  ["", "The query is empty: it would match everything."],
  ["a=1 | ", "Expected a filter."],
  ["a=1 }", "Nothing more was expected here."],
  ['a="x', "A string is not closed."],
  ['a="x\ny"', "A string may hold neither line breaks nor control characters."],
  ['a="x\\d"', "Nothing but a quote, a backslash, n and t may follow a backslash in a string."],
  ["a=https://x", "A value with a slash must stand in quotes."],
  ["a=x/y", "A value with a slash must stand in quotes."],
  ["a > b", "Only a number can follow <, <=, > and >=."],
  ["host-name=*", "Expected a filter."],
  ["a == b", "Expected a filter."],
  ["test(a == 1 and b == 2)", "Expected ) to close test."],
  ["a=1 groupBy(b)", "Only a filter function can stand among filters."],
  ["not groupBy", "groupBy is a reserved word, so it must stand in quotes to be looked for."],
  ["frobnicate(a)", "There is no function frobnicate that a generated query may call."],
  ["in(a)", "in needs values."],
  ["in(a, b, values=[c])", "in takes one argument without a name."],
  ["in(a, values=[b], values=[c])", "in has values twice."],
  ["in(a, values=[b], case=false)", "in has no parameter case."],
  ["groupBy(a) | needle", "Free text cannot follow an aggregate function."],
  ["groupBy([a], function=lower(b))", "Only an aggregate function can stand here."],
  ["count() | correlate(A: { x=1 }, B: { x=2 })", "correlate cannot follow an aggregate function."],
  ["correlate(A: { x=1 })", "correlate needs two queries."],
  ["correlate(A: { count() }, B: { x=2 })", "A query of correlate cannot use aggregate functions."],
  ["a <=> B.a", "Only queries of correlate link fields with <=>."],
  ["a=/x/ig or b=/y/ii", "Flags of regular expressions are d, g, i, m and F, each once: ii."],
  ["a=/x", "A regular expression is not closed."],
  ["(a=1", "Expected ) to close a bracket."],
  ["a=1 /* b", "A comment is not closed."],
  [`${"(".repeat(300)}a=1`, "The query is nested too deep."],
  ["a=漢", "Expected a value."],
])("refuses what it does not have: %s", (text, message) => {
  expect(problem(text)).toBe(message);
});

test.each([
  ["(?<=a)b", "(?<="],
  ["(?<!a)b", "(?<!"],
  ["(?>a)b", "(?>a"],
  ["a*+", "Nothing stands before"],
  ["a+?", "Nothing stands before"],
  ["(a)\\1", "\\1"],
  ["\\p{L}", "\\p"],
  ["[a[b]]", "must be escaped"],
  ["[a&&b]", "intersected"],
  ["[a", "not closed"],
  ["a)", "too many"],
  ["(a", "not closed"],
  ["a{x}", "no repetition"],
  ["*a", "Nothing stands before"],
])("refuses a regular expression beyond the dialect: %s", (body, message) => {
  expect(problem(`a=/x${body === "*a" ? "|" : ""}${body}/`)).toContain(message);
});

test("decodes every literal and names every field", () => {
  const { problems, literals, fields } = checkCql(
    '"my field"="a\\"b\\\\c\\nd*" x=/\\/etc\\/.*\\\\/i y>=1.5 in(z, values=["é", 漢])'.replace("漢", '"漢"'),
  );
  expect(problems).toEqual([]);
  expect(literals).toEqual([
    { kind: "string", value: 'a"b\\c\nd*', at: 11 },
    { kind: "regex", value: "/etc/.*\\\\", at: 27 },
    { kind: "number", value: "1.5", at: 45 },
    { kind: "string", value: "é", at: 63 },
    { kind: "string", value: "漢", at: 68 },
  ]);
  expect(fields).toEqual(["my field", "x", "y", "z"]);
});

test("a comment ends with its line, and quotes and slashes hide what looks like one", () => {
  expect(checkCql('// a="\nb="//c" d=/\\/\\/e/').fields).toEqual(["b", "d"]);
});

test("a literal of 100 KB is read in one pass", () => {
  const long = "a\\\\".repeat(50_000);
  expect(checkCql(`a="${long}"`).literals[0]?.value).toHaveLength(100_000);
});
