import { expect, test } from "vitest";
import { noiseOf } from "./noise.ts";

test.each([
  [0, 0, 0, "unused"],
  [0, 2, 0, "expected"],
  [2, 55, 1, "disputed"],
  [12, 12, 3, "disputed"],
  [10, 0, 1, "building_block"],
  [160, 40, 4, "building_block"],
  [8, 2, 2, "mixed"],
  [3, 1, 1, "mixed"],
  [9, 2, 2, "shared"],
  [4, 0, 1, "shared"],
  [3, 0, 1, "rare"],
  [1, 0, 1, "rare"],
] as const)("%i rules look for it and %i leave it out, of %i corpora: %s", (reach, excludedBy, corpora, type) => {
  const noise = noiseOf({ reach, excludedBy, corpora });
  expect(noise.type).toBe(type);
  expect(noise.sentence).toMatch(/^[A-Z0-9][^.]*\.$/);
});

test("the sentence counts as people do", () => {
  expect(noiseOf({ reach: 1, excludedBy: 0, corpora: 1 }).sentence).toMatch(
    /^Only 1 rule looks for this value and none leaves it out:/,
  );
  expect(noiseOf({ reach: 5, excludedBy: 1, corpora: 2 }).sentence).toMatch(
    /^5 rules look for this value, from 2 corpora, and only 1 rule leaves it out:/,
  );
  expect(noiseOf({ reach: 5, excludedBy: 0, corpora: 1 }).sentence).toContain(
    "from one corpus, and none leaves it out",
  );
  expect(noiseOf({ reach: 0, excludedBy: 1, corpora: 0 }).sentence).toContain("1 rule leaves it out");
});
