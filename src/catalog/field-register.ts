import type { FieldRef } from "../rule/expression.ts";
import type { Field, Vocabulary } from "../vocabulary/vocabulary.ts";
import type { Database } from "./database.ts";

/** What predicates on a field are counted under. */
export interface FieldPlace {
  /** The canonical id; of a raw name that no table maps, `<schema>:<name>`. */
  readonly id: string;
  readonly facet: string;
  /** Do predicates on it choose the log or the event? */
  readonly selects: boolean;
}

/** Collects the fields that rules use and events have; rows are written once, at the end, when both have been. */
export interface FieldRegister {
  /** null for a keyword, and for a value that the rule computed. */
  readonly place: (field: FieldRef | null, language: string) => FieldPlace | null;
  readonly write: () => void;
}

export function openFieldRegister(database: Database, vocabulary: Vocabulary): FieldRegister {
  const places = new Map<string, FieldPlace>();
  const unmapped = new Map<string, { readonly raw: string; readonly schema: string }>();
  const placeOf = (id: string): FieldPlace => {
    const before = places.get(id);
    if (before !== undefined) return before;
    const known = vocabulary.field(id);
    const place = { id, facet: known?.facet ?? id, selects: known?.selects ?? false };
    places.set(id, place);
    return place;
  };
  return {
    place: (field, language) => {
      if (field === null || field.derivedFrom?.kind === "computed") return null;
      if (field.canonical !== null) return placeOf(field.canonical);
      // SQLite keeps UTF-8, in which halves of a pair of surrogates would all be one.
      const raw = field.raw.toWellFormed();
      const schema = vocabulary.schemaOf(language)?.id ?? language;
      const place = placeOf(`${schema}:${raw}`);
      unmapped.set(place.id, { raw, schema });
      return place;
    },
    write: () => {
      for (const one of vocabulary.schemas) database.run("INSERT INTO field_schema VALUES (?, ?)", one.id, one.title);
      const { facets, fields, schemas } = vocabulary.tables;
      for (const one of facets) database.run("INSERT INTO facet (id, title) VALUES (?, ?)", one.id, one.title);
      const listed = schemas.flatMap((one) =>
        one.scopes.flatMap((scope) => Object.values(scope.fields).map((entry) => entry.field)),
      );
      const ofEvents = database
        .all<{ field: string }>("SELECT DISTINCT field FROM event_field WHERE field IS NOT NULL ORDER BY field")
        .map((one) => one.field);
      for (const id of new Set([...fields.map((one) => one.id), ...listed, ...places.keys(), ...ofEvents])) {
        const known = vocabulary.field(id);
        const raw = unmapped.get(id);
        if (known !== null) writeField(database, vocabulary, known);
        else if (raw !== undefined) writeUnmapped(database, id, raw.raw, raw.schema);
      }
    },
  };
}

function writeField(database: Database, { schemas }: Vocabulary, field: Field): void {
  const { id, title, facet, role, form, type, case: letterCase, note, ecs } = field;
  const values = [id, title, facet, role, form, type, letterCase, note, Number(ecs)];
  database.run(`${insertField} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`, ...values);
  for (const schema of schemas) {
    for (const [position, one] of schema.namesOf(id).entries()) {
      writeName(database, id, schema.id, position, one.name, one.scope, one.source);
    }
  }
}

const insertField = "INSERT INTO field (id, title, facet, role, form, type, letter_case, note, ecs, mapped)";

function writeUnmapped(database: Database, id: string, raw: string, schema: string): void {
  database.run(`${insertField} VALUES (?, ?, ?, '', NULL, 'keyword', 'kept', NULL, 0, 0)`, id, raw, id);
  writeName(database, id, schema, 0, raw, "", { title: "", url: "" });
}

function writeName(
  database: Database,
  field: string,
  schema: string,
  position: number,
  name: string,
  scope: string,
  source: { readonly title: string; readonly url: string },
): void {
  database.run(
    "INSERT INTO field_name VALUES (?, ?, ?, ?, ?, ?, ?)",
    field,
    schema,
    position,
    name,
    scope,
    source.title,
    source.url,
  );
}
