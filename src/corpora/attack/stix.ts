import { listOf, recordOf, textOf, type Untyped } from "../untyped.ts";

/**
 * The objects of one domain, by STIX id and by type. Of an object that is there twice, the one modified last counts; of
 * two objects with one name of ATT&CK's own, the first in force.
 */
export interface StixObjects {
  readonly byId: ReadonlyMap<string, Untyped>;
  /** STIX ids of those that are left out, because another object has their name. */
  readonly doubles: readonly string[];
  readonly ofType: (...types: readonly string[]) => readonly Untyped[];
  /** Relationships that still hold. */
  readonly links: (type: string) => readonly StixLink[];
}

export interface StixLink {
  readonly source: Untyped;
  readonly target: Untyped;
}

export function openStix(objects: Iterable<unknown>): StixObjects {
  const byId = new Map<string, Untyped>();
  for (const one of objects) {
    const object = recordOf(one);
    const id = textOf(object.id);
    const other = byId.get(id);
    if (id === "" || (other !== undefined && textOf(other.modified) > textOf(object.modified))) continue;
    byId.set(id, object);
  }
  const doubles = doublesOf([...byId.values()]);
  for (const id of doubles) byId.delete(id);
  const types = Map.groupBy(byId.values(), (object) => textOf(object.type));
  const ofType = (...names: readonly string[]) => names.flatMap((name) => types.get(name) ?? []);
  const relationships = Map.groupBy(
    ofType("relationship").filter((one) => !isRevoked(one) && !isDeprecated(one)),
    (one) => textOf(one.relationship_type),
  );
  return {
    byId,
    doubles,
    ofType,
    links: (type) =>
      (relationships.get(type) ?? []).flatMap((one) => {
        const source = byId.get(textOf(one.source_ref));
        const target = byId.get(textOf(one.target_ref));
        return source === undefined || target === undefined ? [] : [{ source, target }];
      }),
  };
}

function doublesOf(objects: readonly Untyped[]): readonly string[] {
  const named = Map.groupBy(objects, ownName);
  named.delete(null);
  return [...named.values()].flatMap((same) => {
    const kept = same.find((one) => !isRevoked(one) && !isDeprecated(one)) ?? same[0];
    return same.filter((one) => one !== kept).map((one) => textOf(one.id));
  });
}

/** Types of which everything refers to the objects by their ATT&CK id, and how far that id must be unique. */
const idSpaces: ReadonlyMap<string, string> = new Map([
  ["attack-pattern", "technique"],
  ["intrusion-set", "object"],
  ["malware", "object"],
  ["tool", "object"],
  ["campaign", "object"],
  ["course-of-action", "object"],
  ["x-mitre-data-component", "component"],
  ["x-mitre-detection-strategy", "strategy"],
]);

/** Under which everything refers to the object; null for objects that nothing refers to. */
function ownName(object: Untyped): string | null {
  const type = textOf(object.type);
  if (type === "x-mitre-tactic") return `tactic ${textOf(object.x_mitre_shortname)}`;
  const space = idSpaces.get(type);
  const id = attackId(object);
  return space === undefined || id === null ? null : `${space} ${id}`;
}

/** `T1059.001`, `G0016` …; null for an object that MITRE gave none. */
export function attackId(object: Untyped): string | null {
  for (const one of listOf(object.external_references)) {
    const reference = recordOf(one);
    const id = textOf(reference.external_id);
    if (/^mitre-/.test(textOf(reference.source_name)) && id !== "") return id;
  }
  return null;
}

export function isRevoked(object: Untyped): boolean {
  return object.revoked === true;
}

export function isDeprecated(object: Untyped): boolean {
  return object.x_mitre_deprecated === true;
}
