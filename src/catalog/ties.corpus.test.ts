import { beforeAll, describe, expect, test } from "vitest";
import { events } from "../corpora/content/vocabulary/events.ts";
import { vocabulary } from "../corpora/content/vocabulary/index.ts";
import { ruleReaders } from "../corpora/registry.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../corpora/testing.ts";
import { analyseRule } from "../languages/analyse.ts";
import { type EventTie, tiesOf } from "../vocabulary/events/ties.ts";
import { nameRule } from "../vocabulary/name-rule.ts";
import type { Tied } from "./tied.ts";

interface Rule {
  readonly tags: readonly string[];
  readonly ties: readonly EventTie[];
  /** Of the Windows event log, and with an id. */
  readonly windows: readonly EventTie[];
}

function activeRules(corpus: string): readonly Rule[] {
  const reader = ruleReaders.find((one) => one.id === corpus);
  if (reader === undefined) throw new Error(`There is no reader of ${corpus}.`);
  const reading = reader.read(corpusFolder(corpus));
  const rules: Rule[] = [];
  for (const item of reading.items) {
    if (item.type !== "rule" || item.rule.lifecycle !== "active") continue;
    const ties = tiesOf(events(), nameRule(vocabulary(), analyseRule(item.rule, reading.environment)));
    const windows = ties.filter((one) => one.eventId !== "*" && events().provider(one.provider)?.product === "windows");
    rules.push({ tags: item.rule.tags, ties, windows });
  }
  return rules;
}

function tally(rules: readonly Rule[]): Tied {
  const counts = { stated: 0, category: 0, inferred: 0, none: 0 };
  for (const { ties } of rules) {
    const kinds = new Set(ties.map((one) => one.kind));
    counts[(["stated", "category", "inferred"] as const).find((kind) => kinds.has(kind)) ?? "none"]++;
  }
  return counts;
}

const windows = (rules: readonly Rule[], kind?: EventTie["kind"]): number =>
  rules.filter((one) => one.windows.some((tie) => kind === undefined || tie.kind === kind)).length;

/** What was counted by hand over the same commits, without our readers. Ties may only grow, and rules without one only fall. */
describe.skipIf(!corporaPresent)(corpusTitle("ties of real rules"), () => {
  const rules = new Map<string, readonly Rule[]>();
  const of = (corpus: string): readonly Rule[] => rules.get(corpus) ?? [];

  beforeAll(() => {
    for (const corpus of ["sigma", "elastic", "splunk", "chronicle", "kql"]) rules.set(corpus, activeRules(corpus));
  }, 240_000);

  test("Sigma: 2845 rules need an event of Windows", () => {
    expect(windows(of("sigma"))).toBe(2845);
    expect(windows(of("sigma"), "stated")).toBeGreaterThanOrEqual(383);
    expect(tally(of("sigma")).none).toBeLessThanOrEqual(2);
  });

  test("Splunk: 1009 rules name an event of Windows", () => {
    expect(windows(of("splunk"), "stated")).toBe(1009);
    expect(tally(of("splunk")).none).toBeLessThanOrEqual(8);
  });

  test("Elastic: 106 rules name an event of Windows or a field that one event alone has; 376 more need one", () => {
    const detections = of("elastic").filter((one) => one.tags.includes("OS: Windows"));
    expect(windows(detections, "stated")).toBeGreaterThanOrEqual(106);
    expect(windows(detections)).toBeGreaterThanOrEqual(106 + 376);
    expect(tally(of("elastic")).none).toBeLessThanOrEqual(10);
  });

  test("Elastic: rules on script blocks need PowerShell 4104", () => {
    const needs = of("elastic").filter((one) =>
      one.ties.some((tie) => tie.provider === "Microsoft-Windows-PowerShell" && tie.eventId === "4104"),
    );
    expect(needs.length).toBeGreaterThanOrEqual(47);
  });

  test("YARA-L: rules by id of the event and by kind of UDM event", () => {
    expect(windows(of("chronicle"), "stated")).toBeGreaterThanOrEqual(8);
    expect(windows(of("chronicle"))).toBeGreaterThanOrEqual(100);
    expect(tally(of("chronicle")).none).toBeLessThanOrEqual(3);
  });

  test("Kusto: tables and action types", () => {
    expect(tally(of("kql")).stated).toBeGreaterThanOrEqual(140);
    expect(tally(of("kql")).none).toBeLessThanOrEqual(12);
  });

  test("every provider that a tie names is known, and every event of Windows", () => {
    const ties = [...rules.values()].flat().flatMap((one) => one.ties);
    expect([...new Set(ties.map((one) => one.provider))].filter((name) => events().provider(name) === null)).toEqual(
      [],
    );
    const unknown = ties.filter(
      (one) =>
        one.eventId !== "*" &&
        events().provider(one.provider)?.product === "windows" &&
        events().event(one.provider, one.eventId) === null,
    );
    expect([...new Set(unknown.map((one) => `${one.provider} ${one.eventId}`))]).toEqual([]);
  });

  test("process creation on 4688 names what it lacks", () => {
    const lacking = of("sigma").filter((one) =>
      one.ties.some((tie) => tie.eventId === "4688" && tie.missing.includes("OriginalFileName")),
    );
    expect(lacking.length).toBeGreaterThanOrEqual(600);
  });
});
