import type { AnalysedRule } from "../../languages/analyse.ts";
import type { MatchingKnowledge } from "../../matching/engine.ts";
import type { Hit, NotRun } from "../../matching/hit.ts";
import { openEngine } from "../../matching/open-engine.ts";
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

/** Runs rules over the events of one file, all there is. */
export function runTelemetry(
  knowledge: MatchingKnowledge,
  rules: readonly AnalysedRule[],
  events: readonly EventData[],
): TelemetryRun {
  const engine = openEngine(knowledge, rules, { related: openRuleNames(rules) });
  const hits: Hit[] = [];
  for (const [at, data] of events.entries()) hits.push(...engine.push(data, { file: "telemetry", record: at + 1 }));
  hits.push(...engine.finish());
  return {
    hits,
    notRun: engine.notRun,
    unrecognised: engine.report().unrecognised,
    explain: (rule, event) => {
      const data = events[event];
      const found = data === undefined ? null : engine.explain(rule, data);
      if (found === null) return null;
      if (!found.log) return "is from no log that the rule reads";
      const [first] = found.failed;
      return first === undefined ? null : `${first.needs} does not hold, it has ${first.has ?? "no such field"}`;
    },
  };
}
