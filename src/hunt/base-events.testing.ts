import { windowsEvents } from "../../bench/events.ts";
import { atomicsSource } from "../corpora/atomics/index.ts";
import { emulationTables } from "../corpora/content/emulation/index.ts";
import { eventsOfFile, regressionFiles } from "../corpora/content/matching/regression-events.testing.ts";
import { corpusFolder } from "../corpora/testing.ts";
import { deriveTelemetry } from "../emulation/telemetry/derive.ts";
import type { EventData } from "../matching/readers/log-format.ts";

/** The events of Sigma's regression data, and those that Atomic tests and a busy domain leave; the same on every run. */
export function baseEvents(made: number): readonly EventData[] {
  return [...regressionEvents(), ...telemetry(), ...windowsEvents(made)];
}

export function regressionEvents(): readonly EventData[] {
  return regressionFiles().flatMap(eventsOfFile);
}

function* telemetry(): Generator<EventData> {
  const tables = emulationTables();
  for (const item of atomicsSource.read(corpusFolder("atomics")).items) {
    if (item.type !== "test") continue;
    for (const { data } of deriveTelemetry(item.test, tables).events) yield data;
  }
}
