import { expect, test } from "vitest";
import { isRefused, type TargetBranch, type TargetField, type TargetQuery, type TargetStep } from "../platform.ts";
import { checkQuery } from "./check.testing.ts";
import { logscale } from "./index.ts";

const field = (name: string): TargetField => ({ name, canonical: null, type: "keyword", listed: true });

const branch = (where: TargetBranch["place"]["where"], text: string | null): TargetBranch => ({
  logSource: { id: "log", title: "Log", facts: {}, signs: [] },
  place: { from: [], where, context: {}, has: [], unlisted: {}, lacks: [], says: {}, source: "test" },
  condition: text === null ? null : { type: "written", written: { text, binds: "atom" } },
  expression: null,
  fields: [],
  context: {},
  show: [field("host.name"), field("a[]")],
});

const process = branch({ "#event_simpleName": ["ProcessRollup2"], event_platform: ["Win"] }, "x=1");
const logs = branch({ "#type": ["one", "other"], "event.type[]": ["start"] }, null);
const step = (more: Partial<TargetStep> = {}): TargetStep => ({
  branches: [process],
  by: [field("user.name")],
  runs: 1,
  missing: false,
  ...more,
});

const head: TargetQuery["head"] = {} as TargetQuery["head"];

function write(query: object): string {
  const written = logscale.write({ head, show: ["host.name", "a[]"], ...query } as unknown as TargetQuery);
  if (isRefused(written)) return `refused: ${written.why}`;
  expect(checkQuery(written.text).problems, written.text).toEqual([]);
  return written.text;
}

const sequence = { type: "sequence", ordered: true, maxspan: { amount: 5, unit: "minute" }, until: null };
const hours = { amount: 2, unit: "hour" };
const count = (more: object) => ({ type: "threshold", branches: [process], by: [], window: null, ...more });
const least = (distinct: string | null) => ({
  operator: "ge",
  count: 5,
  distinct: distinct === null ? null : field(distinct),
});

test.each<[string, object, string]>([
  [
    "one log",
    { type: "selection", branches: [process] },
    '#event_simpleName=ProcessRollup2 event_platform=Win\n| x=1\n| select([@timestamp, host.name, "a[0]"])',
  ],
  [
    "several logs",
    { type: "selection", branches: [process, logs] },
    '(#event_simpleName=ProcessRollup2 and event_platform=Win and x=1)\n  or (\n    in(#type, values=["one", "other"])\n    and array:exists("event.type[]", condition={ event.type="start" })\n  )\n| select([@timestamp, host.name, "a[0]"])',
  ],
  [
    "events",
    count({ conditions: [least(null)] }),
    '#event_simpleName=ProcessRollup2 event_platform=Win\n| x=1\n| stats([count(as=_events), min(@timestamp, as=_first), max(@timestamp, as=_last), collect([host.name, "a[0]"])])\n| _events>=5',
  ],
  [
    "events in time spans",
    count({ by: [field("host.name")], conditions: [least(null)], window: hours }),
    '#event_simpleName=ProcessRollup2 event_platform=Win\n| x=1\n| _window := @timestamp - (@timestamp % 7200000) // 2h\n| groupBy([host.name, _window], function=[count(as=_events), min(@timestamp, as=_first), max(@timestamp, as=_last), collect(["a[0]"])], limit=max)\n| _events>=5',
  ],
  [
    "distinct values, which are grouped first since their count is an estimate",
    count({ by: [field("host.name")], conditions: [least("user.name")] }),
    '#event_simpleName=ProcessRollup2 event_platform=Win\n| x=1\n| groupBy([host.name, user.name], function=[min(@timestamp, as=_first), max(@timestamp, as=_last), collect(["a[0]"])], limit=max)\n| groupBy([host.name], function=[count(as=_values), min(_first, as=_first), max(_last, as=_last), collect([user.name, "a[0]"])], limit=max)\n| _values>=5',
  ],
  [
    "groups of an array",
    count({ by: [field("a[]")], conditions: [least(null)] }),
    "refused: Events cannot be grouped by a field of several values or one whose name cannot be quoted.",
  ],
  [
    "new values",
    { type: "new_terms", branches: [process], fields: [field("host.name")], window: { amount: 7, unit: "day" } },
    'setTimeInterval(start=7d)\n| #event_simpleName=ProcessRollup2 event_platform=Win\n| x=1\n| groupBy([host.name], function=[count(as=_events), min(@timestamp, as=_first), collect(["a[0]"])], limit=max)\n| test(_first > now() - 3600000) // 1h',
  ],
  [
    "a sequence",
    { ...sequence, steps: [step(), step({ branches: [logs] })] },
    'correlate(\n  Event1: {\n    #event_simpleName=ProcessRollup2 event_platform=Win\n    | x=1\n  } include: [@timestamp, host.name, "a[0]"],\n  Event2: {\n    in(#type, values=["one", "other"]) array:exists("event.type[]", condition={ event.type="start" })\n  } include: [@timestamp, host.name, "a[0]"],\n  sequence=true,\n  within=5m,\n  globalConstraints=[user.name]\n)',
  ],
  [
    "events in any order, with keys of other names",
    { ...sequence, ordered: false, maxspan: null, steps: [step(), step({ by: [field("UserName")] })] },
    'correlate(\n  Event1: {\n    #event_simpleName=ProcessRollup2 event_platform=Win\n    | x=1\n  } include: [@timestamp, host.name, "a[0]"],\n  Event2: {\n    #event_simpleName=ProcessRollup2 event_platform=Win\n    | x=1\n    | UserName <=> Event1.user.name\n  } include: [@timestamp, host.name, "a[0]"]\n)',
  ],
  [
    "an event that ends a sequence",
    { ...sequence, steps: [step(), step()], until: step() },
    "refused: correlate has no event that ends a sequence.",
  ],
  [
    "an event that is missing",
    { ...sequence, steps: [step(), step({ missing: true })] },
    "refused: correlate cannot ask that an event does not occur.",
  ],
  ["one event", { ...sequence, steps: [step()] }, "refused: correlate needs two events or more."],
  [
    "many events",
    { ...sequence, steps: [step({ runs: 12 }), step()] },
    "refused: The sequence has more than 12 events.",
  ],
  [
    "several events in any order",
    { ...sequence, ordered: false, steps: [step({ runs: 2 }), step()] },
    "refused: correlate without an order may take one event for several.",
  ],
])("writes %s", (_, query, text) => {
  expect(write(query)).toBe(text);
});
