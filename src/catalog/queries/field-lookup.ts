import { nearest } from "../../kit/nearest.ts";
import type { Database } from "../database.ts";

/** What people mean by the name of a field. */
export type FieldMeaning =
  | { readonly type: "field"; readonly fields: readonly string[] }
  /** The forms of a facet. */
  | { readonly type: "facet"; readonly fields: readonly string[] }
  /** A name that schemas have for fields: `Image`, `process_path`. */
  | { readonly type: "name"; readonly fields: readonly string[] }
  | { readonly type: "unknown"; readonly near: readonly string[] };

/** An id comes before a facet of the same id, and both before names; of names, letter case does not matter. */
export function fieldMeant(database: Database, text: string): FieldMeaning {
  if (database.one("SELECT 1 FROM field WHERE id = ?", text) !== null) return { type: "field", fields: [text] };
  const forms = formsOf(database, text);
  if (forms.length > 0) return { type: "facet", fields: forms };
  const named = database.all<{ field: string }>(
    `SELECT f.id AS field FROM field f WHERE f.id IN (SELECT field FROM field_name WHERE name = ? COLLATE NOCASE)
     ORDER BY f.mapped DESC, f.rules DESC, f.id LIMIT 100`,
    text,
  );
  if (named.length > 0) return { type: "name", fields: named.map((one) => one.field) };
  return { type: "unknown", near: nearTo(database, text) };
}

/** Ids first: whoever means a name mostly knows how it is spelled. */
function nearTo(database: Database, text: string): readonly string[] {
  const ids = database.all<{ id: string }>("SELECT id FROM field WHERE mapped = 1").map((one) => one.id);
  const near = nearest(text.toLowerCase(), ids);
  if (near.length > 0) return near;
  const names = database.all<{ name: string }>("SELECT DISTINCT name FROM field_name").map((one) => one.name);
  return nearest(text, names);
}

export function formsOf(database: Database, facet: string): readonly string[] {
  return database
    .all<{ id: string }>("SELECT id FROM field WHERE facet = ? ORDER BY rules DESC, id", facet)
    .map((one) => one.id);
}

/** The fields with all other forms of their facets: a rule that asks a path for its base name asks for the name. */
export function withOtherForms(database: Database, fields: readonly string[]): readonly string[] {
  return database
    .all<{ id: string }>(
      "SELECT id FROM field WHERE facet IN (SELECT facet FROM field WHERE id IN (SELECT value FROM json_each(?))) ORDER BY id",
      JSON.stringify(fields),
    )
    .map((one) => one.id);
}
