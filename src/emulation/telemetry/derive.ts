import type { AtomicTest } from "../atomic-test.ts";
import type { DerivedTelemetry } from "../derived-event.ts";
import { fillInputs } from "../inputs.ts";
import { deriveRun, type TestRun } from "./derive-run.ts";
import type { Platform } from "./environment.ts";
import type { EmulationTables } from "./tables.ts";

/** What a test must leave in the logs, as far as its command tells. Never throws; equal tests leave equal events. */
export function deriveTelemetry(test: AtomicTest, tables: EmulationTables): DerivedTelemetry {
  const { shell, elevated } = test.executor;
  const command = fillInputs(test).command;
  if (shell === "manual") {
    return { test: test.guid, command, events: [], unshown: ["steps that a person does by hand"] };
  }
  const run = { shell, elevated, platforms: platformsOf(test.platforms, shell), command };
  return { test: test.guid, command, ...deriveRun(run, tables) };
}

/** Tests of clouds and containers run on a machine, too: that of the executor. */
function platformsOf(names: readonly string[], shell: TestRun["shell"]): readonly Platform[] {
  const found = (["windows", "linux", "macos"] as const).filter((one) => names.includes(one));
  if (found.length > 0) return found;
  return shell === "powershell" || shell === "cmd" ? ["windows"] : ["linux"];
}
