import type { AttackVersions } from "../corpora/attack/index.ts";
import { successorOf } from "../corpora/attack/successor.ts";
import type { AttackKnowledge } from "../rule/attack.ts";
import type { AttackTag } from "../rule/document.ts";

/** Where a tag stands in the loaded version of ATT&CK. */
export interface FoldedTag {
  readonly kind: "technique" | "tactic";
  /** Of a technique its id, of a tactic its short name. */
  readonly id: string;
  readonly tag: AttackTag;
  /** Does it stand under something else than what it names? Another spelling of the same is no fold. */
  readonly folded: boolean;
}

/** Where the techniques and tactics among the tags of one rule stand; every one of them stands somewhere. */
export type FoldTags = (tags: readonly AttackTag[]) => readonly FoldedTag[];

/** What is asked of the loaded version of ATT&CK and the table of versions together. */
export interface AttackFold {
  readonly tags: FoldTags;
  /** The technique in force that takes the place of an id; null where the id is in force itself, or nothing takes its place. */
  readonly technique: (id: string) => string | null;
  /** The tactics that take the place of one that the loaded version does not have; empty where it has it, or nothing takes its place. */
  readonly tactics: (shortName: string) => readonly string[];
}

/**
 * Folds onto the loaded version: its own ids in force, then its own `revoked-by`, then the table of versions, then the
 * parent of a sub-technique. An id of which none of these knows more stays as it is: its rules stand under the id that they name.
 */
export function foldOnto(attack: AttackKnowledge, versions: AttackVersions): AttackFold {
  const inForce = techniquesInForce(attack, versions);
  const tacticsOf = new Map(attack.techniques.map((one) => [one.id, one.tactics]));
  const successors = tacticSuccessors(attack, versions);
  const foldTactics = tacticFold(attack, versions, successors);
  return {
    technique: (id) => {
      const place = inForce(id);
      return place === id ? null : place;
    },
    tactics: (shortName) => successors.get(shortName) ?? [],
    tags: (tags) => {
      const techniques = tags
        .filter((tag) => tag.kind === "technique")
        .map((tag) => placed("technique", tag, inForce(tag.id) ?? tag.id, tag.id));
      const ofTechniques = new Set(techniques.flatMap((one) => tacticsOf.get(one.id) ?? []));
      const foldTactic = foldTactics(tags, ofTechniques);
      return [...techniques, ...tags.filter((tag) => tag.kind === "tactic").flatMap(foldTactic)];
    },
  };
}

function placed(kind: FoldedTag["kind"], tag: AttackTag, id: string, named: string): FoldedTag {
  return { kind, id, tag, folded: id !== named };
}

/** Id → the technique that stands for it in the loaded version; null where it knows none. */
function techniquesInForce(attack: AttackKnowledge, versions: AttackVersions): (id: string) => string | null {
  const known = new Map(attack.techniques.map((one) => [one.id, one]));
  const revokedBy = new Map(
    attack.techniques.flatMap((one) => (one.revokedBy === null ? [] : [[one.id, one.revokedBy] as const])),
  );
  const elsewhere = new Map(versions.techniques.map((one) => [one.id, one.instead]));
  const find = (id: string, seen: ReadonlySet<string>): string | null => {
    if (seen.has(id)) return null;
    const own = known.get(id);
    if (own !== undefined && own.revokedBy === null && !own.deprecated) return id;
    const successor = successorOf(id, revokedBy);
    if (successor !== null) return successor;
    const further = new Set([...seen, id]);
    for (const other of elsewhere.get(id) ?? []) {
      const place = find(other, further);
      if (place !== null) return place;
    }
    return null;
  };
  // Last of all: a parent says less than an older id of the sub-technique itself.
  const findParent = (id: string): string | null => {
    const dot = id.indexOf(".");
    return known.has(id) || dot < 0 ? null : find(id.slice(0, dot), new Set());
  };
  const found = new Map<string, string | null>();
  return (id) => {
    const before = found.get(id);
    if (before !== undefined) return before;
    const place = find(id, new Set()) ?? findParent(id);
    found.set(id, place);
    return place;
  };
}

/** Short name of a tactic that the loaded version does not have → those of its own that take its place. */
function tacticSuccessors(attack: AttackKnowledge, versions: AttackVersions): ReadonlyMap<string, readonly string[]> {
  const known = new Set(attack.tactics.map((one) => one.shortName));
  return new Map(
    versions.tactics
      .filter((one) => !known.has(one.shortName))
      .map((one) => [one.shortName, one.instead.filter((other) => known.has(other))]),
  );
}

/**
 * A tactic of another version stands under all that took its place, or those of them that the rule's techniques belong to.
 * An id that was given to another tactic later (TA0005) is read as that of the older one, unless the rule shows by another
 * tag that it knows the newer.
 */
function tacticFold(
  attack: AttackKnowledge,
  versions: AttackVersions,
  successors: ReadonlyMap<string, readonly string[]>,
) {
  const retired = versions.tactics.filter((one) => one.until !== undefined);
  const retiredName = new Map(retired.map((one) => [one.id, one.shortName]));
  const added = versions.tactics.filter((one) => one.since !== undefined);
  const nameOf = new Map([...added, ...retired, ...attack.tactics].map((one) => [one.id, one.shortName]));
  const newer = new Set([
    ...versions.techniques.filter((one) => one.since !== undefined).map((one) => one.id),
    ...added.map((one) => one.shortName),
    ...added.map((one) => one.id).filter((id) => !retiredName.has(id)),
  ]);
  return (tags: readonly AttackTag[], ofTechniques: ReadonlySet<string>) => {
    const knowsNewer = tags.some((one) => newer.has(one.id));
    return (tag: AttackTag): readonly FoldedTag[] => {
      const name = nameOf.get(tag.id) ?? tag.id;
      const older = knowsNewer ? undefined : retiredName.get(tag.id);
      const candidates = successors.get(name) ?? successors.get(older ?? "") ?? [];
      if (candidates.length === 0) return [placed("tactic", tag, name, name)];
      const decided = candidates.filter((one) => ofTechniques.has(one));
      return (decided.length > 0 ? decided : candidates).map((one) => placed("tactic", tag, one, name));
    };
  };
}
