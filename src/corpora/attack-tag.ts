import type { AttackTag } from "../rule/document.ts";

/** What the ids of ATT&CK objects look like: see "Object IDs" of the ATT&CK design and philosophy paper. */
const shapes: readonly { readonly kind: AttackTag["kind"]; readonly shape: RegExp }[] = [
  { kind: "technique", shape: /^T\d{4}(\.\d{3})?$/ },
  { kind: "tactic", shape: /^TA\d{4}$/ },
  { kind: "group", shape: /^G\d{4}$/ },
  { kind: "software", shape: /^S\d{4}$/ },
];

/** The tag that an id means. What has no shape of an id is `other`, under its own name with dashes. */
export function attackTag(id: string, written = id): AttackTag {
  const upper = id.trim().toUpperCase();
  const known = shapes.find(({ shape }) => shape.test(upper));
  if (known !== undefined) return { kind: known.kind, id: upper, written };
  return {
    kind: "other",
    id: id
      .trim()
      .toLowerCase()
      .replace(/[\s_]+/g, "-"),
    written,
  };
}
