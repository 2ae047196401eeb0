import type { RuleFormat } from "../format.ts";
import { readYaraLFile } from "./reader.ts";

export const chronicleFormat: RuleFormat = {
  name: "YARA-L",
  endings: [".yaral", ".yara-l"],
  marks: [],
  read: readYaraLFile,
};
