import { describe, expect, test } from "vitest";
import { type AnalysedRule, analyseRule } from "../../../languages/analyse.ts";
import { openEngine } from "../../../matching/open-engine.ts";
import type { EventData } from "../../../matching/readers/log-format.ts";
import { openViewReader } from "../../../matching/view/reader.ts";
import { bareDocument } from "../../../rule/bare-document.ts";
import type { LanguageId } from "../../../rule/document.ts";
import type { Stage } from "../../../rule/logic.ts";
import { nameRule } from "../../../vocabulary/name-rule.ts";
import { translationKnowledge } from "../platforms/index.ts";
import { recognitionTables } from "./index.ts";

const known = translationKnowledge();
const knowledge = { ...known, view: openViewReader(known, recognitionTables()) };

/** `4625 0:30 ann 10.0.0.1`: a logon (or its failure) at a minute and second, of an account, from an address. */
function events(text: string): readonly EventData[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [id, time = "", user, address, type = "3"] = line.trim().split(" ");
      const [minutes, seconds] = time.split(":");
      const SystemTime = new Date(Date.UTC(2026, 3, 17, 12, Number(minutes), Number(seconds))).toISOString();
      const System = {
        Provider: { Name: "Microsoft-Windows-Security-Auditing" },
        EventID: Number(id),
        TimeCreated: { SystemTime },
        Channel: "Security",
        Computer: "host",
      };
      const data = { TargetUserName: user, IpAddress: address, LogonType: Number(type) };
      return {
        Event: {
          System,
          EventData: Object.fromEntries(
            Object.entries(data).filter(([, value]) => value !== undefined && value !== "-"),
          ),
        },
      };
    });
}

function ruleOf(language: LanguageId, text: string, id = "test", stages: readonly Stage[] = []): AnalysedRule {
  const about = { corpus: "test", id, path: id, title: id, stages };
  const rule = bareDocument({ ...about, queries: [{ role: "main", language, text, offset: 0, line: 1 }] });
  return nameRule(knowledge.vocabulary, analyseRule(rule, {}));
}

function sigma(id: number): AnalysedRule {
  const source = "logsource: {product: windows, service: security}";
  return ruleOf("sigma", `title: x\n${source}\ndetection:\n    a: {EventID: ${id}}\n    condition: a\n`);
}

const named: ReadonlyMap<string, AnalysedRule> = new Map([
  ["failed", sigma(4625)],
  ["logon", sigma(4624)],
]);

/** Records of each hit. */
function hits(rule: AnalysedRule, log: string): readonly string[] {
  const related = (name: string): AnalysedRule | null => named.get(name) ?? null;
  const engine = openEngine(knowledge, [rule], { related, anyLog: true });
  expect(engine.notRun).toEqual([]);
  const found = events(log).flatMap((data, at) => engine.push(data, { file: "log", record: at + 1 }));
  return [...found, ...engine.finish()].map((one) => (one.events ?? []).map((event) => event.record).join(" "));
}

function correlation(type: string, rules: string, condition: string, ...more: readonly string[]): AnalysedRule {
  const lines = [
    `type: ${type}`,
    `rules: [${rules}]`,
    "group-by: [TargetUserName]",
    "timespan: 5m",
    condition,
    ...more,
  ];
  const body = lines.filter((one) => one !== "").map((line) => `    ${line}\n`);
  return ruleOf("sigma", `title: x\ncorrelation:\n${body.join("")}`);
}

const log = `
  4625 0:00 ann 10.0.0.1
  4625 1:00 ann 10.0.0.2
  4625 2:00 bob 10.0.0.1
  4625 4:00 ann 10.0.0.3 10
  4624 4:30 ann 10.0.0.3
  4625 9:30 ann 10.0.0.3
  4624 20:00 bob 10.0.0.1
`;

