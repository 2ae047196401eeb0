import { describe, expect, test } from "vitest";
import type { LogPlace } from "../log-sources/tables.ts";
import { isRefused, type TargetBranch, type TargetField, type TargetQuery, type TargetStep } from "../platform.ts";
import { checkQuery } from "./check.testing.ts";
import { qradar } from "./index.ts";

const head: TargetQuery["head"] = {
  id: "1",
  corpus: "own",
  title: "Title",
  description: "",
  techniques: [],
  authors: [],
  licence: "",
  severity: null,
  references: [],
  falsePositives: [],
  tags: [],
  path: "a.yml",
};

function field(name: string): TargetField {
  return { name, canonical: name, type: "keyword", listed: true };
}

function branch(where: LogPlace["where"], text: string | null, from: readonly string[] = []): TargetBranch {
  return {
    logSource: { id: "x", title: "X", facts: {}, signs: [] },
    place: { from, where, context: {}, has: [], unlisted: {}, lacks: [] },
    condition: text === null ? null : { type: "written", written: { text, binds: "atom" } },
    expression: null,
    fields: [],
    context: {},
  } as unknown as TargetBranch;
}

const windows = branch({ devicetype: ["12"], "Event ID": ["1"] }, "Command = 'a'", [
  "Microsoft Windows Security Event Log",
]);
const linux = branch({ devicetype: ["11"] }, "Command = 'b'", ["Linux OS"]);
const flows = branch({}, "destinationport = 80", ["flows"]);

/** The query, once it is sure that AQL has it. */
function textOf(query: TargetQuery): string {
  const written = qradar.write(query);
  if (isRefused(written)) throw new Error(written.why);
  expect(checkQuery(written.text).problems).toEqual([]);
  return written.text;
}

const time = "DATEFORMAT(starttime, 'yyyy-MM-dd HH:mm:ss') AS 'Time'";

describe("selections", () => {
  test("show the time, the log source, the event and what the analyst needs", () => {
    expect(textOf({ type: "selection", head, show: ["username", "Process Path"], branches: [windows] })).toBe(`SELECT
  ${time},
  LOGSOURCENAME(logsourceid) AS 'Log Source',
  QIDNAME(qid) AS 'Event Name',
  username,
  "Process Path"
FROM events
WHERE
  devicetype = 12 /* Microsoft Windows Security Event Log */ AND "Event ID" = '1' AND Command = 'a'
LAST 24 HOURS`);
  });

  test("of several logs are one search", () => {
    expect(textOf({ type: "selection", head, show: [], branches: [windows, linux] })).toContain(`WHERE
  (devicetype = 12 /* Microsoft Windows Security Event Log */ AND "Event ID" = '1' AND Command = 'a')
  OR (devicetype = 11 /* Linux OS */ AND Command = 'b')
LAST`);
  });

  test("of flows read flows", () => {
    expect(textOf({ type: "selection", head, show: ["sourceip"], branches: [flows] })).toBe(`SELECT
  ${time},
  sourceip
FROM flows
WHERE
  destinationport = 80
LAST 24 HOURS`);
  });

  test("name log source types of which no number is known", () => {
    const byName = branch({}, "Action = 'deny'", ["Some Firewall", "It's Another"]);
    expect(textOf({ type: "selection", head, show: [], branches: [byName] })).toContain(
      "LOGSOURCETYPENAME(devicetype) IN ('Some Firewall', 'It''s Another') AND Action = 'deny'",
    );
  });

  test("leave out properties that nothing quotes", () => {
    expect(textOf({ type: "selection", head, show: ['a"b', "ok"], branches: [linux] })).not.toContain('a"b');
  });

  test("ask events and flows apart", () => {
    expect(qradar.write({ type: "selection", head, show: [], branches: [linux, flows] })).toMatchObject({
      code: "join",
    });
  });

  test("of a place whose property nothing quotes are refused", () => {
    const odd = branch({ 'a"b': ["1"] }, null);
    expect(qradar.write({ type: "selection", head, show: [], branches: [odd] })).toMatchObject({ code: "no-field" });
  });

  test("of places with patterns", () => {
    const odd = branch({ Log: ["a*", "b", "c_*'*"] }, null);
    expect(textOf({ type: "selection", head, show: [], branches: [odd] })).toContain(
      "Log = 'b' OR Log ILIKE 'a%' OR Log IMATCHES '(?s)^c_.*''.*'",
    );
  });
});

