import type { CorpusItem, CorpusReader } from "../corpus.ts";
import { listFiles } from "../files.ts";
import { githubFile } from "../github.ts";
import { readingOf } from "../reading.ts";
import { huntDocument } from "./hunt.ts";
import { ruleDocument } from "./rule.ts";
import { readToml } from "./toml.ts";

const repository = "https://github.com/elastic/detection-rules";

/** Elastic's detection rules, building blocks and hunts. */
export const elasticReader: CorpusReader = {
  id: "elastic",
  name: "Elastic Detection Rules",
  repository,
  fileUrl: githubFile(repository),
  licence: "Elastic-2.0",
  read: (folder) => {
    const rules = ["rules", "rules_building_block"].flatMap((under) => listFiles(folder, under, [".toml"]));
    const hunts = listFiles(folder, "hunting", [".toml"]).filter((path) => path.includes("/queries/"));
    return readingOf(folder, [...rules, ...hunts], (path, text) => [readRuleOrHunt(path, text)]);
  },
};

/** One file of `rules` or `hunting`, wherever it stands. */
export function readRuleOrHunt(path: string, text: string): CorpusItem {
  const toml = readToml(text);
  if (toml.type === "fault") {
    return {
      type: "failure",
      failure: { path, line: toml.line, code: "elastic/invalid-toml", message: `${toml.message}.` },
    };
  }
  if (isTable(toml.table.rule)) return { type: "rule", rule: ruleDocument(path, text, toml.table) };
  if (isTable(toml.table.hunt)) return { type: "rule", rule: huntDocument(path, text, toml.table) };
  const message = "A table `[rule]` or `[hunt]` was expected.";
  return { type: "failure", failure: { path, line: 1, code: "elastic/not-a-rule", message } };
}

function isTable(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
