/** How the active rules of a catalog use one value, in whichever form of its facet and with whichever operator. */
export interface Uses {
  /** Rules that look for it, each once. */
  readonly reach: number;
  readonly excludedBy: number;
  /** Corpora whose rules look for it. */
  readonly corpora: number;
}

/** What its uses say of a value on its own, and one sentence about it. */
export interface Noise {
  readonly type: NoiseType;
  readonly sentence: string;
}

export type NoiseType =
  /** No active rule uses it. */
  | "unused"
  /** Rules leave it out, and none looks for it. */
  | "expected"
  /** As many rules leave it out as look for it, or more. */
  | "disputed"
  /** Many rules start from it. */
  | "building_block"
  /** Some rules leave it out. */
  | "mixed"
  /** A handful of rules look for it, and hardly any leaves it out. */
  | "shared"
  /** One to three rules look for it, and none leaves it out. */
  | "rare";

/**
 * Thresholds, from a catalog of 8,441 active public rules with 47,643 indicators that are looked for: 81 % of them by one
 * rule, 96 % by three at most, 1 % by ten or more. The last ones are names of shells, interpreters, tools and common
 * actions, which say what happens and not that it is bad. Of the 1,759 indicators that are looked for and left out as
 * well, 38 % are left out by as many rules as look for them, and 78 % by at least a quarter as many.
 */
const threshold = {
  /** Rules that look for it. */
  buildingBlock: 10,
  shared: 4,
  /** Excluding rules for each rule that looks for it. */
  mixed: 1 / 4,
} as const;

/** What a value is worth on its own, told from how the rules of the catalog use it. */
export function noiseOf(uses: Uses): Noise {
  const type = typeOf(uses);
  return { type, sentence: sentenceOf(type, uses) };
}

function typeOf({ reach, excludedBy }: Uses): NoiseType {
  if (reach === 0) return excludedBy === 0 ? "unused" : "expected";
  if (excludedBy >= reach) return "disputed";
  if (reach >= threshold.buildingBlock) return "building_block";
  if (excludedBy >= reach * threshold.mixed) return "mixed";
  return reach >= threshold.shared ? "shared" : excludedBy > 0 ? "mixed" : "rare";
}

function sentenceOf(type: NoiseType, { reach, excludedBy, corpora }: Uses): string {
  const looking = `${rules(reach)} ${reach === 1 ? "looks" : "look"} for this value`;
  const leaving = `${rules(excludedBy)} ${excludedBy === 1 ? "leaves" : "leave"} it out`;
  switch (type) {
    case "unused":
      return "No active rule uses this value, so nobody vouches for it today.";
    case "expected":
      return `No rule looks for this value and ${leaving}: authors have met it in normal operation, so it is of use as an exclusion and not as a sign of an attack.`;
    case "disputed":
      return `${looking} but ${leaving}: on its own it will find normal activity as easily as an attack.`;
    case "building_block":
      return `${looking}${excludedBy === 0 ? "" : ` and ${leaving}`}: many detections start from it, so on its own it says little without the other conditions that they add.`;
    case "mixed":
      return `${looking} and ${leaving}: on its own expect hits from normal activity, and take over what those rules leave out.`;
    case "shared":
      return `${looking}, from ${corpora === 1 ? "one corpus" : `${corpora} corpora`}, and ${excludedBy === 0 ? "none leaves it out" : `only ${leaving}`}: it is specific enough that several rules rely on it, and a fair start on its own.`;
    case "rare":
      return `Only ${looking} and none leaves it out: it is specific, but there is little experience with how often it occurs in normal operation.`;
    default:
      return type satisfies never;
  }
}

function rules(count: number): string {
  return count === 1 ? "1 rule" : `${count} rules`;
}
