import type { Schema } from "../../vocabulary/fields/names.ts";
import type { Vocabulary } from "../../vocabulary/vocabulary.ts";
import type { LogPlace } from "../log-sources/tables.ts";
import type { TargetField } from "../platform.ts";

/** What a user calls fields on their own system: id of the vocabulary → name. */
export type OwnNames = Readonly<Record<string, string>>;

/** The names of one platform's fields, in one place after the other. */
export interface FieldNames {
  /** The field as the place has it; null where it has no name for it. */
  readonly find: (canonical: string, place: LogPlace) => TargetField | null;
  readonly vocabulary: Vocabulary;
}

export function openFieldNames(vocabulary: Vocabulary, schema: Schema, own: OwnNames = {}): FieldNames {
  const known = new WeakMap<LogPlace, Map<string, TargetField | null>>();
  return {
    vocabulary,
    find: (canonical, place) => {
      let names = known.get(place);
      if (names === undefined) {
        names = new Map();
        known.set(place, names);
      }
      const before = names.get(canonical);
      if (before !== undefined) return before;
      const found = findName(vocabulary, schema, own, canonical, place);
      names.set(canonical, found);
      return found;
    },
  };
}

function findName(
  vocabulary: Vocabulary,
  schema: Schema,
  own: OwnNames,
  canonical: string,
  place: LogPlace,
): TargetField | null {
  const type = vocabulary.field(canonical)?.type ?? "keyword";
  const ownName = Object.hasOwn(own, canonical) ? own[canonical] : undefined;
  if (ownName !== undefined) return { name: ownName, canonical, type, listed: true };
  // A name is right only where it means the field in this very place.
  const named = schema.namesOf(canonical).find((one) => schema.read(one.name, place.context)?.field === canonical);
  if (named !== undefined) return { name: named.name, canonical, type, listed: true };
  const namespace = Object.keys(place.unlisted)
    .filter((prefix) => canonical.startsWith(prefix))
    .reduce<string | null>((best, prefix) => (best === null || prefix.length > best.length ? prefix : best), null);
  if (namespace === null) return null;
  const scheme = place.unlisted[namespace] ?? "*";
  return { name: scheme.replace("*", () => canonical.slice(namespace.length)), canonical, type, listed: false };
}
