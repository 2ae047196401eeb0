import { expect, test } from "vitest";
import type { LogPlace } from "../log-sources/tables.ts";
import {
  type Condition,
  isRefused,
  type TargetBranch,
  type TargetField,
  type TargetQuery,
  type TargetStep,
  type Test,
} from "../platform.ts";
import { checkQuery } from "./check.testing.ts";
import { sumoDialect } from "./dialect.ts";
import { sumo } from "./index.ts";

const field = (name: string): TargetField => ({ name, canonical: null, type: "keyword", listed: true });

function asked(name: string | null, operator: Test["operator"], text: string): Condition {
  const written = sumoDialect.test({
    field: name === null ? null : field(name),
    operator,
    values: [text],
    others: [],
    quantifier: "any",
    caseSensitive: true,
    several: "any",
    guarded: false,
    regex: "pcre",
    ...(name === null ? { caseSensitive: false } : {}),
  });
  if (isRefused(written)) throw new Error(written.why);
  return { type: "written", written };
}

const eq = (name: string, text: string): Condition => asked(name, "eq", text);
const word = (text: string): Condition => asked(null, "match", text);

function placeOf(from: string, where: LogPlace["where"], context: LogPlace["context"] = {}): LogPlace {
  return { from: [from], where, context, has: [], unlisted: {}, lacks: [], says: {}, source: "test" };
}

const windows = { metadata_vendor: ["Microsoft"] };
const starts = placeOf("_index=sec_record_endpoint", { ...windows, metadata_deviceEventId: ["Security-4688"] });
const connections = placeOf("_index=sec_record_network", {
  ...windows,
  metadata_deviceEventId: ["Sysmon/Operational-3"],
});
const messages = placeOf("_sourceCategory=*windows*", { Channel: ["Application"] }, { format: ["json"] });

function branch(place: LogPlace, condition: Condition | null, title = "A log"): TargetBranch {
  const logSource = { id: "any", title, facts: {}, signs: [] };
  return { logSource, place, condition, expression: null, fields: [], context: {}, show: [] };
}

const head: TargetQuery["head"] = {
  id: "",
  corpus: "",
  title: "",
  description: "",
  techniques: [],
  authors: [],
  licence: "",
  severity: null,
  references: [],
  falsePositives: [],
  tags: [],
  path: "",
};

function written(query: TargetQuery): readonly string[] | string {
  const made = sumo.write(query);
  if (isRefused(made)) return made.why;
  expect(checkQuery(made.text).problems, made.text).toEqual([]);
  return made.text.split("\n");
}

function selection(branches: readonly TargetBranch[], show: readonly string[] = []): readonly string[] | string {
  return written({ type: "selection", head, show, branches });
}

test("gives every part that must hold a line of its own", () => {
  const condition: Condition = {
    type: "and",
    operands: [eq("a", "1"), { type: "not", operand: eq('fields["b"]', "2") }],
  };
  expect(selection([branch(starts, condition)], ["a", 'fields["b"]', "a"])).toEqual([
    "_index=sec_record_endpoint metadata_vendor=Microsoft metadata_deviceEventId=Security-4688",
    '| where a = "1"',
    '| where !(%"fields.b" = "2")',
    '| fields a, %"fields.b"',
  ]);
});

test("puts keywords into the keyword expression, but for those inside of alternatives with fields", () => {
  const either: Condition = { type: "or", operands: [word("x y"), word('"z"')] };
  const mixed: Condition = { type: "or", operands: [word("k"), eq("a", "1")] };
  const condition: Condition = { type: "and", operands: [either, { type: "not", operand: word("no") }, mixed] };
  expect(selection([branch(starts, condition)])).toEqual([
    'INDEX ("x y" OR "\\"z\\"") NOT "no"'.replace(
      "INDEX",
      "_index=sec_record_endpoint metadata_vendor=Microsoft metadata_deviceEventId=Security-4688",
    ),
    '| where _raw matches /(?is).*k.*/ or a = "1"',
  ]);
});

test("ties the conditions of several places to what tells these apart", () => {
  expect(selection([branch(starts, eq("a", "1")), branch(connections, eq("b", "2"))])).toEqual([
    "(_index=sec_record_endpoint metadata_vendor=Microsoft metadata_deviceEventId=Security-4688)",
    'OR (_index=sec_record_network metadata_vendor=Microsoft metadata_deviceEventId="Sysmon/Operational-3")',
    '| where (metadata_deviceEventId = "Security-4688" and a = "1")',
    '    or (metadata_deviceEventId = "Sysmon/Operational-3" and b = "2")',
  ]);
  expect(selection([branch(starts, eq("a", "1")), branch(connections, eq("a", "1"))])).toContain('| where a = "1"');
});

