import { listOf, recordOf, textOf, type Untyped } from "../untyped.ts";

/** The objects of one domain, by STIX id and by type. Of an object that is there twice, the one modified last counts. */
export interface StixObjects {
  readonly byId: ReadonlyMap<string, Untyped>;
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
  const types = Map.groupBy(byId.values(), (object) => textOf(object.type));
  const ofType = (...names: readonly string[]) => names.flatMap((name) => types.get(name) ?? []);
  const relationships = Map.groupBy(
    ofType("relationship").filter((one) => !isRevoked(one) && !isDeprecated(one)),
    (one) => textOf(one.relationship_type),
  );
  return {
    byId,
    ofType,
    links: (type) =>
      (relationships.get(type) ?? []).flatMap((one) => {
        const source = byId.get(textOf(one.source_ref));
        const target = byId.get(textOf(one.target_ref));
        return source === undefined || target === undefined ? [] : [{ source, target }];
      }),
  };
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
