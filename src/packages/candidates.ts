import type { Database } from "../catalog/database.ts";
import { type System, systems } from "../platforms/systems.ts";
import { pointsOf } from "./score.ts";
import { type KeptVerdict, type Standing, type Standings, standingsOf } from "./standings.ts";

/** A rule that detects a technique on a system. */
export interface Candidate {
  readonly rule: Standing;
  /** Which it stands under: the technique itself, or one of its sub-techniques. */
  readonly technique: string;
  readonly verdict: Exclude<KeptVerdict["verdict"], "not-expressible">;
  /** In whose language it is said; null where the rule is native. */
  readonly platform: string | null;
  /** It is a rule of our own package of the technique. */
  readonly authored: boolean;
  /** Its score, out of 100. */
  readonly points: number;
}

/** Everything that is known of a technique on a system. */
export interface Candidates {
  /** Best first; those of our own package in front, then those written for the system. */
  readonly found: readonly Candidate[];
  /** The techniques whose rules and tests count as its own. */
  readonly techniques: readonly string[];
  /** Active rules under the technique (and the sub-techniques that were asked), whether they can be said or not. */
  readonly tagged: readonly Standing[];
  /** Sub-techniques whose rules were asked, too, since the technique has few of its own. */
  readonly borrowed: readonly string[];
}

/** A technique with fewer detections of its own has those of its sub-techniques beside them. */
export const fewOwn = 3;

export function candidatesFor(
  standings: Standings,
  technique: string,
  subtechniques: readonly string[],
  system: System,
): Candidates {
  const own = detecting(standings, [technique], system);
  const borrowed = own.length >= fewOwn ? [] : subtechniques.filter((one) => standings.under.has(one));
  const found = borrowed.length === 0 ? own : detecting(standings, [technique, ...borrowed], system);
  const techniques = [technique, ...borrowed];
  const tagged = new Set(techniques.flatMap((one) => standings.under.get(one) ?? []));
  return { found, techniques, tagged: [...tagged], borrowed };
}

function detecting(standings: Standings, techniques: readonly string[], system: System): readonly Candidate[] {
  const found: Candidate[] = [];
  const [own] = techniques;
  const question = { techniques, built: standings.built };
  // A rule stands once under a technique, but may stand under several of a family.
  const seen = techniques.length > 1 ? new Set<Standing>() : null;
  for (const technique of techniques) {
    for (const rule of standings.under.get(technique) ?? []) {
      if (seen?.has(rule) === true) continue;
      const kept = verdictOf(rule, system);
      if (kept === null || kept.verdict === "not-expressible") continue;
      seen?.add(rule);
      const { verdict, platform } = kept;
      const points = pointsOf(rule, verdict, question);
      const authored = own !== undefined && rule.ownOf.includes(own);
      found.push({ rule, technique, verdict, platform, authored, points });
    }
  }
  return found.sort(
    (one, other) =>
      Number(other.authored) - Number(one.authored) ||
      Number(other.verdict === "native") - Number(one.verdict === "native") ||
      other.points - one.points ||
      (one.rule.id < other.rule.id ? -1 : 1),
  );
}

/** A catalog that was built without translations still has native rules. */
export function verdictOf(rule: Standing, system: System): KeptVerdict | null {
  const kept = rule.verdicts[system.id];
  if (kept !== undefined) return kept;
  return system.native.includes(rule.language) ? { verdict: "native", platform: null, code: null } : null;
}

/** Sub-techniques in force, by their parent. */
export function subtechniquesOf(database: Database): ReadonlyMap<string, readonly string[]> {
  const rows = database.all<{ id: string; parent: string }>(
    "SELECT id, parent FROM technique WHERE parent IS NOT NULL AND revoked_by IS NULL AND deprecated = 0 ORDER BY id",
  );
  return new Map(
    [...Map.groupBy(rows, (one) => one.parent)].map(([parent, all]) => [parent, all.map((one) => one.id)]),
  );
}

/** Does a package of ours lead? */
export function isAuthored({ found }: Candidates): boolean {
  return found.some((one) => one.authored);
}

/** How many detections a package shows, and how many of them are others' at least, where there are as many. */
const shown = { most: 10, translated: 3 };

/**
 * All of our own, then the best of the others: native ones first, but never so many that no translated one is seen.
 */
export function bestOf(found: readonly Candidate[]): readonly Candidate[] {
  const authored = found.filter((one) => one.authored);
  const native = found.filter((one) => !one.authored && one.verdict === "native");
  const translated = found.filter((one) => !one.authored && one.verdict !== "native");
  const kept = Math.max(shown.most - shown.translated, shown.most - translated.length);
  const first = native.slice(0, kept);
  return [...authored, ...first, ...translated.slice(0, shown.most - first.length)];
}

/** Of every system, with what is known once. */
export function everySystem(database: Database): {
  readonly standings: Standings;
  readonly subtechniques: ReadonlyMap<string, readonly string[]>;
  readonly of: (technique: string, system: System) => Candidates;
  readonly systems: readonly System[];
} {
  const standings = standingsOf(database);
  const subtechniques = subtechniquesOf(database);
  return {
    standings,
    subtechniques,
    systems,
    of: (technique, system) => candidatesFor(standings, technique, subtechniques.get(technique) ?? [], system),
  };
}
