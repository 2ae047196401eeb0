import type { RuleFormat } from "../format.ts";
import { readSigmaFile } from "./reader.ts";

export const sigmaFormat: RuleFormat = {
  name: "Sigma YAML",
  endings: [".yml", ".yaml"],
  marks: [["detection"], ["logsource"], ["correlation"]],
  read: readSigmaFile,
};
