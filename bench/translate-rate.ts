import { activeRules } from "../src/corpora/content/platforms/corpus-rules.testing.ts";
import { translationKnowledge } from "../src/corpora/content/platforms/index.ts";
import { processorTime } from "../src/corpora/testing.ts";
import type { Platform } from "../src/platforms/platform.ts";
import { platforms } from "../src/platforms/registry.ts";
import { openTranslator } from "../src/platforms/translate.ts";
import { against } from "./limit.ts";

/** Passes over all rules; the first warms the compiler up, and the best counts. */
const passes = 3;

/** Seconds of one core: all rules of Sigma to one platform, and to all of them. */
const oneLimit = 2;
const allLimit = 15;

/** Rules a second to each platform, planning included, over the active rules of Sigma. */
export function measureTranslateRate(): string[][] {
  const rules = activeRules("sigma");
  const knowledge = translationKnowledge();
  const secondsTo = (targets: readonly Platform[]): number => {
    let best = Number.POSITIVE_INFINITY;
    for (let pass = 0; pass < passes; pass++) {
      // A new one each time, since it remembers what it planned.
      const translator = openTranslator(knowledge);
      const started = processorTime();
      for (const rule of rules) for (const platform of targets) translator.translate(rule, platform);
      best = Math.min(best, (processorTime() - started) / 1000);
    }
    return best;
  };
  const row = (name: string, seconds: number, count: number, limit: number): string[] => [
    name,
    Math.round((rules.length * count) / seconds).toLocaleString("en-US"),
    against(seconds, limit, "s"),
  ];
  return [
    ...platforms.map((one) => row(one.id, secondsTo([one]), 1, oneLimit)),
    row(`all ${platforms.length} platforms`, secondsTo(platforms), platforms.length, allLimit),
  ];
}
