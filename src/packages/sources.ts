import type { Database } from "../catalog/database.ts";
import { atomicsSource } from "../corpora/atomics/index.ts";
import { attackReader, contentReader, ruleReaders } from "../corpora/registry.ts";
import type { DetectionPackage, Source } from "./detection-package.ts";
import { oneLine } from "./plain-text.ts";
import type { Standing } from "./standings.ts";

const names: ReadonlyMap<string, string> = new Map(
  [...ruleReaders, contentReader, attackReader, atomicsSource].map(({ id, name }) => [id, name]),
);

/** The collection that something comes from. */
export function corpusName(corpus: string): string {
  return names.get(corpus) ?? oneLine(corpus);
}

/** Says of rules where they come from; one that names no licence stands under that of its collection. */
export type SourceOf = (rule: Standing) => Source;

export function openSources(database: Database): SourceOf {
  const rows = database.all<{ id: string; licence: string }>("SELECT id, licence FROM corpus");
  const licences = new Map(rows.map(({ id, licence }) => [id, licence]));
  return ({ key, corpus, id, title, licence, url }) => ({
    corpus,
    rule: id,
    title,
    authors: authorsOf(database, key),
    licence: licence === "" ? (licences.get(corpus) ?? "") : licence,
    url,
  });
}

function authorsOf(database: Database, rule: number): readonly string[] {
  const row = database.one<{ authors: string | null }>(
    "SELECT json_extract(document_json, '$.authors') AS authors FROM rule_text WHERE rule = ?",
    rule,
  );
  return row === null || row.authors === null ? [] : JSON.parse(row.authors);
}

/** Each source once, in the order in which they came. */
export function uniqueSources(sources: readonly Source[]): readonly Source[] {
  return [...new Map(sources.map((one) => [keyOf(one), one])).values()];
}

function keyOf({ corpus, rule, title, licence, url }: Source): string {
  return JSON.stringify([corpus, rule ?? title, licence, url]);
}

/** A source, and the parts of a package that come from it. */
export interface Sourcing {
  readonly source: Source;
  readonly parts: readonly string[];
}

/** Every source of a package once, in the order in which the package names them. */
export function sourcesOf(one: DetectionPackage): readonly Sourcing[] {
  const found = new Map<string, { readonly source: Source; readonly parts: Set<string> }>();
  for (const [part, sources] of sourcedParts(one)) {
    for (const source of sources) {
      const key = keyOf(source);
      const entry = found.get(key) ?? { source, parts: new Set() };
      found.set(key, entry);
      entry.parts.add(part);
    }
  }
  return [...found.values()].map(({ source, parts }) => ({ source, parts: [...parts] }));
}

function sourcedParts(one: DetectionPackage): readonly (readonly [part: string, sources: readonly Source[]])[] {
  const own = ({ source }: { readonly source: Source }): Source => source;
  return [
    ["description", one.description.map(own)],
    ["detection", one.detections.filter(({ native }) => native).map(own)],
    ["translated detection", one.detections.filter(({ native }) => !native).map(own)],
    ["false positives", one.falsePositives.flatMap(({ sources }) => sources)],
    ["tuning", one.knobs.flatMap(({ sources }) => sources)],
    ["test", one.tests.map(own)],
    ["setup", one.setup.map(own)],
    ["investigation", one.investigation.map(own)],
    ["response", one.response.map(own)],
    ["reference", one.references.flatMap(({ sources }) => sources)],
  ];
}
