import type { AttackKnowledge, AttackObject, AttackUse, Tactic } from "../../rule/attack.ts";
import { recordOf, textOf, textsOf } from "../untyped.ts";
import { dataComponentsOf, strategiesOf } from "./detection.ts";
import { byId, descriptionOf, nameOf } from "./object.ts";
import { attackId, isDeprecated, isRevoked, type StixObjects } from "./stix.ts";
import { techniquesOf } from "./techniques.ts";

/** The types whose objects must have an ATT&CK id, because everything refers to them by it. */
const numbered = [
  "x-mitre-tactic",
  "attack-pattern",
  "intrusion-set",
  "malware",
  "tool",
  "campaign",
  "course-of-action",
  "x-mitre-data-component",
  "x-mitre-detection-strategy",
  "x-mitre-analytic",
] as const;

/** Everything that the model keeps of a STIX graph. `version` is what the file's name says, if anything. */
export function knowledgeOf(stix: StixObjects, version: string | null): AttackKnowledge {
  const tactics = tacticsOf(stix);
  return {
    domain: domainOf(stix),
    version: version ?? versionOf(stix),
    notice: noticeOf(stix),
    tactics,
    techniques: techniquesOf(stix, tactics),
    groups: objectsOf(stix, "aliases", "intrusion-set"),
    software: objectsOf(stix, "x_mitre_aliases", "malware", "tool"),
    campaigns: objectsOf(stix, "aliases", "campaign"),
    mitigations: objectsOf(stix, "aliases", "course-of-action"),
    uses: usesOf(stix),
    dataComponents: dataComponentsOf(stix),
    strategies: strategiesOf(stix),
  };
}

/** STIX ids of objects that cannot be referred to, because they have no ATT&CK id. */
export function withoutAttackId(stix: StixObjects): readonly string[] {
  return stix
    .ofType(...numbered)
    .filter((object) => attackId(object) === null)
    .map((object) => textOf(object.id));
}

/** Tactics in the order of the matrix; where there are several matrices, one after the other. */
function tacticsOf(stix: StixObjects): readonly Tactic[] {
  const inMatrix = stix.ofType("x-mitre-matrix").flatMap((matrix) => textsOf(matrix.tactic_refs));
  const ordered = new Set([...inMatrix, ...stix.ofType("x-mitre-tactic").map((one) => textOf(one.id))]);
  return [...ordered].flatMap((ref) => {
    const tactic = stix.byId.get(ref);
    const id = tactic === undefined ? null : attackId(tactic);
    if (tactic === undefined || id === null || isRevoked(tactic) || isDeprecated(tactic)) return [];
    return [
      { id, shortName: textOf(tactic.x_mitre_shortname), name: nameOf(tactic), description: descriptionOf(tactic) },
    ];
  });
}

function objectsOf(stix: StixObjects, aliases: string, ...types: readonly string[]): readonly AttackObject[] {
  return stix
    .ofType(...types)
    .flatMap((object) => {
      const id = attackId(object);
      if (id === null) return [];
      const name = nameOf(object);
      return [
        {
          id,
          name,
          aliases: textsOf(object[aliases]).filter((alias) => alias !== name),
          description: descriptionOf(object),
          revoked: isRevoked(object),
          deprecated: isDeprecated(object),
        },
      ];
    })
    .sort(byId);
}

function usesOf(stix: StixObjects): readonly AttackUse[] {
  const uses = new Map<string, AttackUse>();
  for (const kind of ["uses", "mitigates"] as const) {
    for (const link of stix.links(kind)) {
      if (textOf(link.target.type) !== "attack-pattern") continue;
      const source = attackId(link.source);
      const technique = attackId(link.target);
      if (source !== null && technique !== null)
        uses.set(`${kind} ${source} ${technique}`, { source, kind, technique });
    }
  }
  return [...uses.values()];
}

/** `enterprise-attack`, from the matrix itself. */
function domainOf(stix: StixObjects): string {
  const ids = stix.ofType("x-mitre-matrix").map(attackId);
  return ids.find((id) => id !== null) ?? "enterprise-attack";
}

/** A collection object says which release it is; older bundles have none, and only the specification's version is left. */
function versionOf(stix: StixObjects): string {
  const collections = stix.ofType("x-mitre-collection").map((one) => textOf(one.x_mitre_version));
  const stated = collections.find((version) => version !== "");
  if (stated !== undefined) return stated;
  const specification = stix
    .ofType("x-mitre-matrix", "attack-pattern")
    .map((one) => textOf(one.x_mitre_attack_spec_version));
  const newest = specification.sort((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1);
  return newest === undefined || newest === "" ? "unknown" : `unknown (specification ${newest})`;
}

/** What the terms of use of ATT&CK want reproduced, with the year of the data's own statement. */
function noticeOf(stix: StixObjects): string {
  const statements = stix.ofType("marking-definition").map((one) => textOf(recordOf(one.definition).statement));
  const year = statements.join(" ").match(/\d{4}/g)?.at(-1);
  const owner = year === undefined ? "The MITRE Corporation" : `${year} The MITRE Corporation`;
  return `© ${owner}. This work is reproduced and distributed with the permission of The MITRE Corporation.`;
}