describe("thresholds", () => {
  const base = { type: "threshold", head, show: [], branches: [windows] } as const;
  const window = { amount: 5, unit: "minute" } as const;
  const count = { operator: "ge", count: 10, distinct: null } as const;

  test("count events, also those that QRadar keeps as one", () => {
    expect(
      textOf({ ...base, by: [field("sourceip"), field("Target Username")], conditions: [count], window }),
    ).toBe(`SELECT
  sourceip,
  "Target Username",
  SUM(eventcount) AS event_count
FROM events
WHERE
  devicetype = 12 /* Microsoft Windows Security Event Log */ AND "Event ID" = '1' AND Command = 'a'
GROUP BY sourceip, "Target Username"
HAVING event_count >= 10
LAST 5 MINUTES`);
  });

  test("of several counts ask each once", () => {
    const distinct = { operator: "gt", count: 3, distinct: field("Process Path") } as const;
    const less = { ...distinct, operator: "lt", count: 9 } as const;
    const text = textOf({ ...base, by: [field("sourceip")], conditions: [count, distinct, less], window: null });
    expect(text).toContain('SUM(eventcount) AS event_count,\n  UNIQUECOUNT("Process Path") AS distinct_count_2\n');
    expect(text).toContain("HAVING event_count >= 10 AND distinct_count_2 > 3 AND distinct_count_2 < 9\nLAST 24 HOURS");
  });

  test("over all events", () => {
    expect(textOf({ ...base, by: [], conditions: [count], window })).toMatch(
      /^SELECT \*\nFROM \(\n {2}SELECT\n {4}SUM\(eventcount\) AS event_count\n[\s\S]*\n {2}LAST 5 MINUTES\n\)\nWHERE event_count >= 10$/u,
    );
  });

  test("of flows count flows", () => {
    const text = textOf({ ...base, branches: [flows], by: [field("sourceip")], conditions: [count], window });
    expect(text).toContain("COUNT(*) AS event_count\nFROM flows");
  });

  test("say how the time is taken", () => {
    expect(qradar.write({ ...base, by: [], conditions: [count], window })).toMatchObject({
      remarks: [{ code: "window" }],
    });
    expect(qradar.write({ ...base, by: [], conditions: [count], window: null })).toMatchObject({
      remarks: [{ part: "all events", code: "window" }],
    });
  });

  test("by what nothing quotes are refused", () => {
    expect(qradar.write({ ...base, by: [field('a"b')], conditions: [count], window })).toMatchObject({
      code: "no-field",
    });
  });
});

