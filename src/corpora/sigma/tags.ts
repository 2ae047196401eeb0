import type { AttackTag } from "../../rule/document.ts";
import { attackTag } from "../attack-tag.ts";

/**
 * The ATT&CK part of a tag list: `attack.t1059.001`, `attack.g0016`, `attack.initial-access`, in older rules
 * `attack.initial_access` (Sigma Tags Appendix). A name without digits is a tactic.
 */
export function attackTags(tags: readonly string[]): readonly AttackTag[] {
  return tags.flatMap((written) => {
    if (!/^attack\./i.test(written)) return [];
    const tag = attackTag(written.slice("attack.".length), written);
    return tag.kind === "other" && /^[a-z-]+$/.test(tag.id) ? [{ ...tag, kind: "tactic" as const }] : [tag];
  });
}

/** `cve.2024-1708`, in older rules `cve.2024.1708`. */
export function cvesOf(tags: readonly string[]): readonly string[] {
  const found = tags.flatMap((tag) => {
    const parts = /^cve\.(\d{4})[.-](\d{4,})$/i.exec(tag);
    return parts === null ? [] : [`CVE-${parts[1]}-${parts[2]}`];
  });
  return [...new Set(found)];
}
