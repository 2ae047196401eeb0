import type { Database } from "../catalog/database.ts";
import type { Source } from "./detection-package.ts";
import type { Standing } from "./standings.ts";

/** The source of what a rule says. */
export function sourceOfRule({ corpus, id, title, licence, url }: Standing, licences: Licences): Source {
  return { corpus, rule: id, title, licence: licence === "" ? (licences.get(corpus)?.licence ?? "") : licence, url };
}

/** Corpus → its name and licence, for rules that name none of their own. */
export type Licences = ReadonlyMap<string, { readonly name: string; readonly licence: string }>;

export function licencesOf(database: Database): Licences {
  const rows = database.all<{ id: string; name: string; licence: string }>("SELECT id, name, licence FROM corpus");
  return new Map(rows.map(({ id, ...one }) => [id, one]));
}

/** Each source once, in the order in which they came. */
export function uniqueSources(sources: readonly Source[]): readonly Source[] {
  return [...new Map(sources.map((one) => [`${one.corpus}\n${one.rule}\n${one.url}`, one])).values()];
}