test("reads fields out of messages, and never searches them together with records", () => {
  const own = branch(messages, eq("EventData.x", "1"), "Application log");
  expect(selection([own], ["EventData.x"])).toEqual([
    "_sourceCategory=*windows*",
    '| json "Channel", "EventData.x" as Channel, %"EventData.x" nodrop',
    '| where Channel = "Application"',
    '| where %"EventData.x" = "1"',
    '| fields %"EventData.x"',
  ]);
  const made = sumo.write({ type: "selection", head, show: [], branches: [branch(starts, eq("a", "1")), own] });
  expect(isRefused(made) ? [] : made.remarks).toMatchObject([{ part: "Application log", code: "other-log" }]);
});

test("asks a wildcard that double quotes would hide, or a blank, in a where", () => {
  const spaced = placeOf("_index=sec_record_*", { metadata_deviceEventId: ["Windows PowerShell-*"] });
  expect(selection([branch(spaced, eq("a", "1"))])).toEqual([
    "_index=sec_record_*",
    '| where metadata_deviceEventId matches "Windows PowerShell-*"',
    '| where a = "1"',
  ]);
});

test("counts in slices of the clock", () => {
  const branches = [branch(starts, eq("a", "1"))];
  const conditions = [
    { operator: "gt" as const, count: 5, distinct: null },
    { operator: "ge" as const, count: 3, distinct: field("b") },
  ];
  const window = { amount: 10, unit: "minute" as const };
  const lines = written({ type: "threshold", head, show: [], branches, by: [field("host")], conditions, window });
  expect(lines.slice(2)).toEqual([
    "| timeslice 10m",
    "| count as event_count, count_distinct(b) as distinct_count by host, _timeslice",
    "| where event_count > 5 and distinct_count >= 3",
  ]);
});

test("finds what is new by its first event", () => {
  const branches = [branch(starts, eq("a", "1"))];
  const window = { amount: 7, unit: "day" as const };
  expect(written({ type: "new_terms", head, show: [], branches, fields: [field("user")], window }).slice(2)).toEqual([
    "| where !isNull(user)",
    "| min(_messagetime) as first_seen, count as event_count by user",
    "| queryEndTime() as query_end",
    "| where query_end - first_seen <= 3600000",
    "| fields - query_end",
  ]);
});

function step(place: LogPlace, text: string, by: string, more: Partial<TargetStep> = {}): TargetStep {
  return { branches: [branch(place, eq("a", text))], by: [field(by)], runs: 1, missing: false, ...more };
}

function sequence(steps: readonly TargetStep[], ordered: boolean): readonly string[] | string {
  const maxspan = { amount: 5, unit: "minute" as const };
  return written({ type: "sequence", head, show: [], ordered, maxspan, steps, until: null });
}

test("tells the order of two steps, whatever they call what joins them", () => {
  expect(sequence([step(starts, "1", "x"), step(starts, "2", "y")], true).slice(1)).toEqual([
    '| if(a = "1", _messagetime, 9999999999999) as step_1_time',
    '| if(a = "2", _messagetime, 0) as step_2_time',
    "| if(step_1_time < 9999999999999, x, y) as joined_by_1",
    "| where !isNull(joined_by_1)",
    "| timeslice 5m",
    "| min(step_1_time) as step_1_first, max(step_2_time) as step_2_last by joined_by_1, _timeslice",
    "| where step_1_first < step_2_last",
  ]);
});

test("counts steps in any order, also such as must not occur", () => {
  const steps = [step(starts, "1", "x", { runs: 3 }), step(starts, "2", "x", { missing: true })];
  expect(sequence(steps, false).slice(-2)).toEqual([
    "| sum(step_1) as step_1_events, sum(step_2) as step_2_events by x, _timeslice",
    "| where step_1_events >= 3 and step_2_events = 0",
  ]);
});

test("takes the same step several times for a count", () => {
  expect(sequence([step(starts, "1", "x"), step(starts, "1", "x")], true).slice(-1)).toEqual([
    "| where event_count >= 2",
  ]);
});

test("refuses what it cannot order", () => {
  const three = ["1", "2", "3"].map((one) => step(starts, one, "x"));
  expect(sequence(three, true)).toContain("order of two steps");
  expect(sequence([step(starts, "1", "x"), step(starts, "2", "x", { missing: true })], true)).toContain(
    "does not occur",
  );
  expect(sequence([step(starts, "1", "x"), step(messages, "2", "x")], true)).toContain("never in one query");
});

test("lets no header end its comment", () => {
  const comment = sumo.comment(["a\n| where true", "{{parameter}}", "\u2028*/"]);
  expect(checkQuery(`${comment}\n*`).problems).toEqual([]);
  expect(comment.split("\n").every((line) => line.startsWith("// "))).toBe(true);
});
