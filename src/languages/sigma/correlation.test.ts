import { describe, expect, test } from "vitest";
import { complaints, sentence, stagesOf } from "./testing.ts";

function correlation(...lines: readonly string[]): string {
  return `title: Sample\ncorrelation:\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

const frame = ["rules: [one, two]", "group-by: [Host, user]", "timespan: 5m"];

describe("numbers", () => {
  test("an event count is a threshold over the rules' matches", () => {
    expect(stagesOf(correlation("type: event_count", ...frame, "condition: {gte: 10}"))).toMatchObject([
      { type: "source", kind: "rule", names: ["one", "two"] },
      { type: "threshold", by: ["Host", "user"], operator: "ge", count: 10, window: "5m" },
    ]);
  });

  test("a range is two thresholds", () => {
    const stages = stagesOf(correlation("type: event_count", ...frame, "condition: {gt: 10, lte: 20}"));
    expect(stages.slice(1)).toMatchObject([
      { operator: "gt", count: 10 },
      { operator: "le", count: 20 },
    ]);
  });

  test("a value count counts distinct values", () => {
    const stages = stagesOf(correlation("type: value_count", ...frame, "condition: {field: User, eq: 3}"));
    expect(stages[1]).toMatchObject({ type: "threshold", distinct: "User", operator: "eq", count: 3 });
  });

  test.each([
    ["value_sum", "sum(Bytes) gt 5"],
    ["value_avg", "avg(Bytes) gt 5"],
    ["value_min", "min(Bytes) gt 5"],
    ["value_max", "max(Bytes) gt 5"],
    ["value_median", "median(Bytes) gt 5"],
    ["value_percentile", "percentile(Bytes) gt 5"],
  ])("%s aggregates, then filters", (type, expected) => {
    const stages = stagesOf(correlation(`type: ${type}`, ...frame, "condition: {field: Bytes, gt: 5}"));
    expect(stages.map((one) => one.type)).toEqual(["source", "aggregate", "filter"]);
    const last = stages[2];
    expect(last?.type === "filter" ? sentence(last.expression) : "").toBe(expected);
  });

  test("a percentile keeps its number", () => {
    const stages = stagesOf(
      correlation("type: value_percentile", ...frame, "condition: {field: B, percentile: 95, gt: 5}"),
    );
    expect(stages[1]).toMatchObject({ functions: [{ function: "percentile 95", field: "B" }] });
  });
});

describe("temporal correlations", () => {
  const aliases = ["aliases:", "    user:", "        one: SubjectUser", "        two: TargetUser"];

  test("are sequences; an alias names the field of each step", () => {
    expect(stagesOf(correlation("type: temporal", ...frame, ...aliases))).toMatchObject([
      {
        type: "sequence",
        ordered: false,
        by: ["Host"],
        maxspan: "5m",
        steps: [
          { by: ["SubjectUser"], runs: 1, missing: false, logic: { stages: [{ kind: "rule", names: ["one"] }] } },
          { by: ["TargetUser"], runs: 1, missing: false, logic: { stages: [{ kind: "rule", names: ["two"] }] } },
        ],
      },
    ]);
  });

  test("may be ordered", () => {
    expect(stagesOf(correlation("type: temporal_ordered", ...frame))).toMatchObject([
      { type: "sequence", ordered: true },
    ]);
  });

  test.each([
    ["a number that is all of them", "condition: {gte: 2}", ["sequence"]],
    ["a number that is some of them", "condition: {gte: 1}", ["source", "opaque"]],
    ["one and not the other", "condition: one and not two", ["sequence"]],
    ["one or the other", "condition: one or two", ["union"]],
    ["all by pattern", "condition: all of *", ["sequence"]],
    ["something nested", "condition: one and (two or not one)", ["source", "opaque"]],
  ])("%s", (_name, condition, types) => {
    expect(stagesOf(correlation("type: temporal", ...frame, condition)).map((one) => one.type)).toEqual(types);
  });

  test("a rule that must not match is missing", () => {
    expect(stagesOf(correlation("type: temporal", ...frame, "condition: one and not two"))).toMatchObject([
      { steps: [{ missing: false }, { missing: true }] },
    ]);
  });
});

test("a filter narrows other rules", () => {
  const text =
    "title: x\nlogsource: {product: windows}\nfilter:\n    rules: [one]\n    adm: {User|startswith: adm_}\n    condition: not adm\n";
  const stages = stagesOf(text);
  expect(stages).toMatchObject([
    { type: "source", kind: "rule", names: ["one"], attributes: { product: "windows" } },
    { type: "filter" },
  ]);
  const last = stages[1];
  expect(last?.type === "filter" ? sentence(last.expression) : "").toBe('not User starts_with "adm_"');
});

test.each([
  ["an unknown type", ["type: event_sum", ...frame, "condition: {gte: 1}"]],
  ["no rules", ["type: temporal", "timespan: 5m"]],
  ["no timespan", ["type: temporal", "rules: [one]"]],
  ["a timespan of another shape", ["type: temporal", "rules: [one]", "timespan: soon"]],
  ["no condition", ["type: event_count", ...frame]],
  ["no field", ["type: value_count", ...frame, "condition: {gte: 1}"]],
  ["a condition of another shape", ["type: event_count", ...frame, "condition: {at least: 5}"]],
  ["a condition that is a list", ["type: event_count", ...frame, "condition: [1]"]],
])("complains of %s", (_name, lines) => {
  expect(complaints(correlation(...lines)).map(([code]) => code)).toEqual(["sigma/correlation"]);
});
