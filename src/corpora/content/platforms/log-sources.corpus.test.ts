import { beforeAll, describe, expect, test } from "vitest";
import { analyseRule } from "../../../languages/analyse.ts";
import { openLogSources } from "../../../platforms/log-sources/choose.ts";
import type { Flow, Plan } from "../../../platforms/plan/plan.ts";
import { planRule } from "../../../platforms/plan/plan-rule.ts";
import { nameRule } from "../../../vocabulary/name-rule.ts";
import { ruleReaders } from "../../registry.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../../testing.ts";
import { vocabulary } from "../vocabulary/index.ts";
import { readLogSources } from "./index.ts";

/** Of rules: how many there are, and of how many every flow has a log source. */
interface Count {
  rules: number;
  known: number;
}

interface Counts {
  readonly selections: Count;
  readonly others: Count;
  /** Why a log source is not known → rules, some of them. */
  readonly why: Map<string, string[]>;
}

const empty = (): Counts => ({ selections: { rules: 0, known: 0 }, others: { rules: 0, known: 0 }, why: new Map() });

function countRules(corpus: string, sources: ReturnType<typeof openLogSources>): Counts {
  const reader = ruleReaders.find((one) => one.id === corpus);
  if (reader === undefined) throw new Error(`There is no reader of ${corpus}.`);
  const reading = reader.read(corpusFolder(corpus));
  const counts = empty();
  for (const item of reading.items) {
    if (item.type !== "rule" || item.rule.lifecycle !== "active") continue;
    const { plan } = planRule(vocabulary(), nameRule(vocabulary(), analyseRule(item.rule, reading.environment)));
    if (plan === null) continue;
    const why = flowsOf(plan).flatMap(({ context, condition }) => {
      const choice = sources.choose(context, condition);
      return choice.type === "unknown" ? [choice.why] : [];
    });
    for (const one of why) counts.why.set(one, [...(counts.why.get(one) ?? []), item.rule.path]);
    const count = plan.type === "selection" ? counts.selections : counts.others;
    count.rules++;
    if (why.length === 0) count.known++;
  }
  return counts;
}

function flowsOf(plan: Plan): readonly Flow[] {
  if (plan.type !== "sequence") return plan.flows;
  return [...plan.steps, ...(plan.until === null ? [] : [plan.until])].flatMap((one) => one.flows);
}

const share = ({ rules, known }: Count): number => (100 * known) / rules;

/** Shares may only grow. */
describe.skipIf(!corporaPresent)(corpusTitle("log sources of real rules"), () => {
  const counts = new Map<string, Counts>();
  const of = (corpus: string): Counts => counts.get(corpus) ?? empty();

  beforeAll(() => {
    const sources = openLogSources(readLogSources());
    for (const corpus of ["sigma", "elastic", "splunk", "chronicle", "kql"]) {
      const found = countRules(corpus, sources);
      counts.set(corpus, found);
      if (process.env.LOG_SOURCES === undefined) continue;
      console.log(corpus, JSON.stringify(found.selections), JSON.stringify(found.others));
      for (const [why, paths] of found.why) console.log(`${paths.length} ${why} ${paths[0]}`);
    }
  }, 240_000);

  test("Sigma: every rule's", () => {
    expect(of("sigma").selections).toEqual({ rules: 3780, known: 3780 });
  });

  test("Elastic", () => {
    expect(share(of("elastic").selections)).toBeGreaterThanOrEqual(98.5);
    expect(share(of("elastic").others)).toBeGreaterThanOrEqual(98);
  });

  test("Splunk", () => {
    // One asks an event for two ids: it filters what a transaction has put together.
    expect(share(of("splunk").selections)).toBeGreaterThanOrEqual(99.9);
    expect(share(of("splunk").others)).toBe(100);
  });

  test("Google SecOps", () => {
    expect(share(of("chronicle").selections)).toBeGreaterThanOrEqual(97);
    expect(share(of("chronicle").others)).toBeGreaterThanOrEqual(97);
  });

  test("Kusto", () => {
    expect(share(of("kql").selections)).toBeGreaterThanOrEqual(95);
    expect(share(of("kql").others)).toBeGreaterThanOrEqual(95);
  });
});
