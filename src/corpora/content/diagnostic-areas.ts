import { languages } from "../../languages/registry.ts";
import { emulationSources } from "../emulation-sources.ts";
import { eventSources } from "../event-sources.ts";
import { attackReader, ruleReaders } from "../registry.ts";

/** What the prefixes are about that are neither a language nor a corpus. */
const others: ReadonlyMap<string, string> = new Map([
  ["check", "Files that were named"],
  ["corpus", "Files and folders"],
  ["rule", "Rules of every kind"],
  ["shell", "Scripts of emulation tests"],
  ["yaml", "YAML"],
]);

/** What the codes of a prefix are about, in words: `EQL`, `Elastic Detection Rules`. The prefix itself where nothing is known. */
export function areaName(prefix: string): string {
  const corpus = [attackReader, ...ruleReaders, ...eventSources, ...emulationSources].find((one) => one.id === prefix);
  return languages.get(prefix)?.name ?? corpus?.name ?? others.get(prefix) ?? prefix;
}
