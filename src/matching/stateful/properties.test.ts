import { describe, expect, test } from "vitest";
import type { NewTermsPlan } from "../../platforms/plan/plan.ts";
import type { StatefulPlan } from "./open-operator.ts";
import { randomStream, type StreamShape, shuffled } from "./random.testing.ts";
import { type Found, isThere, newTermsIn, sequencesIn, thresholdsIn } from "./reference.testing.ts";
import { defaultReorder, openReorder } from "./reorder.ts";
import { run, type Sample, sequence, threshold } from "./testing.ts";

const shape: StreamShape = { length: 60, steps: 3, keys: 2, values: 3, pace: 3, least: 0 };
const seeds = Array.from({ length: 60 }, (_, at) => at + 1);

/** Groups in an order of their own, since operators tell them as they ripen. */
function sorted(groups: readonly Found[]): readonly string[] {
  return groups.map((one) => one.join(" ")).toSorted();
}

function groupsOf(plan: StatefulPlan, samples: readonly Sample[]): readonly Found[] {
  return run(plan, samples).groups.map((one) => one.events);
}

describe("sequences are those that are found step by step", () => {
  test.each([
    "a b",
    "a b c",
    "a b c @6",
    "a b ~c @8",
    "a2 b",
    "a b3 @12",
    "a !c b @8",
    "a !c b",
    "!c a b @8",
    "a b !c @8",
    "!c a !c @5",
    "!c a b !c @9",
    "!a b !c @4",
    "a !b c ~d @9",
    "a !b !c d !e f @20",
  ])("%s", (text) => {
    const steps = new Set(text.match(/[a-f]/gu)).size;
    let some = 0;
    for (const seed of seeds) {
      // The same letter twice is two steps here, as a step has a number.
      const samples = randomStream(seed, {
        ...shape,
        steps: text.split(" ").filter((one) => !one.startsWith("@")).length,
        keys: 2,
      });
      const plan = sequence(text);
      const expected = sequencesIn(plan, samples);
      some += expected.length;
      expect(sorted(groupsOf(plan, samples)), `seed ${seed}`).toEqual(sorted(expected));
    }
    expect([some > 5, steps > 1]).toEqual([true, true]);
  });
});

const thresholds = [
  "events >= 3 @6",
  "events > 1 and distinct >= 2 @4",
  "distinct > 2 @9",
  "values > 2 and events > 3 @6",
  "values < 3 |9",
  "sum >= 4 @5",
  "greatest >= 2 and events >= 2 @3",
  "least <= 0 @3",
  "events < 3 @6",
  "events = 2 @4",
  "events > 1 and events <= 3 @5",
  "average >= 1 @7",
  "p50 > 0 and events > 2 @7",
  "least > 0 @5",
  "events >= 2 |5",
  "distinct >= 2 |8",
  "sum > 3 and events > 2 |7",
  "events <= 2 |6",
  "average < 1 |6",
  "events >= 9",
  "distinct < 3",
  "p90 >= 2",
];

describe("thresholds are those that are found window by window", () => {
  test.each(thresholds)("%s", (text) => {
    let some = 0;
    for (const seed of seeds) {
      const samples = randomStream(seed, { ...shape, steps: 1, keys: 3 });
      const expected = thresholdsIn(threshold(text), samples);
      some += expected.length;
      expect(sorted(groupsOf(threshold(text), samples)), `seed ${seed}`).toEqual(sorted(expected));
    }
    expect(some).toBeGreaterThan(5);
  });
});

const newTerms: NewTermsPlan = { type: "new_terms", flows: [], fields: [], window: "7ms" };

test("new values are those that no event had before", () => {
  for (const seed of seeds) {
    const samples = randomStream(seed, { ...shape, values: 6 });
    expect(groupsOf(newTerms, samples)).toEqual(newTermsIn(7, samples));
  }
});

describe("events in any order are a group as soon as one can be chosen", () => {
  test.each(["a b unordered @5", "a b c unordered @8", "a2 b unordered @9", "a3 unordered @4"])("%s", (text) => {
    const plan = sequence(text);
    const span = Number(/@(\d+)/u.exec(text)?.[1]);
    let some = 0;
    for (const seed of seeds) {
      // Every third event is that of the sample before once more, as another step.
      const samples = randomStream(seed, { ...shape, length: 40, keys: 1 }).map((one, at, all) => {
        const before = all[at - 1];
        return at % 3 === 1 && before !== undefined ? { ...before, step: (before.step + 2) % 3 } : one;
      });
      const ordered = samples.toSorted((one, other) => one.time - other.time);
      let pool: Sample[] = [];
      let spent = "";
      const expected: string[] = [];
      for (const one of ordered) {
        if (one.by[0] === null || one.ref === spent) continue;
        pool.push(one);
        if (!isThere(pool, plan, span)) continue;
        expected.push(one.ref);
        [pool, spent] = [[], one.ref];
      }
      const { groups } = run(plan, ordered);
      some += groups.length;
      expect(groups, `seed ${seed}`).toHaveLength(expected.length);
      for (const [at, { events }] of groups.entries()) {
        expect(events).toContain(expected[at]);
        expect(
          isThere(
            ordered.filter((one) => events.includes(one.ref)),
            plan,
            span,
          ),
        ).toBe(true);
      }
    }
    expect(some).toBeGreaterThan(10);
  });
});

describe("the order in which events arrive does not matter when all are waited for", () => {
  const plans: readonly (readonly [string, StatefulPlan])[] = [
    ...["a b c @9", "a !c b @8", "a b !c @8", "a2 b ~c", "a b c unordered @9", "a b !c unordered @9"].map(
      (text) => [text, sequence(text)] as const,
    ),
    ...thresholds.map((text) => [text, threshold(text)] as const),
    ["new terms", newTerms],
  ];
  test.each(plans)("%s", (_, plan) => {
    for (const seed of seeds.slice(0, 20)) {
      const samples = randomStream(seed, { ...shape, least: 1 });
      const buffer = openReorder<Sample>(defaultReorder);
      const given = [...shuffled(seed, samples).flatMap((one) => buffer.offer(one.time, one)), ...buffer.finish()];
      expect(given).toEqual(samples);
      expect(groupsOf(plan, given)).toEqual(groupsOf(plan, samples));
    }
  });

  test("nor when they are late by less than is waited", () => {
    for (const seed of seeds.slice(0, 20)) {
      const samples = randomStream(seed, { ...shape, length: 300, least: 1 });
      const near = samples.toSorted((one, other) => blurred(one) - blurred(other));
      const buffer = openReorder<Sample>({ lateness: 10, held: 1000 });
      const given = [...near.flatMap((one) => buffer.offer(one.time, one)), ...buffer.finish()];
      expect(given).toEqual(samples);
      expect(buffer.late()).toBe(0);
    }
  });
});

/** Up to nine later than it was. */
function blurred({ time, ref }: Sample): number {
  return time + ((Number(ref) * 7) % 10);
}
