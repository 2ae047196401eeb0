import type { Tactic, Technique } from "../../rule/attack.ts";
import { listOf, recordOf, textOf, textsOf, type Untyped } from "../untyped.ts";
import { byId, descriptionOf, nameOf } from "./object.ts";
import { attackId, isDeprecated, isRevoked, type StixObjects } from "./stix.ts";
import { successorOf } from "./successor.ts";

export function techniquesOf(stix: StixObjects, tactics: readonly Tactic[]): readonly Technique[] {
  const revokedBy = linkedIds(stix, "revoked-by");
  const parents = linkedIds(stix, "subtechnique-of");
  const order = new Map(tactics.map((tactic, position) => [tactic.shortName, position]));
  return stix
    .ofType("attack-pattern")
    .flatMap((object) => {
      const id = attackId(object);
      if (id === null) return [];
      const successor = isRevoked(object) ? successorOf(id, revokedBy) : null;
      return [
        {
          id,
          name: nameOf(object),
          description: descriptionOf(object),
          tactics: tacticsOf(object, order),
          platforms: [...textsOf(object.x_mitre_platforms)].sort(),
          parent: parentOf(object, id, parents),
          revokedBy: successor,
          // One that was revoked in favour of nothing would look active otherwise.
          deprecated: successor === null && (isDeprecated(object) || isRevoked(object)),
        },
      ];
    })
    .sort(byId);
}

function linkedIds(stix: StixObjects, type: string): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const link of stix.links(type)) {
    const source = attackId(link.source);
    const target = attackId(link.target);
    if (source !== null && target !== null) ids.set(source, target);
  }
  return ids;
}

/** In the order of the matrix; tactics that it does not have come last. */
function tacticsOf(object: Untyped, order: ReadonlyMap<string, number>): readonly string[] {
  const names = listOf(object.kill_chain_phases)
    .map(recordOf)
    .filter((phase) => /^mitre-/.test(textOf(phase.kill_chain_name)))
    .map((phase) => textOf(phase.phase_name))
    .filter((name) => name !== "");
  const place = (name: string) => order.get(name) ?? order.size;
  return [...new Set(names)].sort((a, b) => place(a) - place(b));
}

/** A revoked sub-technique has lost its link; its id still says where it belonged. */
function parentOf(object: Untyped, id: string, parents: ReadonlyMap<string, string>): string | null {
  const dot = id.indexOf(".");
  if (object.x_mitre_is_subtechnique !== true && dot < 0) return null;
  return parents.get(id) ?? (dot < 0 ? null : id.slice(0, dot));
}
