import { z } from "zod";

const release = z.string().regex(/^\d{1,2}\.\d$/, 'Expected a release of ATT&CK in quotes, such as "19.0".');
const techniqueId = z.string().regex(/^T\d{4}(\.\d{3})?$/, "Expected the id of a technique, such as T1685.001.");
const shortName = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*$/, "Expected the short name of a tactic, such as defense-evasion.");

/** Of an id that came: the first release that has it. Of one that went: the last that had it in force. */
const span = { since: release.optional(), until: release.optional() };

function oneEnd(entry: { readonly since?: string | undefined; readonly until?: string | undefined }): boolean {
  return (entry.since === undefined) !== (entry.until === undefined);
}

const technique = z
  .strictObject({ id: techniqueId, name: z.string().min(1), ...span, instead: z.array(techniqueId).min(1) })
  .refine(oneEnd, "Expected either `since` or `until`.")
  .refine(({ id, instead }) => !instead.includes(id), "An id cannot stand in for itself.");

const tactic = z
  .strictObject({
    id: z.string().regex(/^TA\d{4}$/, "Expected the id of a tactic, such as TA0005."),
    shortName,
    name: z.string().min(1),
    ...span,
    instead: z.array(shortName).min(1),
  })
  .refine(oneEnd, "Expected either `since` or `until`.");

/** `content/attack/versions.yaml`: what ids that a version of ATT&CK lacks are called in another. */
export const attackVersionsSchema = z.strictObject({
  techniques: z.array(technique).superRefine(unique(({ id }) => id)),
  tactics: z.array(tactic).superRefine(unique((one) => one.shortName)),
});

export type AttackVersions = z.output<typeof attackVersionsSchema>;
export type VersionedTechnique = AttackVersions["techniques"][number];
export type VersionedTactic = AttackVersions["tactics"][number];

function unique<Entry>(keyOf: (entry: Entry) => string) {
  return (entries: readonly Entry[], context: z.RefinementCtx): void => {
    const seen = new Set<string>();
    for (const [position, entry] of entries.entries()) {
      const key = keyOf(entry);
      if (seen.has(key)) context.addIssue({ code: "custom", path: [position], message: `${key} stands here twice.` });
      seen.add(key);
    }
  };
}