describe("new values", () => {
  const base = { type: "new_terms", head, show: [], branches: [windows], window: { amount: 14, unit: "day" } } as const;

  test("are those that were not there before", () => {
    const text = textOf({ ...base, fields: [field("username")] });
    expect(text).toContain(
      "AND username IS NOT NULL\n  AND NOT (username IN (\n    SELECT\n      username\n    FROM events\n",
    );
    expect(text).toContain(
      "    GROUP BY username\n    START PARSEDATETIME('14 days ago') STOP PARSEDATETIME('1 hour ago')\n  ))",
    );
  });

  test("of several logs keep those together", () => {
    const text = textOf({ ...base, branches: [windows, linux], fields: [field("username")] });
    expect(text).toMatch(/WHERE\n {2}\(\n[\s\S]*\n {2}AND username IS NOT NULL\n/u);
  });

  test("of several properties are joined", () => {
    const text = textOf({ ...base, fields: [field("username"), field("sourceip")] });
    expect(text).toContain("    SELECT\n      CONCAT(username, '|', sourceip) AS key_values\n    FROM events\n");
    expect(text).toContain("\n    GROUP BY key_values\n");
    expect(text).toContain("AND username IS NOT NULL\n  AND NOT (CONCAT(username, '|', sourceip) IN (\n");
  });

  test("of what nothing quotes are refused", () => {
    expect(qradar.write({ ...base, fields: [field('a"b')] })).toMatchObject({ code: "no-field" });
  });
});

describe("sequences", () => {
  const host = [field("Hostname")];
  const step = (one: TargetBranch, more: Partial<TargetStep> = {}): TargetStep => ({
    branches: [{ ...one, show: [field("username")] }],
    by: host,
    runs: 1,
    missing: false,
    ...more,
  });
  const maxspan = { amount: 5, unit: "minute" } as const;
  const of = (steps: readonly TargetStep[], more: Partial<Extract<TargetQuery, { type: "sequence" }>> = {}) =>
    ({ type: "sequence", head, show: [], ordered: true, maxspan, steps, until: null, ...more }) as const;

  test("show events of the last step, of which the others have the values", () => {
    expect(textOf(of([step(windows), step(linux)]))).toBe(`SELECT
  ${time},
  LOGSOURCENAME(logsourceid) AS 'Log Source',
  QIDNAME(qid) AS 'Event Name',
  Hostname,
  username
FROM events
WHERE
  devicetype = 11 /* Linux OS */
  AND Command = 'b'
  AND Hostname IS NOT NULL
  AND Hostname IN (
    SELECT
      Hostname
    FROM events
    WHERE
      devicetype = 12 /* Microsoft Windows Security Event Log */
      AND "Event ID" = '1'
      AND Command = 'a'
      AND Hostname IS NOT NULL
    GROUP BY Hostname
    LAST 5 MINUTES
  )
LAST 5 MINUTES`);
  });

  test("say that any order is found, and when the rule's end is left out", () => {
    const steps = [step(windows), step(linux)];
    const why = (one: TargetQuery) => {
      const written = qradar.write(one);
      return isRefused(written) ? written.why : written.remarks[0]?.why;
    };
    expect(why(of(steps))).toBe(
      "All steps are looked for in the last 5 minutes, in whatever order they came; the events of one of them are shown.",
    );
    expect(why(of(steps, { ordered: false, maxspan: null, until: step(flows) }))).toBe(
      "All steps are looked for in the last 24 hours, as the rule names no time span, without the rule's own end of a " +
        "sequence; the events of one of them are shown.",
    );
  });

  test("leave out values that a step must not have", () => {
    const text = textOf(of([step(windows), step(linux, { missing: true })]));
    expect(text).toMatch(
      /FROM events\nWHERE\n {2}devicetype = 12[\s\S]*AND NOT \(Hostname IN \(\n[\s\S]*devicetype = 11/u,
    );
  });

  test("compare several properties, and those of different kinds as text", () => {
    const many = { by: [field("Hostname"), field("sourceip")] };
    expect(textOf(of([step(windows, many), step(linux, many)]))).toContain(
      "AND CONCAT(Hostname, '|', sourceip) IN (\n    SELECT\n      CONCAT(Hostname, '|', sourceip) AS key_values\n",
    );
    const address = step(flows, { by: [field("sourceip")] });
    expect(textOf(of([address, step(linux)]))).toContain(
      "Hostname IN (\n    SELECT\n      STR(sourceip) AS key_value\n",
    );
  });

  test.each([
    ["counts of a step", [step(windows, { runs: 3 }), step(linux)]],
    ["nothing in common", [step(windows, { by: [] }), step(linux, { by: [] })]],
    ["twice the same", [step(linux), step(linux)]],
    ["only what must not come", [step(linux, { missing: true })]],
  ])("of %s are refused", (_, steps) => {
    expect(qradar.write(of(steps))).toMatchObject({ type: "refused", code: "sequence" });
  });
});

test("the header stands within the query, whatever it holds", () => {
  const comment = qradar.comment(["Title", "*/ DROP", "a\nFROM flows\nb", "FROM events"]);
  for (const branches of [[windows], [flows]]) {
    const text = textOf({ type: "selection", head, show: [], branches });
    const whole = qradar.headed?.(comment, text) ?? "";
    expect(whole).toContain("*/\nWHERE");
    expect(checkQuery(whole).problems).toEqual([]);
  }
});
