import type { RuleFormat } from "../format.ts";
import { readRuleOrHunt } from "./reader.ts";

export const elasticFormat: RuleFormat = {
  name: "Elastic TOML",
  endings: [".toml"],
  marks: [["[rule]"], ["[hunt]"]],
  read: (path, text) => [readRuleOrHunt(path, text)],
};
