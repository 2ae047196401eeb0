import type { AttackTag } from "../../rule/document.ts";
import { attackTag } from "../attack-tag.ts";
import type { Meta } from "./meta.ts";

/** Keys that name tactics, by name (`Credential Access`) or id. */
const tacticKeys = ["mitre_attack_tactic", "mitre_tactic", "tactic"];

/** Keys that name techniques, by name or id. */
const techniqueKeys = ["mitre_attack_technique", "mitre_technique", "technique"];

/** Keys of older rules that name both in one text: `Credential Access, t1179`. */
const mixedKeys = ["mitre", "mitre_attack", "mitre_tags"];

/** Keys whose addresses name techniques: `…/techniques/T1562/008/`. */
const addressKeys = ["mitre_attack_url", "mitre_url"];

/** Keys that `attackTags` reads. */
export const attackKeys: readonly string[] = [...tacticKeys, ...techniqueKeys, ...mixedKeys, ...addressKeys];

/** Tags of ATT&CK. A technique that is only named, but not numbered, is `other`; where numbers stand, names add nothing. */
export function attackTags(meta: Meta): readonly AttackTag[] {
  const tactics = meta.list(...tacticKeys).map((one) => namedAs("tactic", one));
  const mixed = meta.list(...mixedKeys).map((one) => namedAs("tactic", one));
  const techniques = meta.list(...techniqueKeys).map((one) => attackTag(one));
  const linked = meta.values(...addressKeys).flatMap(linkedTechniques);
  const tags = [...tactics, ...mixed, ...techniques, ...linked];
  const numbered = tags.some((one) => one.kind === "technique");
  const kept = numbered ? tags.filter((one) => one.kind !== "other") : tags;
  return [...new Map(kept.map((one) => [one.id, one])).values()];
}

function namedAs(kind: "tactic", written: string): AttackTag {
  const tag = attackTag(written);
  return tag.kind === "other" ? { ...tag, kind } : tag;
}

function linkedTechniques(address: string): readonly AttackTag[] {
  return [...address.matchAll(/\/techniques\/(T\d{4})(?:\/(\d{3}))?(?!\d)/giu)].map(([, id = "", part]) =>
    attackTag(part === undefined ? id : `${id}.${part}`),
  );
}
