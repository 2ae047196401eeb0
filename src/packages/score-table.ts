import type { Severity } from "../rule/document.ts";

/**
 * What a detection's score is made of: points out of 100, explained in `docs/packages.md`. Each part has the points of its
 * best level; what nothing is known of stands in the middle, so that silence is neither praise nor blame.
 */
export const scoreTable = {
  maturity: {
    most: 20,
    /** By what the upstream says of the rule. */
    status: { stable: 20, production: 20, test: 15, experimental: 7 } as Readonly<Record<string, number>>,
    unsaid: 11,
    /** Of these points, what is left to a rule that is no alert of its own. */
    kinds: { hunt: 0.5, building_block: 0.4 } as Readonly<Record<string, number>>,
  },
  severity: {
    most: 15,
    level: { critical: 15, high: 13, medium: 9, low: 5, informational: 2 } satisfies Record<Severity, number>,
    unsaid: 8,
  },
  proof: {
    most: 25,
    /** Fires on a test of the technique, by how sure its event is. */
    here: { certain: 25, likely: 21, possible: 16 },
    /** Fires on tests of other techniques only. */
    elsewhere: 12,
    /** No test exercises it, or our engine cannot run it. */
    untried: 9,
    /** Tests exercise it, and it fires on none. */
    silent: 4,
  },
  precision: {
    most: 20,
    /** By how many rules of the catalog look for the rarest of its indicators: the first row that holds. */
    rarest: [
      { atMost: 3, points: 10 },
      { atMost: 9, points: 7 },
      { atMost: 49, points: 4 },
      { atMost: Number.POSITIVE_INFINITY, points: 2 },
    ],
    /** By the number of things that it filters on together. */
    facets: [
      { atLeast: 3, points: 5 },
      { atLeast: 2, points: 3 },
      { atLeast: 1, points: 1 },
    ],
    /** By the number of exclusions. */
    exclusions: [
      { atLeast: 3, points: 5 },
      { atLeast: 1, points: 3 },
    ],
  },
  freshness: {
    most: 10,
    /** By years between its last change, or its writing, and the build. */
    years: [
      { atMost: 1, points: 10 },
      { atMost: 2, points: 8 },
      { atMost: 4, points: 5 },
      { atMost: Number.POSITIVE_INFINITY, points: 2 },
    ],
    unsaid: 5,
  },
  exactness: { most: 10, verdict: { native: 10, exact: 9, approximated: 4, "not-expressible": 0 } },
} as const;
