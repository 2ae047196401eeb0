import { describe, expect, test } from "vitest";
import { type AnalysedRule, analyseRule } from "../../languages/analyse.ts";
import { bareDocument } from "../../rule/bare-document.ts";
import type { LanguageId } from "../../rule/document.ts";
import type { Vocabulary } from "../../vocabulary/vocabulary.ts";
import type { Planning } from "./plan.ts";
import { planRule } from "./plan-rule.ts";

/** Every name is its own, and two of them are the time. */
const times: ReadonlySet<string> = new Set(["_time", "TimeGenerated", "@timestamp"]);
const schema = { read: (raw: string) => ({ field: times.has(raw) ? "@timestamp" : raw }) };
const vocabulary = { schemaOf: () => schema } as unknown as Vocabulary;

function ruleOf(language: LanguageId, text: string): AnalysedRule {
  const known = { corpus: "test", id: "test", path: "test", title: "test" };
  return analyseRule(bareDocument({ ...known, queries: [{ role: "main", language, text, offset: 0, line: 1 }] }), {});
}

const failed = "title: x\nlogsource: {product: windows}\ndetection:\n    a: {EventID: 4625}\n    condition: a\n";

function planOf(language: LanguageId, text: string, overEvents = true): Planning {
  return planRule(vocabulary, ruleOf(language, text), () => ruleOf("sigma", failed), { overEvents });
}

