import { analyseRule } from "../languages/analyse.ts";
import type { MatchingKnowledge } from "../matching/engine.ts";
import { type Matcher, openMatcher } from "../matching/matcher.ts";
import type { EventData } from "../matching/readers/log-format.ts";
import { bareDocument } from "../rule/bare-document.ts";
import { nameRule } from "../vocabulary/name-rule.ts";

/** What came of hostile events. */
export interface HostileRun {
  readonly events: number;
  readonly hits: number;
  /** Milliseconds of processor time that the slowest event took, best of three where it was over the limit. */
  readonly slowestMs: number;
  readonly slowest: string;
  readonly failures: readonly string[];
}

/** Above this, an event is asked again: other work of the machine and of the runtime counts as well. */
const suspiciousMs = 50;

export function runHostile(
  matcher: Matcher,
  events: Iterable<readonly [name: string, event: EventData]>,
  now: () => number,
  each: (done: number) => void = () => {},
): HostileRun {
  const failures: string[] = [];
  let done = 0;
  let hits = 0;
  let slowestMs = 0;
  let slowest = "";
  for (const [name, event] of events) {
    try {
      const ask = (): number => {
        const started = now();
        hits += matcher.match(event, { file: "hostile", record: 1 }).hits.length;
        return now() - started;
      };
      let took = ask();
      for (let again = 0; took > suspiciousMs && again < 2; again++) took = Math.min(took, ask());
      if (took > slowestMs) {
        slowestMs = took;
        slowest = name;
      }
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    each(++done);
  }
  if (Object.hasOwn(Object.prototype, "polluted")) failures.push("An event changed what all objects have.");
  return { events: done, hits, slowestMs, slowest, failures };
}

/** A rule of one regular expression; opening it never takes long. */
export function regexMatcher(knowledge: MatchingKnowledge, regex: string): Matcher {
  const text = `detection:\n  selection:\n    CommandLine|re: ${JSON.stringify(regex)}\n  condition: selection\n`;
  const document = bareDocument({
    corpus: "test",
    id: "regex",
    path: "regex",
    title: "Regex",
    queries: [{ role: "main", language: "sigma", text, offset: 0, line: 1 }],
  });
  return openMatcher(knowledge, [nameRule(knowledge.vocabulary, analyseRule(document, {}))], { anyLog: true });
}

/** Long values, of so many letters each, on which expressions have much to try. */
export function longValues(letters: number): readonly string[] {
  return ["a", "ab ", "aB1-é", "word4999 ", "x", "\n", "😀"].map((one) =>
    one.repeat(Math.ceil(letters / one.length)).slice(0, letters),
  );
}
