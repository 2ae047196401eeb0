import { expect, test } from "vitest";
import { platforms } from "../../platforms/registry.ts";
import { madeDetection, madePackage } from "./testing.ts";
import { spanInMinutes } from "./time-span.ts";

const [platform] = platforms;
if (platform === undefined) throw new Error("There is no platform.");

test.each([
  ["eql", "sequence by host.id with maxspan=10m [a where true] [b where true]", 10],
  ["eql", "sequence by host.id with maxspan = 90s [a where true] [b where true]", 2],
  ["eql", 'process where process.name : "maxspan"', 0],
  ["spl", "index=a | bin _time span=15m | stats count by _time", 15],
  ["spl", "index=a earliest=-7d@d | stats count", 7 * 24 * 60],
  ["kusto", "T | where Timestamp > ago(1d) | summarize count() by bin(Timestamp, 5m)", 24 * 60],
  ["kusto", "let window = 2h;\nT | where Timestamp between (x .. x + window)", 120],
  ["kusto", 'T | where a == "ago 5d"', 0],
  ["kusto", "T | where a has '10m'", 0],
  ["yara-l", "rule a { match: $x over 30m condition: $e }", 30],
  ["esql", "FROM a | STATS n = COUNT(*) BY BUCKET(@timestamp, 10 minutes)", 10],
  ["eql", "sequence with maxspan=400d [a where true] [b where true]", 30 * 24 * 60],
  ["sigma", "maxspan=10m", 0],
])("%s: %j puts events together over as many minutes", (language, query, minutes) => {
  const detection = madeDetection({ language, query });
  expect(spanInMinutes(madePackage(platform, { detections: [detection] }), detection)).toBe(minutes);
});

test("a knob that sets the window of a detection counts as well", () => {
  const detection = madeDetection({ id: "a:1" });
  const other = madeDetection({ id: "a:2" });
  const [knob] = madePackage(platform, { detections: [detection] }).knobs;
  if (knob === undefined) throw new Error("There is no knob.");
  const knobs = [{ ...knob, kind: "window" as const, value: "45m" }];
  const one = madePackage(platform, { detections: [detection, other], knobs });
  expect([spanInMinutes(one, detection), spanInMinutes(one, other)]).toEqual([45, 0]);
});
