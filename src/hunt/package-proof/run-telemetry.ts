import type { AnalysedRule } from "../../languages/analyse.ts";
import type { MatchingKnowledge } from "../../matching/engine.ts";
import type { Hit, NotRun } from "../../matching/hit.ts";
import { matchAll } from "../../matching/match-all.ts";
import { openMatcher } from "../../matching/matcher.ts";
import type { EventData } from "../../matching/readers/log-format.ts";
import { formatById } from "../../matching/readers/registry.ts";
import { openRuleNames } from "../rule-names.ts";

export interface TelemetryEvents {
  readonly events: readonly EventData[];
  /** Lines that are no events, as sentences with their place. */
  readonly faults: readonly string[];
}

/** The events of a file of telemetry: JSON lines. */
export function readTelemetry(text: string): TelemetryEvents {
  const decoder = formatById("ndjson")?.open();
  if (decoder === undefined) throw new Error("There is no format ndjson.");
  const batches = [decoder.push(new TextEncoder().encode(text)), decoder.end()];
  return {
    events: batches.flatMap((one) => one.records.map(({ data }) => data)),
    faults: batches.flatMap((one) => one.faults.map(({ number, message }) => `Event ${number ?? "?"}: ${message}`)),
  };
}

export interface TelemetryRun {
  readonly hits: readonly Hit[];
  readonly notRun: readonly NotRun[];
  /** Events from no log that is known. */
  readonly unrecognised: number;
  /** Of each event, why a rule does not meet it; asked after the run. */
  readonly explain: (rule: string, event: number) => string | null;
}

/** Runs rules over the events of one file after the other: what was counted in one is forgotten in the next. */
export function openTelemetryRun(
  knowledge: MatchingKnowledge,
  rules: readonly AnalysedRule[],
): (events: readonly EventData[]) => TelemetryRun {
  const options = { related: openRuleNames(rules) };
  const matcher = openMatcher(knowledge, rules, options);
  return (events) => {
    const before = matcher.counts().unrecognised;
    const hits = matchAll(matcher, events, "telemetry", options);
    return {
      hits,
      notRun: matcher.notRun,
      unrecognised: matcher.counts().unrecognised - before,
      explain: (rule, event) => {
        const data = events[event];
        const found = data === undefined ? null : matcher.inspect(data).explain(rule);
        if (found === null) return null;
        if (!found.log) return "is from no log that the rule reads";
        const [first] = found.failed;
        return first === undefined ? null : `${first.needs} does not hold, it has ${first.has ?? "no such field"}`;
      },
    };
  };
}
