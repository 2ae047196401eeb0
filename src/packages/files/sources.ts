import { atomicsSource } from "../../corpora/atomics/index.ts";
import { attackReader, contentReader, ruleReaders } from "../../corpora/registry.ts";
import type { DetectionPackage, Source } from "../detection-package.ts";
import { oneLine } from "../plain-text.ts";

const names: ReadonlyMap<string, string> = new Map(
  [...ruleReaders, contentReader, attackReader, atomicsSource].map(({ id, name }) => [id, name]),
);

/** The collection that something comes from. */
export function sourceName({ corpus }: Source): string {
  return names.get(corpus) ?? oneLine(corpus);
}

/** Every source of a package once, with the parts that come from it. */
export function sourcesOf(
  one: DetectionPackage,
): readonly { readonly source: Source; readonly parts: readonly string[] }[] {
  const found = new Map<string, { readonly source: Source; readonly parts: Set<string> }>();
  const add = (source: Source, part: string): void => {
    const key = JSON.stringify([source.corpus, source.rule, source.title, source.licence, source.url]);
    const entry = found.get(key) ?? { source, parts: new Set<string>() };
    found.set(key, entry);
    entry.parts.add(part);
  };
  for (const { source } of one.description) add(source, "description");
  for (const { source, native } of one.detections) add(source, native ? "detection" : "detection, translated");
  for (const { sources } of one.falsePositives) for (const source of sources) add(source, "false positives");
  for (const { sources } of one.knobs) for (const source of sources) add(source, "tuning");
  for (const { source } of one.tests) add(source, "test");
  for (const { source } of one.setup) add(source, "setup");
  for (const { source } of one.investigation) add(source, "investigation");
  for (const { source } of one.response) add(source, "response");
  for (const { sources } of one.references) for (const source of sources) add(source, "references");
  return [...found.values()].map(({ source, parts }) => ({ source, parts: [...parts] }));
}
