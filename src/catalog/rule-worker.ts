import { existsSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { contentFolder } from "../corpora/content/folder.ts";
import { vocabulary } from "../corpora/content/vocabulary/index.ts";
import { uniqueRules } from "../corpora/identity.ts";
import { contentReader, ruleReaders } from "../corpora/registry.ts";
import { type AnalysedRule, analyseRule } from "../languages/analyse.ts";
import { nameRule } from "../vocabulary/name-rule.ts";
import { proveAndKeep } from "./kept-proof.ts";
import type { RuleThreadMessage, RuleThreadRequest } from "./rule-thread.ts";
import { openTranslationTally } from "./translation-counts.ts";

/** Milliseconds between two messages about how far the tests are. */
const telling = 200;

/** A thread beside the build, which reads the same corpora once for all that is asked of their rules. Answers once. */
const { corporaFolder, translations, proof } = workerData as RuleThreadRequest;
const tally = translations ? openTranslationTally() : null;
const active: AnalysedRule[] = [];
for (const reader of [contentReader, ...ruleReaders]) {
  const home = reader === contentReader ? contentFolder : join(corporaFolder ?? "", reader.id);
  if (reader !== contentReader && (corporaFolder === null || !existsSync(home))) continue;
  const reading = reader.read(home);
  for (const item of uniqueRules(reading.items)) {
    if (item.type !== "rule") continue;
    const rule = nameRule(vocabulary(), analyseRule(item.rule, reading.environment));
    tally?.add(rule);
    if (proof && rule.document.lifecycle === "active" && !rule.document.queryless) active.push(withoutText(rule));
  }
  tally?.closeCorpus();
}
let told = 0;
const kept = proof
  ? proveAndKeep(corporaFolder, active, (done, total) => {
      if (performance.now() - told < telling) return;
      told = performance.now();
      tell({ type: "tests", done, total });
    })
  : null;
tell({
  type: "answer",
  answer: { translations: tally?.counts() ?? [], verdicts: tally?.verdicts() ?? [], proof: kept },
});

function tell(message: RuleThreadMessage): void {
  parentPort?.postMessage(message);
}

/** What a rule says in prose, and its file, take more room than its logic. */
function withoutText(rule: AnalysedRule): AnalysedRule {
  return { ...rule, document: { ...rule.document, raw: "", sections: [], description: "" } };
}
