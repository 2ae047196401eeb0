import { existsSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { contentFolder } from "../corpora/content/folder.ts";
import { vocabulary } from "../corpora/content/vocabulary/index.ts";
import { uniqueRules } from "../corpora/identity.ts";
import { contentReader, ruleReaders } from "../corpora/registry.ts";
import { analyseRule } from "../languages/analyse.ts";
import { nameRule } from "../vocabulary/name-rule.ts";
import { openTranslationTally } from "./translation-counts.ts";

/** A thread beside the build, which reads the same corpora and translates their rules. Answers once, with the counts. */
const { corporaFolder } = workerData as { readonly corporaFolder: string | null };
const tally = openTranslationTally();
for (const reader of [contentReader, ...ruleReaders]) {
  const home = reader === contentReader ? contentFolder : join(corporaFolder ?? "", reader.id);
  if (reader !== contentReader && (corporaFolder === null || !existsSync(home))) continue;
  const reading = reader.read(home);
  for (const item of uniqueRules(reading.items)) {
    if (item.type === "rule") tally.add(nameRule(vocabulary(), analyseRule(item.rule, reading.environment)));
  }
  tally.closeCorpus();
}
parentPort?.postMessage(tally.counts());
