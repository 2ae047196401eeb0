import type { RuleFormat } from "../format.ts";
import { readSentinelFile } from "./reader.ts";

/** Keys that only Sentinel has; a rule that lacks its query is told by them, too. */
const ownKeys = ["requiredDataConnectors", "relevantTechniques", "queryFrequency", "triggerOperator"];

export const sentinelFormat: RuleFormat = {
  name: "Sentinel YAML",
  endings: [".yaml", ".yml"],
  marks: [["query", "tactics"], ...ownKeys.map((key) => [key])],
  read: (path, text) => [readSentinelFile(path, text)],
};
