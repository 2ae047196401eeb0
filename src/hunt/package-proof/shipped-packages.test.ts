import { expect, test } from "vitest";
import { readPackages } from "../../corpora/content/authored/index.ts";
import { matchingKnowledge } from "../../corpora/content/matching/index.ts";
import { mutatePackage, validatePackage } from "./index.ts";

const { packages, failures } = readPackages();

/** Of single broken predicates that the telemetry of a package has to notice. */
const leastNoticed = 0.9;

test("every package that ships can be read", () => {
  expect(failures).toEqual([]);
  expect(packages.length).toBeGreaterThan(0);
});

test.each(packages.map((one) => [one.technique, one] as const))(
  "%s fires on its tests, stays silent on innocent events, and needs its predicates",
  { timeout: 120_000 },
  (_technique, authored) => {
    const knowledge = matchingKnowledge();
    expect(validatePackage(knowledge, authored).faults).toEqual([]);
    const mutations = mutatePackage(knowledge, authored);
    const missed = mutations.filter((one) => !one.caught);
    expect(missed.length / mutations.length, JSON.stringify(missed)).toBeLessThanOrEqual(1 - leastNoticed);
  },
);

test("names of rules are unique among all packages", () => {
  const names = packages.flatMap((one) => one.file.rules.map(({ rule }) => rule));
  expect(names.filter((one, at) => names.indexOf(one) !== at)).toEqual([]);
});
