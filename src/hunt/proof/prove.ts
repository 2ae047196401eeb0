import type { AtomicTest } from "../../emulation/atomic-test.ts";
import type { DerivedTelemetry } from "../../emulation/derived-event.ts";
import { deriveTelemetry } from "../../emulation/telemetry/derive.ts";
import type { EmulationTables } from "../../emulation/telemetry/tables.ts";
import type { AnalysedRule } from "../../languages/analyse.ts";
import type { MatchingKnowledge } from "../../matching/engine.ts";
import type { Because, Hit, NotRun } from "../../matching/hit.ts";
import { matchAll } from "../../matching/match-all.ts";
import { type Matcher, openMatcher } from "../../matching/matcher.ts";
import type { RuleLookup } from "../../platforms/plan/plan-rule.ts";

/** What came of one rule and one test. */
export interface RuleTest {
  /** `sigma:<uuid>`. */
  readonly rule: string;
  /** GUID. */
  readonly test: string;
  /** The rule itself names the test; otherwise both are about one technique, or the rule fired all the same. */
  readonly linked: boolean;
  readonly outcome: "fired" | "silent";
  /** The event that met the rule, or that came closest: its place among the events of the test, from 0; null: the test leaves none in a log that the rule reads. */
  readonly event: number | null;
  readonly because: readonly Because[];
  readonly failed: readonly FailedPredicate[];
}

/** A predicate that kept the rule silent. */
export interface FailedPredicate {
  readonly field: string | null;
  readonly needs: string;
  readonly has: string | null;
}

export interface Proof {
  readonly tests: readonly { readonly test: AtomicTest; readonly telemetry: DerivedTelemetry }[];
  /** Every test on which a rule fired; of those on which it stayed silent the ones that it names, and the closest. */
  readonly outcomes: readonly RuleTest[];
  /** Rule → how many tests exercise it and leave it silent. */
  readonly silent: ReadonlyMap<string, number>;
  readonly notRun: readonly NotRun[];
}

export interface ProofInput {
  readonly knowledge: MatchingKnowledge;
  readonly tables: EmulationTables;
  /** They have passed `nameRule`. */
  readonly rules: readonly AnalysedRule[];
  readonly tests: readonly AtomicTest[];
  readonly related?: RuleLookup;
  readonly onTest?: (done: number, total: number) => void;
}

/**
 * Runs every rule on the telemetry of every test. A test exercises the rules that name it, and those of its technique that
 * read a log in which it leaves an event; where such a rule stays silent, the closest event says why.
 */
export function prove({ knowledge, tables, rules, tests, related, onTest }: ProofInput): Proof {
  const options = related === undefined ? {} : { related };
  const matcher = openMatcher(knowledge, rules, options);
  const running = new Set(matcher.rules.map((one) => one.id));
  const named = rules.filter((one) => running.has(idOf(one)));
  const linked = Map.groupBy(
    named.flatMap((rule) => rule.document.simulations.map(({ test }) => ({ rule: idOf(rule), test }))),
    (one) => one.test,
  );
  const byTechnique = techniquesOf(named);
  const outcomes: RuleTest[] = [];
  const silence = openSilence();
  const proved: { test: AtomicTest; telemetry: DerivedTelemetry }[] = [];
  for (const [done, test] of tests.entries()) {
    onTest?.(done, tests.length);
    const telemetry = deriveTelemetry(test, tables);
    proved.push({ test, telemetry });
    const fired = firedOn(matcher, telemetry, options);
    const own = new Set(linked.get(test.guid)?.map((one) => one.rule));
    for (const [rule, hit] of fired) {
      const { because, record } = hit;
      outcomes.push({
        rule,
        test: test.guid,
        linked: own.has(rule),
        outcome: "fired",
        event: record - 1,
        because,
        failed: [],
      });
    }
    const asked = new Set([...own, ...(byTechnique.get(test.technique) ?? [])].filter((rule) => !fired.has(rule)));
    const silent = closestTo(matcher, [...asked], telemetry);
    for (const rule of asked) {
      const near = silent.get(rule);
      if (near === undefined && !own.has(rule)) continue;
      const { event = null, failed = [] } = near ?? {};
      const outcome = {
        rule,
        test: test.guid,
        linked: own.has(rule),
        outcome: "silent",
        event,
        because: [],
        failed,
      } as const;
      silence.add(outcome);
    }
  }
  outcomes.push(...silence.kept());
  return { tests: proved, outcomes, silent: silence.counts(), notRun: matcher.notRun };
}

