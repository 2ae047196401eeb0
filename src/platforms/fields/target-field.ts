import type { Schema } from "../../vocabulary/fields/names.ts";
import { isLike, openLike } from "../../vocabulary/like.ts";
import type { Vocabulary } from "../../vocabulary/vocabulary.ts";
import type { LogPlace } from "../log-sources/tables.ts";
import type { TargetField } from "../platform.ts";

/** What a user calls fields on their own system: id of the vocabulary → name. */
export type OwnNames = Readonly<Record<string, string>>;

/** The names of one platform's fields, in one place after the other. */
export interface FieldNames {
  /** The field as the place has it; null where it has no name for it. */
  readonly find: (canonical: string, place: LogPlace) => TargetField | null;
  /** A name for a field that the platform does not have, for its user to supply; null where there can be none. */
  readonly supply: (canonical: string, place: LogPlace) => TargetField | null;
  readonly vocabulary: Vocabulary;
}

export function openFieldNames(
  vocabulary: Vocabulary,
  schema: Schema,
  own: OwnNames = {},
  supplied: (canonical: string) => string | null = () => null,
): FieldNames {
  const known = new WeakMap<LogPlace, Map<string, TargetField | null>>();
  return {
    vocabulary,
    supply: (canonical, { types }) => {
      const name = canonical.includes("*") ? null : supplied(canonical);
      const type = vocabulary.field(canonical)?.type ?? "keyword";
      return name === null ? null : { name, canonical, type, listed: false, types };
    },
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

/** Of the names that a schema has, those that this place has. */
function hasName(place: LogPlace, name: string): boolean {
  return (place.has.length === 0 || place.has.some((one) => isLike(openLike(one), name))) && !isLacking(place, name);
}

function isLacking({ lacks }: LogPlace, name: string): boolean {
  return lacks.some((one) => isLike(openLike(one), name));
}

function findName(
  vocabulary: Vocabulary,
  schema: Schema,
  own: OwnNames,
  canonical: string,
  place: LogPlace,
): TargetField | null {
  // A pattern of names stands for several fields, for which no platform has one name.
  if (canonical.includes("*")) return null;
  const type = vocabulary.field(canonical)?.type ?? "keyword";
  const { types } = place;
  const ownName = Object.hasOwn(own, canonical) ? own[canonical] : undefined;
  if (ownName !== undefined) return { name: ownName, canonical, type, listed: true, types };
  // A name is right only where it means the field in this very place, and where the place has it.
  const named = schema.namesIn(canonical, place.context).find((one) => hasName(place, one));
  if (named !== undefined) return { name: named, canonical, type, listed: true, types };
  const namespace = Object.keys(place.unlisted)
    .filter((prefix) => canonical.startsWith(prefix))
    .reduce<string | null>((best, prefix) => (best === null || prefix.length > best.length ? prefix : best), null);
  if (namespace === null) return null;
  const name = (place.unlisted[namespace] ?? "*").replace("*", () => canonical.slice(namespace.length));
  return isLacking(place, name) ? null : { name, canonical, type, listed: false, types };
}
