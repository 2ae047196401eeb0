import { describe, expect, test } from "vitest";
import { windowsEvents } from "../../bench/events.ts";
import { contentFolder } from "../corpora/content/folder.ts";
import { contentReader } from "../corpora/content/index.ts";
import { matchingKnowledge } from "../corpora/content/matching/index.ts";
import { analyseRule } from "../languages/analyse.ts";
import { randomFrom } from "../languages/mutation.ts";
import { extremeEvents, strangeEvent } from "../matching/hostile-events.testing.ts";
import { hostileRegexes } from "../matching/hostile-regexes.testing.ts";
import { openMatcher } from "../matching/matcher.ts";
import { bareView } from "../matching/testing.ts";
import { nameRule } from "../vocabulary/name-rule.ts";
import { longValues, regexMatcher, runHostile } from "./hostile-run.testing.ts";
import { askedBy, openMutation } from "./mutated-events.testing.ts";

// How long events take and how much memory they hold is measured by bench/fuzz-match.ts.
const untimed = (): number => 0;

function openOwn(): ReturnType<typeof openMatcher> {
  const { items, environment } = contentReader.read(contentFolder);
  const knowledge = matchingKnowledge();
  const rules = [...items].flatMap((one) =>
    one.type === "rule" ? [nameRule(knowledge.vocabulary, analyseRule(one.rule, environment))] : [],
  );
  return openMatcher(knowledge, rules);
}

describe("hostile events", () => {
  const matcher = openOwn();
  const asked = askedBy(matcher.rules);
  const needles = asked.flatMap((one) => one.tests.flatMap((own) => own.predicate.values.map(String)));

  test("make matching throw nothing", { timeout: 60_000 }, () => {
    const random = randomFrom(3);
    const next = openMutation({ bases: [...windowsEvents(200)], asked, random });
    const events = Array.from({ length: 3_000 }, (_, at) =>
      strangeEvent(next(), random, needles, at % 500 === 0 ? 1_000_000 : 5_000),
    );
    const { failures, hits } = runHostile(
      matcher,
      events.map((one, at) => [`event ${at}`, one] as const),
      untimed,
    );
    expect(failures).toEqual([]);
    expect(hits).toBeGreaterThan(20);
  });

  test("of which only a part is looked at are counted", { timeout: 60_000 }, () => {
    const events = extremeEvents(needles.slice(0, 500));
    const cut = [...events].filter(([name, event]) => {
      const before = matcher.counts().cut;
      expect(runHostile(matcher, [[name, event]], untimed).failures).toEqual([]);
      return matcher.counts().cut > before;
    });
    const whole = [...events.keys()].filter((name) => !cut.some(([own]) => own === name));
    // A list that holds nothing is nothing that could be missed.
    expect(whole.filter((name) => name !== "a million nulls")).toEqual([]);
  });

  test("whose members have no text are read like others", () => {
    const strange = JSON.parse('{"toString":"x","valueOf":1}');
    const event = {
      result: { a: strange },
      preview: strange,
      sourcetype: strange,
      Event: { System: { EventID: strange } },
    };
    const names = ["result", "preview", "_raw", "_source", "_index", "_id", "Records", "message", "log", "@timestamp"];
    const all = [event, { ...event, ...Object.fromEntries(names.map((one) => [one, strange])) }];
    const events = all.map((one) => ["strange", one] as const);
    expect(runHostile(matcher, events, untimed).failures).toEqual([]);
  });

  test("count as whole where they are not large", () => {
    const before = matcher.counts().cut;
    for (const event of windowsEvents(500)) matcher.match(event, { file: "events", record: 1 });
    expect(matcher.counts().cut).toBe(before);
  });
});

describe("hostile regular expressions", () => {
  test("are refused or end", { timeout: 60_000 }, () => {
    const knowledge = { ...matchingKnowledge(), view: bareView };
    const values = [...longValues(1_000), ...longValues(32_000)];
    let running = 0;
    for (const regex of hostileRegexes(150, randomFrom(5))) {
      const matcher = regexMatcher(knowledge, regex);
      running += matcher.rules.length;
      const events = values.map((text) => [regex.slice(0, 80), { CommandLine: text }] as const);
      expect(runHostile(matcher, events, untimed).failures).toEqual([]);
    }
    expect(running).toBeGreaterThan(40);
  });

  test("see as much of a text as their size allows, and the event counts as cut", () => {
    const matcher = regexMatcher({ ...matchingKnowledge(), view: bareView }, "(?:[ab]{1,300}c){1,3}d");
    const hits = (text: string): number =>
      matcher.match({ CommandLine: text }, { file: "events", record: 1 }).hits.length;
    expect(hits("abcd")).toBe(1);
    expect(matcher.counts().cut).toBe(0);
    expect(hits(`${"-".repeat(100_000)}abcd`)).toBe(0);
    expect(matcher.counts().cut).toBe(1);
  });
});