function idOf({ document }: AnalysedRule): string {
  return `${document.corpus}:${document.id}`;
}

/** Technique → the rules that it exercises: those tagged with it, and those tagged with the technique that it is a part of. */
function techniquesOf(rules: readonly AnalysedRule[]): {
  readonly get: (technique: string) => readonly string[] | undefined;
} {
  const tagged = new Map<string, string[]>();
  for (const rule of rules) {
    for (const { kind, id } of rule.document.attack) {
      if (kind !== "technique") continue;
      const own = tagged.get(id) ?? [];
      own.push(idOf(rule));
      tagged.set(id, own);
    }
  }
  return {
    get: (technique) => {
      const [parent = technique] = technique.split(".");
      return [...(tagged.get(technique) ?? []), ...(parent === technique ? [] : (tagged.get(parent) ?? []))];
    },
  };
}

/** The first hit of each rule on the events of one test, which are all there is. */
function firedOn(matcher: Matcher, { test, events }: DerivedTelemetry, options: object): ReadonlyMap<string, Hit> {
  const hits = matchAll(
    matcher,
    events.map((one) => one.data),
    test,
    options,
  );
  const first = new Map<string, Hit>();
  for (const hit of hits) if (!first.has(hit.rule)) first.set(hit.rule, hit);
  return first;
}

interface Near {
  readonly event: number;
  readonly failed: readonly FailedPredicate[];
}

/** For each rule the event that lacks least; none where no event is from a log that it reads. */
function closestTo(
  matcher: Matcher,
  rules: readonly string[],
  { events }: DerivedTelemetry,
): ReadonlyMap<string, Near> {
  const best = new Map<string, { readonly event: number; readonly lack: number }>();
  for (const [event, { data }] of events.entries()) {
    const { lack: lackOf } = matcher.inspect(data);
    for (const rule of rules) {
      const lack = lackOf(rule);
      if (lack !== null && lack < (best.get(rule)?.lack ?? Infinity)) best.set(rule, { event, lack });
    }
  }
  const near = new Map<string, Near>();
  for (const [event, own] of Map.groupBy(best, ([, one]) => one.event)) {
    const { explain } = matcher.inspect(events[event]?.data ?? {});
    for (const [rule] of own) {
      const failed = explain(rule)?.failed ?? [];
      near.set(rule, { event, failed: failed.map(({ field, needs, has }) => ({ field, needs, has })) });
    }
  }
  return near;
}

/** Silent tests of a rule that are kept: those that came closest. */
const mostSilent = 5;

/** Keeps of every rule the silent tests that it names and those that came closest, and counts the others. */
function openSilence(): {
  readonly add: (one: RuleTest) => void;
  readonly kept: () => readonly RuleTest[];
  readonly counts: () => ReadonlyMap<string, number>;
} {
  const linked: RuleTest[] = [];
  const near = new Map<string, RuleTest[]>();
  const counts = new Map<string, number>();
  return {
    add: (one) => {
      counts.set(one.rule, (counts.get(one.rule) ?? 0) + 1);
      if (one.linked) {
        linked.push(one);
        return;
      }
      const own = near.get(one.rule) ?? [];
      own.push(one);
      own.sort((a, b) => a.failed.length - b.failed.length);
      near.set(one.rule, own.slice(0, mostSilent));
    },
    kept: () => [...linked, ...[...near.values()].flat()],
    counts: () => counts,
  };
}
