import { successorOf } from "../corpora/attack/successor.ts";
import type { AttackKnowledge } from "../rule/attack.ts";
import type { AttackTag } from "../rule/document.ts";

/** Where a tag of a rule stands in the loaded ATT&CK version; null for tags that are neither technique nor tactic. */
export type FoldTag = (tag: AttackTag) => { readonly kind: "technique" | "tactic"; readonly id: string } | null;

/**
 * Follows `revoked-by` to the technique in force, and tactic ids to short names. An id that the loaded version does
 * not know stays as it is: its rules stand under the id that they name.
 */
export function foldOnto(attack: AttackKnowledge): FoldTag {
  const revokedBy = new Map(
    attack.techniques.flatMap((one) => (one.revokedBy === null ? [] : [[one.id, one.revokedBy] as const])),
  );
  const shortNames = new Map(attack.tactics.map((one) => [one.id, one.shortName]));
  return (tag) => {
    if (tag.kind === "tactic") return { kind: "tactic", id: shortNames.get(tag.id) ?? tag.id };
    if (tag.kind !== "technique") return null;
    return { kind: "technique", id: successorOf(tag.id, revokedBy) ?? tag.id };
  };
}
