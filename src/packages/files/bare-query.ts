import type { PackageDetection } from "../detection-package.ts";
import { queryText } from "../plain-text.ts";
import type { PackageFile, Writing } from "./package-file.ts";

/** How files of one query end, by language; a language without a line here has files in `.txt`. */
const endings: Readonly<Record<string, string>> = {
  eql: "eql",
  esql: "esql",
  kuery: "kuery",
  lucene: "lucene",
  "query-dsl": "json",
  sql: "sql",
  spl: "spl",
  kusto: "kql",
  "yara-l": "yaral",
  sigma: "yml",
  logscale: "cql",
  cql: "cql",
  qradar: "aql",
  aql: "aql",
  sumo: "sumo",
};

/** A detection as a file of nothing but its query. */
export function bareQuery({ nameOf }: Writing, detection: PackageDetection, folder = "queries"): PackageFile {
  const ending = Object.hasOwn(endings, detection.language) ? endings[detection.language] : "txt";
  return {
    path: `${folder}/${nameOf(detection)}.${ending}`,
    text: `${queryText(detection.query).replace(/\n+$/u, "")}\n`,
  };
}
