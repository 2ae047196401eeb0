// Hostile events and regular expressions against the matching: node bench/fuzz-match.ts [--count 1000000] [--regexes 1000] [--seed 1].
// node --expose-gc bench/fuzz-match.ts shows the memory that is still held, after each tenth.
// Ends with 1 when matching threw, or one event took longer than the limit.
import { parseArgs } from "node:util";
import { table } from "../src/cli/table.ts";
import { printable } from "../src/cli/terminal.ts";
import { matchingKnowledge } from "../src/corpora/content/matching/index.ts";
import { activeRules } from "../src/corpora/content/platforms/corpus-rules.testing.ts";
import { processorTime } from "../src/corpora/testing.ts";
import { baseEvents } from "../src/hunt/base-events.testing.ts";
import { type HostileRun, longValues, regexMatcher, runHostile } from "../src/hunt/hostile-run.testing.ts";
import { askedBy, openMutation } from "../src/hunt/mutated-events.testing.ts";
import { randomFrom } from "../src/languages/mutation.ts";
import { extremeEvents, strangeEvent } from "../src/matching/hostile-events.testing.ts";
import { hostileRegexes } from "../src/matching/hostile-regexes.testing.ts";
import { openMatcher } from "../src/matching/matcher.ts";
import type { EventData } from "../src/matching/readers/log-format.ts";
import { bareView } from "../src/matching/testing.ts";
import { against } from "./limit.ts";

/** Milliseconds of processor time for one event. */
const limit = 100;

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1000000" },
    regexes: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
  },
});
const random = randomFrom(Number(values.seed));
process.exitCode = run();

function run(): number {
  const rows: string[][] = [];
  const runs: HostileRun[] = [];
  const memory: number[] = [];
  const note = (what: string, one: HostileRun, more: string): void => {
    runs.push(one);
    for (const failure of one.failures.slice(0, 3)) process.stderr.write(`${printable(failure)}\n`);
    const slowest = against(one.slowestMs, limit, "ms");
    rows.push([what, one.events.toLocaleString("en-US"), String(one.failures.length), slowest, one.slowest, more]);
  };
  const matcher = openMatcher(matchingKnowledge(), activeRules("sigma"));
  const needles = [
    "\\powershell.exe",
    "-enc ",
    "lsass",
    "http://",
    "a",
    "cmd.exe /c",
    "\\Windows\\System32\\",
    "mimikatz",
  ];
  const asked = askedBy(matcher.rules);
  const texts = asked.flatMap((one) => one.tests.flatMap((own) => own.predicate.values.map(String))).slice(0, 20_000);
  for (const one of extremeEvents([...needles, ...texts.slice(0, 3_000)])) {
    note(one[0], runHostile(matcher, [one], processorTime), "");
  }
  const count = Number(values.count);
  if (count > 0) {
    const started = performance.now();
    const before = matcher.counts().cut;
    const found = runHostile(matcher, mutated(count, baseEvents(5_000), asked, texts), processorTime, (done) => {
      if (done % Math.max(1, Math.floor(count / 10)) !== 0) return;
      // With --expose-gc what is still held; without, what the process has taken until then.
      globalThis.gc?.();
      const { heapUsed, rss } = process.memoryUsage();
      memory.push(Math.round((globalThis.gc === undefined ? rss : heapUsed) / 1e6));
    });
    const seconds = (performance.now() - started) / 1000;
    note(
      "mutated events",
      found,
      `${found.hits.toLocaleString("en-US")} hits, ${matcher.counts().cut - before} cut, ${seconds.toFixed(0)} s, MB at each tenth: ${memory.join(" ")}`,
    );
  }
  regexes(Number(values.regexes), note);
  const columns = ["what", "events", "failures", "slowest", "which", "more"].map((title) => ({ title }));
  process.stdout.write(table(columns, rows, Number.POSITIVE_INFINITY, (_, text) => text));
  return runs.some((one) => one.failures.length > 0 || one.slowestMs > limit) ? 1 : 0;
}

function* mutated(
  count: number,
  bases: readonly EventData[],
  asked: ReturnType<typeof askedBy>,
  texts: readonly string[],
): Generator<readonly [string, EventData]> {
  const next = openMutation({ bases, asked, random });
  for (let at = 0; at < count; at++) {
    // Long texts are rare, or making them would take all of the time.
    yield [`event ${at + 1}`, strangeEvent(next(), random, texts, at % 100 === 0 ? 1_000_000 : 20_000)];
  }
}

/** Each expression, opened as a rule and asked of values of 1 KB, 32 KB and 1 MB. */
function regexes(count: number, note: (what: string, one: HostileRun, more: string) => void): void {
  const knowledge = { ...matchingKnowledge(), view: bareView };
  let refused = 0;
  let slowestOpening = 0;
  let cut = 0;
  const total = { events: 0, hits: 0, slowestMs: 0, slowest: "", failures: [] as string[] };
  const long = [1_000, 32_000, 1_000_000].map(longValues);
  for (const regex of hostileRegexes(count, random)) {
    const started = processorTime();
    const matcher = regexMatcher(knowledge, regex);
    slowestOpening = Math.max(slowestOpening, processorTime() - started);
    if (matcher.rules.length === 0) refused++;
    for (const own of long) {
      const events = own.map((text) => [`${regex.slice(0, 60)} on ${text.length}`, { CommandLine: text }] as const);
      const one = runHostile(matcher, events, processorTime);
      total.events += one.events;
      total.hits += one.hits;
      total.failures.push(...one.failures);
      if (one.slowestMs > total.slowestMs) {
        total.slowestMs = one.slowestMs;
        total.slowest = one.slowest;
      }
    }
    cut += matcher.counts().cut;
  }
  note(
    `${count} regular expressions`,
    total,
    `${refused} refused, slowest to open ${slowestOpening.toFixed(0)} ms, ${total.hits} hits, ${cut} cut`,
  );
}
