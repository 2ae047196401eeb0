import type { Database } from "../database.ts";

/** The technique that stands for an id of another version of ATT&CK; the id itself where it is known, or nothing stands for it. */
export function techniqueFor(database: Database, id: string): string {
  const alias = database.one<{ technique: string }>("SELECT technique FROM technique_alias WHERE id = ?", id);
  return alias?.technique ?? id;
}