describe("Sigma's correlations", () => {
  test.each([
    ["events", correlation("event_count", "failed", "condition: {gte: 3}"), ["1 2 4"]],
    ["events of two rules", correlation("event_count", "failed, logon", "condition: {gte: 4}"), ["1 2 4 5"]],
    ["few events", correlation("event_count", "failed", "condition: {lt: 2}"), ["3", "6"]],
    ["different values", correlation("value_count", "failed", "condition: {field: IpAddress, gte: 3}"), ["1 2 4"]],
    ["a sum", correlation("value_sum", "failed", "condition: {field: LogonType, gte: 16}"), ["1 2 4"]],
    ["an average", correlation("value_avg", "failed", "condition: {field: LogonType, gt: 5}"), ["1 2 4"]],
    ["a median", correlation("value_median", "failed", "condition: {field: LogonType, eq: 3}"), ["1 2 4", "3", "6"]],
    [
      "a percentile",
      correlation("value_percentile", "failed", "condition: {field: LogonType, percentile: 100, gt: 9}"),
      ["1 2 4"],
    ],
    ["in any order", correlation("temporal", "logon, failed", ""), ["4 5"]],
    ["in order", correlation("temporal_ordered", "failed, logon", ""), ["4 5"]],
    ["in the other order", correlation("temporal_ordered", "logon, failed", ""), ["5 6"]],
    ["one and not the other", correlation("temporal", "failed, logon", "condition: failed and not logon"), ["3", "6"]],
  ] as const)("%s", (_, rule, expected) => {
    expect(hits(rule, log).toSorted()).toEqual([...expected].toSorted());
  });

  test("an alias is another field for each rule", () => {
    const aliases = ["aliases:", "    who:", "        failed: TargetUserName", "        logon: IpAddress"];
    const lines = [
      "type: event_count",
      "rules: [failed, logon]",
      "group-by: [who]",
      "timespan: 5m",
      "condition: {gte: 2}",
    ];
    const text = `title: x\ncorrelation:\n${[...lines, ...aliases].map((line) => `    ${line}\n`).join("")}`;
    expect(hits(ruleOf("sigma", text), "4625 0:00 ann 10.0.0.1\n4624 1:00 bob ann\n4624 2:00 ann bob")).toEqual([
      "1 2",
    ]);
  });
});

describe("other languages", () => {
  const eql = (text: string): AnalysedRule => ruleOf("eql", text);
  const code = (id: number): string => `[any where event.code == "${id}"]`;
  test.each([
    ["EQL sequence", eql(`sequence by user.name with maxspan=5m ${code(4625)} ${code(4624)}`), ["4 5"]],
    ["EQL runs", eql(`sequence by user.name with maxspan=5m ${code(4625)} with runs=3 ${code(4624)}`), ["1 2 4 5"]],
    ["EQL missing event", eql(`sequence by user.name with maxspan=5m ${code(4624)} !${code(4625)}`), ["7"]],
    ["EQL until", eql(`sequence by user.name ${code(4625)} ${code(4625)} until ${code(4624)}`), ["1 2", "2 4"]],
    ["EQL sample", eql(`sample by user.name ${code(4624)} ${code(4625)}`), ["4 5", "3 7"]],
    [
      "SPL, cut by the clock",
      ruleOf("spl", "search EventID=4625 | bin _time span=5m | stats count by _time, IpAddress | where count > 1"),
      ["1 3"],
    ],
    ["SPL", ruleOf("spl", "search EventID=4625 | stats dc(IpAddress) as n by TargetUserName | where n > 2"), ["1 2 4"]],
    [
      "Kusto",
      ruleOf(
        "kusto",
        "SecurityEvent | where EventID == 4625 | summarize n = count() by bin(TimeGenerated, 5m), TargetUserName | where n >= 3",
      ),
      ["1 2 4"],
    ],
    [
      "ES|QL",
      ruleOf("esql", 'from logs-* | where event.code == "4625" | stats n = count(*) by source.ip | where n >= 3'),
      ["3 4 6"].slice(1),
    ],
    [
      "Elastic's new terms",
      ruleOf("kuery", 'event.code : "4625"', "test", [
        { type: "new_terms", fields: ["user.name", "source.ip"], window: "now-7d", span: { start: 0, end: 0 } },
      ]),
      ["1", "2", "3", "4"],
    ],
    [
      "Elastic's threshold",
      ruleOf("kuery", 'event.code : "4625"', "test", [
        { type: "threshold", by: ["user.name"], operator: "ge", count: 3, span: { start: 0, end: 0 } },
      ]),
      ["1 2 4"],
    ],
  ] as const)("%s", (_, rule, expected) => {
    expect(hits(rule, log).toSorted()).toEqual([...expected].toSorted());
  });
});

test("events in another order are the same", () => {
  const lines = log.trim().split("\n");
  const turned = lines.toReversed().join("\n");
  const rule = correlation("temporal_ordered", "failed, logon", "");
  expect(hits(rule, turned)).toEqual(["4 3"]);
});

test.each([
  ["rules that are not at hand", correlation("event_count", "unknown", "condition: {gte: 3}"), "not at hand"],
  ["counts of counts", correlation("event_count", "counted", "condition: {gte: 3}"), "counts events"],
  [
    "a nested condition",
    correlation("temporal", "failed, logon", "condition: failed and (logon or not failed)"),
    "not understood",
  ],
] as const)("%s: why they are not run", (_, rule, why) => {
  const counted = correlation("event_count", "failed", "condition: {gte: 3}");
  const related = (name: string): AnalysedRule | null => (name === "counted" ? counted : (named.get(name) ?? null));
  expect(openEngine(knowledge, [rule], { related }).notRun[0]?.why).toContain(why);
});
