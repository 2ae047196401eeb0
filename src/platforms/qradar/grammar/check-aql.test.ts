import { expect, test } from "vitest";
import { checkAql } from "./check-aql.ts";

const problemsOf = (text: string) => checkAql(text).problems.map((one) => one.message);
const values = (text: string) => checkAql(text).literals.map((one) => one.value);

test.each([
  "SELECT * FROM events",
  "select sourceip, username from EVENTS where username = 'james' last 5 minutes",
  "SELECT sourceip, QIDNAME(qid) AS 'Event Name' FROM events WHERE TEXT SEARCH 'my search term' LIMIT 5 LAST 2 HOURS",
  `SELECT "Application Category", EventCount AS 'Count of Events' FROM events ORDER BY "Count of Events" DESC`,
  "SELECT * FROM events WHERE (NOT (sourcePort <= 3003 OR hasidentity = 'True')) AND (qid = 5000023 OR NOT INCIDR('192.0.2.0/4', sourceIP))",
  "SELECT * FROM flows WHERE (sourceBytes + destinationBytes) * 8 > 64 AND sourceBytes % 8 == 7",
  "SELECT sourceip, MAX(magnitude) AS MAG FROM events GROUP BY sourceip HAVING MAG > 5",
  "SELECT * FROM events WHERE username IN (SELECT username FROM events LIMIT 10 LAST 5 MINUTES) LAST 24 HOURS",
  "SELECT username FROM (SELECT * FROM events WHERE username IS NOT NULL LAST 60 MINUTES)",
  "SELECT * FROM events WHERE magnitude BETWEEN 1 AND 5 AND username IS NULL START '2014-04-25 15:51' STOP '2014-04-25 17:00'",
  "SELECT * FROM events START PARSEDATETIME('1 day ago')",
  "SELECT * FROM events\n/* We look at one only */\nWHERE processorid=1\n/* and not for long */\nlast 5 MINUTES",
  "SELECT username, COUNT(*), UNIQUECOUNT(sourceip) AS n FROM events GROUP BY username LAST 5 minutes",
  "SELECT * FROM events WHERE REFERENCESETCONTAINS('Known', destinationip) AND NOT INOFFENSE(123)",
  "SELECT * FROM events WHERE UTF8(payload) ILIKE '%xyz%' AND LOWER(\"Process Name\") IN ('a.exe', 'b.exe')",
])("the reference has %s", (text) => {
  expect(problemsOf(text)).toEqual([]);
});

test.each([
  ["", "Expected SELECT."],
  ["SELECT * FROM event", "Expected events or flows."],
  ["SELECT * FROM events WHERE", "The query ends too early."],
  ["SELECT * FROM events WHERE username", "Expected a comparison behind username."],
  ["SELECT * FROM events WHERE username <> 'a'", "Unexpected >."],
  ["SELECT * FROM events WHERE username NOT LIKE 'a'", "Expected a comparison behind username."],
  ["SELECT * FROM events WHERE username LIKE other", "Expected a text in single quotation marks."],
  ["SELECT * FROM events WHERE username LIKE 'a' ESCAPE '!'", "Unexpected ESCAPE."],
  ["SELECT * FROM events WHERE username = 'it's'", "Unexpected s."],
  ["SELECT * FROM events WHERE username = 'a", "A ' is never closed."],
  ["SELECT * FROM events WHERE username = 'a\nb'", "A control character must not stand in quotation marks."],
  ['SELECT * FROM events WHERE "a""b" = \'x\'', "A name must not hold a double quotation mark."],
  ["SELECT * FROM events WHERE Process Path = 'a'", "Expected a comparison behind Process."],
  ["SELECT * FROM events WHERE a.b = 'a'", 'AQL has no "." here.'],
  ["SELECT * FROM events WHERE 1a = 'a'", "A name must not begin with a digit."],
  ["SELECT * FROM events WHERE a IN ()", "Unexpected )."],
  ["SELECT * FROM events WHERE (a = 'b'", 'Expected ")".'],
  ["SELECT * FROM events WHERE CONTAINS(a, 'b')", "AQL has no function CONTAINS."],
  ["SELECT * FROM events WHERE LOWER(a) ", "Expected a comparison behind LOWER."],
  [
    "SELECT * FROM events WHERE INCIDR(sourceip, '10.0.0.0/8')",
    "INCIDR takes a range in single quotation marks first.",
  ],
  ["SELECT * FROM events WHERE INCIDR('10.0.0.0/33', sourceip)", "10.0.0.0/33 is no range."],
  ["SELECT * FROM events WHERE STRLEN(a, b) > 1", "STRLEN takes another number of arguments."],
  ["SELECT * FROM events WHERE a MATCHES '(a'", "The regular expression has a group without end."],
  ["SELECT * FROM events WHERE a MATCHES 'a)'", "The regular expression closes a group too many."],
  ["SELECT * FROM events WHERE a MATCHES '[a'", "The regular expression has a character class without end."],
  ["SELECT * FROM events WHERE a MATCHES 'a\\'", "The regular expression ends in a backslash."],
  ["SELECT * FROM events LAST 5 MINUTES LIMIT 5", "Unexpected LIMIT."],
  ["SELECT * FROM events LAST 5", "Expected SECONDS, MINUTES, HOURS or DAYS."],
  ["SELECT * FROM events LIMIT 0", "Expected a whole number."],
  ["SELECT * FROM events START 'yesterday'", "Expected a date and time."],
  ["SELECT * FROM events; SELECT * FROM events", 'AQL has no ";" here.'],
  ["SELECT * FROM events WHERE a = 'b' -- c", "Unexpected -."],
  ["/* head */ SELECT * FROM events", "A comment must not stand before the query."],
  ["SELECT * FROM events /* tail */", "A comment must not stand behind the query."],
  ["SELECT * FROM events /* WHERE a = 'b'", "A comment has no end."],
  ['SELECT sourceip AS "A b" FROM events', "Expected an alias, in single quotation marks if it is more than one word."],
])("%j is refused", (text, message) => {
  expect(problemsOf(text)).toContain(message);
});

test("literals are told as the texts that they stand for", () => {
  expect(values("SELECT * FROM events WHERE a = 'it''s' OR a ILIKE '%\\cmd.exe' OR b = 7 LAST 24 HOURS")).toEqual([
    "it's",
    "%\\cmd.exe",
    "7",
    "24",
  ]);
});

test("fields are told without quotation marks, once each", () => {
  const { fields } = checkAql(`SELECT "Process Path", username FROM events WHERE LOWER("Process Path") = 'a'`);
  expect(fields).toEqual(["Process Path", "username"]);
});

test("long values and long chains are read in time, and deep groups are refused rather than overflow", () => {
  const long = "'".repeat(50_000);
  expect(values(`SELECT * FROM events WHERE a = '${long}${long}'`)).toEqual([long]);
  const chain = Array.from({ length: 5000 }, (_, at) => `(a = '${at}')`).join(" OR ");
  expect(problemsOf(`SELECT * FROM events WHERE ${chain}`)).toEqual([]);
  const deep = `${"(".repeat(5000)}a = 'b'${")".repeat(5000)}`;
  expect(problemsOf(`SELECT * FROM events WHERE ${deep}`)).toEqual(["Groups are nested too deep."]);
});
