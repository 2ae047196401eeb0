import type { Score } from "./detection-package.ts";
import { scoreTable } from "./score-table.ts";
import type { KeptVerdict, Standing } from "./standings.ts";

/** What a rule is measured against. */
export interface ScoreQuestion {
  /** The technique of the package, and those whose tests count as its own. */
  readonly techniques: readonly string[];
  /** Day of the build, `YYYY-MM-DD`. */
  readonly built: string;
}

/** The words are made only for detections that are shown: an overview scores a hundred thousand pairs. */
type Part = Omit<Score["parts"][number], "why"> & { readonly why: () => string };

/** How good a detection a rule makes, as far as the catalog can tell: points out of 100. */
export function pointsOf(rule: Standing, verdict: KeptVerdict["verdict"], question: ScoreQuestion): number {
  return ownPoints(rule, question.built) + proof(rule, question.techniques).points + exactness(verdict).points;
}

const own = new WeakMap<Standing, number>();

/** What a rule has whatever the technique and the platform. A standing belongs to one build. */
function ownPoints(rule: Standing, built: string): number {
  const before = own.get(rule);
  if (before !== undefined) return before;
  const parts = [maturity(rule), severity(rule), precision(rule), freshness(rule, built)];
  const points = parts.reduce((sum, one) => sum + one.points, 0);
  own.set(rule, points);
  return points;
}

/** The same with its parts and their reasons. */
export function scoreOf(rule: Standing, verdict: KeptVerdict["verdict"], question: ScoreQuestion): Score {
  const parts = partsOf(rule, verdict, question);
  return {
    total: pointsOf(rule, verdict, question),
    parts: parts.map((one) => ({ ...one, why: one.why() })),
  };
}

function partsOf(rule: Standing, verdict: KeptVerdict["verdict"], question: ScoreQuestion): readonly Part[] {
  return [
    maturity(rule),
    severity(rule),
    proof(rule, question.techniques),
    precision(rule),
    freshness(rule, question.built),
    exactness(verdict),
  ];
}

function maturity({ status, kind }: Standing): Part {
  const { most, status: table, unsaid, kinds } = scoreTable.maturity;
  const share = kinds[kind] ?? 1;
  const why = (): string => {
    const said = status === "" ? "Its authors do not say how mature it is." : `Its authors call it ${status}.`;
    return share === 1 ? said : `${said} It is a ${kind.replaceAll("_", " ")}, not an alert of its own.`;
  };
  return { name: "Maturity", points: Math.round((table[status] ?? unsaid) * share), most, why };
}

function severity({ severity: level }: Standing): Part {
  const { most, level: table, unsaid } = scoreTable.severity;
  const why = (): string => (level === null ? "Its authors give it no severity." : `Its authors rate it ${level}.`);
  return { name: "Severity", points: level === null ? unsaid : table[level], most, why };
}

const adverbs = { certain: "certainly", likely: "likely", possible: "possibly" } as const;

function proof({ fired, exercised, ownOf }: Standing, techniques: readonly string[]): Part {
  const { most, here, elsewhere, untried, silent } = scoreTable.proof;
  const made = (points: number, why: () => string): Part => ({ name: "Proof", points, most, why });
  if (techniques.some((one) => ownOf.includes(one))) {
    return made(here.certain, () => "It fires on the telemetry of one of our tests of this technique.");
  }
  for (const certainty of ["certain", "likely", "possible"] as const) {
    if (techniques.some((one) => fired.get(one) === certainty)) {
      return made(
        here[certainty],
        () => `It fires on an event that a test of this technique ${adverbs[certainty]} leaves.`,
      );
    }
  }
  if (fired.size > 0) return made(elsewhere, () => "It fires on tests, but on none of this technique.");
  if (exercised === null) return made(untried, () => "It was not run on tests.");
  if (exercised === 0) return made(untried, () => "No test exercises it.");
  return made(
    silent,
    () => `${exercised === 1 ? "One test exercises" : `${exercised} tests exercise`} it without effect.`,
  );
}

function precision({ rarest, facets, exclusions }: Standing): Part {
  const table = scoreTable.precision;
  const rare = rarest === null ? 0 : (table.rarest.find((one) => rarest <= one.atMost)?.points ?? 0);
  const wide = table.facets.find((one) => facets >= one.atLeast)?.points ?? 0;
  const out = table.exclusions.find((one) => exclusions >= one.atLeast)?.points ?? 0;
  const why = (): string => {
    const looks =
      rarest === null
        ? "It looks for no value of its own"
        : `Its rarest value is looked for by ${rarest === 1 ? "no other rule" : `${rarest} rules`}`;
    return `${looks}; it filters on ${inWords(facets, "thing")} and leaves out ${inWords(exclusions, "thing")}.`;
  };
  return { name: "Precision", points: rare + wide + out, most: table.most, why };
}

function freshness({ created, modified }: Standing, built: string): Part {
  const { most, years, unsaid } = scoreTable.freshness;
  const day = modified ?? created;
  const age = day === null ? Number.NaN : (Date.parse(built) - Date.parse(day)) / yearInMs;
  const points = Number.isNaN(age) ? unsaid : (years.find((one) => age <= one.atMost)?.points ?? 0);
  const why = (): string =>
    Number.isNaN(age)
      ? "It does not say when it was written."
      : `It was ${modified === null ? "written" : "last changed"} on ${day}.`;
  return { name: "Freshness", points, most, why };
}

const yearInMs = 365.25 * 24 * 3600 * 1000;

function exactness(verdict: KeptVerdict["verdict"]): Part {
  const { most, verdict: table } = scoreTable.exactness;
  return { name: "Exactness", points: table[verdict], most, why: () => exactWords[verdict] };
}

const exactWords: Readonly<Record<KeptVerdict["verdict"], string>> = {
  native: "It was written for this platform.",
  exact: "It was translated, and says exactly the same here.",
  approximated: "It was translated, and parts of it are approximated.",
  "not-expressible": "It cannot be said here.",
};

function inWords(count: number, thing: string): string {
  return count === 0 ? "nothing" : count === 1 ? `one ${thing}` : `${count} ${thing}s`;
}
