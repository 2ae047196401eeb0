import type { RuleFormat } from "../format.ts";
import { readSentinelFile } from "./reader.ts";

/** `query` alone also stands in other files, so a key that only Sentinel has must stand beside it. */
const ownKeys = ["requiredDataConnectors", "relevantTechniques", "tactics", "queryFrequency", "triggerOperator"];

export const sentinelFormat: RuleFormat = {
  name: "Sentinel YAML",
  endings: [".yaml", ".yml"],
  marks: ownKeys.map((key) => ["query", key]),
  read: (path, text) => [readSentinelFile(path, text)],
};