function correlation(type: string, condition: string, ...more: readonly string[]): string {
  const lines = [`type: ${type}`, "rules: [one, two]", "group-by: [who]", "timespan: 5m", condition, ...more];
  return `title: x\ncorrelation:\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

describe("windows slide or are cut by the clock", () => {
  test.each([
    ["sigma", correlation("event_count", "condition: {gte: 3}"), "5m", "sliding"],
    ["spl", "search a=1 | bin _time span=5m | stats count by _time, src | where count > 5", "5m", "aligned"],
    ["spl", "search a=1 | stats count by src | where count > 5", null, "sliding"],
    ["kusto", "T | summarize n = count() by bin(TimeGenerated, 5m), src | where n > 5", "5m", "aligned"],
    ["kusto", "T | summarize n = count() by src | where n > 5", null, "sliding"],
    ["esql", "from logs | stats n = count(*) by bucket(@timestamp, 5 minutes), src | where n > 5", "5m", "aligned"],
    [
      "yara-l",
      'rule r { meta: events: $e.metadata.event_type = "USER_LOGIN" $e.principal.ip = $ip match: $ip over 5m condition: #e > 5 }',
      "5m",
      "sliding",
    ],
    [
      "yara-l",
      'rule r { meta: events: $e.metadata.event_type = "USER_LOGIN" $e.principal.ip = $ip match: $ip by 5m condition: #e > 5 }',
      "by 5m",
      "aligned",
    ],
  ] as const)("%s: %s", (language, text, window, windows) => {
    const { plan, report } = planOf(language, text);
    expect(report.filter((one) => one.verdict === "lost")).toEqual([]);
    expect(plan?.type === "threshold" && plan.window?.replace(/ ?minutes/u, "m")).toBe(window ?? undefined);
    expect(plan).toMatchObject({ type: "threshold", windows });
  });
});

test.each([
  ["kusto", "T | summarize n = count() by src | where n > 5", true],
  ["esql", "from logs | stats n = count(*) by src | where n > 5", true],
  ["spl", "search a=1 | stats count by src | where count > 5", false],
] as const)("%s: are events without a value a group?", (language, text, absentGroups) => {
  expect(planOf(language, text).plan).toMatchObject({ absentGroups });
});

describe("numbers made of values", () => {
  test.each([
    ["sigma", correlation("value_sum", "condition: {field: bytes, gt: 5}"), { type: "sum" }, "gt"],
    ["sigma", correlation("value_avg", "condition: {field: bytes, lte: 5}"), { type: "average" }, "le"],
    ["sigma", correlation("value_min", "condition: {field: bytes, lt: 5}"), { type: "least" }, "lt"],
    ["sigma", correlation("value_max", "condition: {field: bytes, gte: 5}"), { type: "greatest" }, "ge"],
    [
      "sigma",
      correlation("value_median", "condition: {field: bytes, eq: 5}"),
      { type: "percentile", percent: 50 },
      "eq",
    ],
    [
      "sigma",
      correlation("value_percentile", "condition: {field: bytes, percentile: 95, gt: 5}"),
      { type: "percentile", percent: 95 },
      "gt",
    ],
    ["spl", "search a=1 | stats sum(bytes) as total by who | where total > 5", { type: "sum" }, "gt"],
    ["spl", "search a=1 | stats perc95(bytes) as p by who | where p > 5", { type: "percentile", percent: 95 }, "gt"],
    ["spl", "search a=1 | stats count(bytes) as n by who | where n > 5", { type: "values" }, "gt"],
    ["kusto", "T | summarize avg(bytes) by who | where avg_bytes > 5", { type: "average" }, "gt"],
    [
      "kusto",
      "T | summarize p = percentile(bytes, 95) by who | where p > 5",
      { type: "percentile", percent: 95 },
      "gt",
    ],
    ["esql", "from logs | stats m = max(bytes) by who | where m >= 5", { type: "greatest" }, "ge"],
  ] as const)("%s: %s", (language, text, measure, operator) => {
    const { plan } = planOf(language, text);
    expect(plan).toMatchObject({ type: "threshold", by: [{ raw: "who" }], conditions: [] });
    expect(plan?.type === "threshold" ? plan.numbers : []).toEqual([
      { measure, operator, value: 5, field: { raw: "bytes", canonical: "bytes" } },
    ]);
  });

  test("of a Sigma correlation have its window", () => {
    const { plan } = planOf("sigma", correlation("value_sum", "condition: {field: bytes, gt: 5, lt: 9}"));
    expect(plan).toMatchObject({ window: "5m", windows: "sliding", numbers: [{ operator: "gt" }, { operator: "lt" }] });
  });

  test("stand beside counts", () => {
    const text = "search a=1 | stats count sum(bytes) as total by who | where total > 5 AND count > 2";
    expect(planOf("spl", text).plan).toMatchObject({ conditions: [{ count: 2 }], numbers: [{ value: 5 }] });
  });

  test("platforms are told what the rule works out, as ever", () => {
    const { plan } = planOf("sigma", correlation("value_sum", "condition: {field: bytes, gt: 5}"), false);
    expect(plan?.type).toBe("selection");
  });
});

describe("fields that the rule makes are none of the events", () => {
  test.each([
    ["in a group", "esql", 'from logs | eval k = replace(a, "x", "y") | stats n = count(*) by k | where n > 5'],
    ["counted", "esql", 'from logs | eval k = replace(a, "x", "y") | stats n = count_distinct(k) | where n > 5'],
    [
      "of which values are counted",
      "esql",
      "from logs | eval k = case(a == 1, 1, null) | stats n = count(k) | where n > 5",
    ],
    ["summed", "spl", "search a=1 | eval k=len(a) | stats sum(bytes) as total by k | where total > 5"],
  ] as const)("%s", (_, language, text) => {
    const { plan, report } = planOf(language, text);
    expect(plan).toBe(null);
    expect(report).toMatchObject([{ part: "k", verdict: "lost", code: "computed-value" }]);
    expect(planOf(language, text, false).report).toEqual([]);
  });

  test("worked out on the spot", () => {
    const text = 'from logs | stats n = count(*) by concat(a, "x") | where n > 5';
    expect(planOf("esql", text).report).toMatchObject([{ code: "computed-value" }]);
  });

  test("a number made of one is left to the condition", () => {
    const text = "search a=1 | eval k=len(a) | stats sum(k) as total by who | where total > 5";
    expect(planOf("spl", text).plan?.type).toBe("selection");
  });

  test("what only changes itself is the field", () => {
    const text = "from logs | eval src = to_lower(src) | stats n = count(*) by src | where n > 5";
    expect(planOf("esql", text).plan).toMatchObject({ by: [{ raw: "src" }] });
  });
});

test("what counts without a window counts what each run of the rule looks at", () => {
  const rule = ruleOf("esql", "from logs | stats n = count(*) by src | where n > 5");
  const scheduled = { ...rule, document: { ...rule.document, lookBack: "now-9m" } };
  const plan = (overEvents: boolean) => planRule(vocabulary, scheduled, () => null, { overEvents }).plan;
  expect(plan(true)).toMatchObject({ window: "now-9m", windows: "sliding" });
  expect(plan(false)).toMatchObject({ window: null });
});

test("an alias of a correlation is another field in the events of each rule", () => {
  const aliases = ["aliases:", "    who:", "        one: SubjectUser", "        two: TargetUser"];
  const { plan } = planOf("sigma", correlation("event_count", "condition: {gte: 3}", ...aliases));
  expect(plan?.type === "threshold" ? plan.flows.map((one) => one.renames) : []).toEqual([
    { who: { raw: "SubjectUser", canonical: "SubjectUser" } },
    { who: { raw: "TargetUser", canonical: "TargetUser" } },
  ]);
});

test("combinations of several fields are not counted", () => {
  const { plan, report } = planOf("sigma", correlation("value_count", "condition: {field: [a, b], gte: 3}"));
  expect(plan).toBe(null);
  expect(report).toMatchObject([{ part: "a, b", code: "threshold" }]);
});
