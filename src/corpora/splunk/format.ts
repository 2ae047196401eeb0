import type { RuleFormat } from "../format.ts";
import { readDetection } from "./reader.ts";

export const splunkFormat: RuleFormat = {
  name: "Splunk YAML",
  endings: [".yml", ".yaml"],
  marks: [["search"]],
  read: (path, text) => [readDetection(path, text)],
};
