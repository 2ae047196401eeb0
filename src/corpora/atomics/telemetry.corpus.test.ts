import { describe, expect, it } from "vitest";
import { deriveTelemetry } from "../../emulation/telemetry/derive.ts";
import { telemetryLimits } from "../../emulation/telemetry/scene.ts";
import { emulationTables } from "../content/emulation/index.ts";
import { matchingKnowledge } from "../content/matching/index.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { atomicsSource } from "./index.ts";

/** Why something is not shown, over all tests. A new reason is looked at before it is listed here. */
const reasons = new Set([
  "operations of a cloud that no table names",
  "parts of the script that cannot be read",
  "programs whose name only running the command would tell",
  "steps that a person does by hand",
  "what a downloaded script does",
  "what a file does that an interpreter or installer is given",
  "what a program starts that reads a changed setting of the registry",
  "what a script file does that the test brings along or downloads",
  "what has a name that only running the command would tell",
  "which values a file holds that is brought into the registry",
]);

describe.skipIf(!corporaPresent)(corpusTitle("what all tests of Atomic Red Team leave"), () => {
  it("is recognised as what it says it is, and has a time and a place in the command", () => {
    const tables = emulationTables();
    const { view } = matchingKnowledge();
    const strange = new Set<string>();
    const left = new Set<string>();
    let tests = 0;
    for (const item of atomicsSource.read(corpusFolder("atomics")).items) {
      if (item.type !== "test") continue;
      tests++;
      const { command, events, unshown } = deriveTelemetry(item.test, tables);
      if (events.length === 0 && item.test.executor.shell !== "manual") strange.add(`${item.test.guid} leaves nothing`);
      if (events.length > 2 * telemetryLimits.events) strange.add(`${item.test.guid} leaves too much`);
      for (const reason of unshown) if (!reasons.has(reason)) strange.add(`${item.test.guid}: ${reason}`);
      for (const { kind, data, span } of events) {
        left.add(kind);
        const layout = view.layoutOf(data);
        if (!layout.kinds.includes(kind)) strange.add(`${kind} is taken for ${layout.kinds.join(", ")}`);
        if (view.timeOf(data, layout) === null) strange.add(`${kind} has no time`);
        if (span.start < 0 || span.end > command.length)
          strange.add(`${item.test.guid}: an event of ${kind} stands outside`);
      }
    }
    expect([...strange]).toEqual([]);
    expect(tests).toBeGreaterThan(1_800);
    expect(left.size).toBeGreaterThan(40);
  }, 240_000);
});
