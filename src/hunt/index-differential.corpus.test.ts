import { describe, expect, test } from "vitest";
import { contentFolder } from "../corpora/content/folder.ts";
import { contentReader } from "../corpora/content/index.ts";
import { matchingKnowledge } from "../corpora/content/matching/index.ts";
import { activeRules, ruleCorpora } from "../corpora/content/platforms/corpus-rules.testing.ts";
import { corporaPresent, corpusTitle, thorough } from "../corpora/testing.ts";
import { type AnalysedRule, analyseRule } from "../languages/analyse.ts";
import { randomFrom } from "../languages/mutation.ts";
import { type EventMatches, openMatcher } from "../matching/matcher.ts";
import { nameRule } from "../vocabulary/name-rule.ts";
import { baseEvents } from "./base-events.testing.ts";
import { askedBy, openMutation } from "./mutated-events.testing.ts";

/** Events, of which `THOROUGH=1 npx vitest run src/hunt/index-differential` takes ten times as many. */
const count = thorough ? 20_000 : 2_000;

function ownRules(): readonly AnalysedRule[] {
  const { items, environment } = contentReader.read(contentFolder);
  const { vocabulary } = matchingKnowledge();
  return [...items].flatMap((one) =>
    one.type === "rule" ? [nameRule(vocabulary, analyseRule(one.rule, environment))] : [],
  );
}

function told({ hits, occurrences }: EventMatches): readonly string[] {
  return [...hits.map((one) => one.rule), ...occurrences.map((one) => `${one.rule} step ${one.step}`)].sort();
}

describe.skipIf(!corporaPresent)(corpusTitle("the index"), () => {
  test("lets every rule meet what it meets without one", { timeout: 900_000 }, () => {
    const rules = [...ruleCorpora.flatMap(activeRules), ...ownRules()];
    const matcher = openMatcher(matchingKnowledge(), rules);
    const next = openMutation({
      bases: baseEvents(3_000),
      asked: askedBy(matcher.rules),
      random: randomFrom(6),
    });
    const place = { file: "events", record: 1 };
    const different: string[] = [];
    let met = 0;
    for (let done = 0; done < count && different.length < 20; done++) {
      const event = next();
      const found = told(matcher.match(event, place));
      const expected = told(matcher.scan(event, place));
      met += expected.length;
      if (JSON.stringify(found) === JSON.stringify(expected)) continue;
      const missed = expected.filter((one) => !found.includes(one));
      const more = found.filter((one) => !expected.includes(one));
      different.push(`${JSON.stringify(event).slice(0, 3000)}: misses ${missed}; finds ${more}`);
    }
    expect(different).toEqual([]);
    expect(met).toBeGreaterThan(count / 4);
  });
});
