import { z } from "zod";
import type { AttackKnowledge } from "../../rule/attack.ts";
import { successorOf } from "./successor.ts";

const techniqueId = z.string().regex(/^T\d{4}(\.\d{3})?$/);

const embedded = z.object({
  source: z.string(),
  version: z.string().min(1),
  notice: z.string().min(1),
  tactics: z.array(z.object({ id: z.string().regex(/^TA\d{4}$/), shortName: z.string(), name: z.string() })).min(1),
  techniques: z
    .array(
      z.object({
        id: techniqueId,
        name: z.string().min(1),
        tactics: z.array(z.string()),
        platforms: z.array(z.string()),
        parent: techniqueId.optional(),
        revokedBy: techniqueId.optional(),
        deprecated: z.boolean().optional(),
      }),
    )
    .min(1),
});

/**
 * The skeleton of ATT&CK that ships with the project (`content/attack/enterprise.json`): names and links, no prose.
 * Throws an error that names the place, because a fault in it is ours.
 */
export function readEmbeddedAttack(text: string): AttackKnowledge {
  const parsed = embedded.safeParse(json(text));
  if (!parsed.success) throw new Error(`The embedded ATT&CK facts are broken: ${z.prettifyError(parsed.error)}`);
  const { version, notice, tactics, techniques } = parsed.data;
  const revokedBy = new Map(
    techniques.flatMap((one) => (one.revokedBy === undefined ? [] : [[one.id, one.revokedBy] as const])),
  );
  return {
    domain: "enterprise-attack",
    version,
    notice,
    tactics: tactics.map((tactic) => ({ ...tactic, description: "" })),
    techniques: techniques.map((one) => ({
      id: one.id,
      name: one.name,
      description: "",
      tactics: one.tactics,
      platforms: one.platforms,
      parent: one.parent ?? null,
      revokedBy: successorOf(one.id, revokedBy),
      deprecated: one.deprecated ?? false,
    })),
    groups: [],
    software: [],
    campaigns: [],
    mitigations: [],
    uses: [],
    dataComponents: [],
    strategies: [],
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error("The embedded ATT&CK facts are not JSON.", { cause: error });
  }
}
