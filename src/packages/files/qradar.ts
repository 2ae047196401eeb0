import { bareQuery } from "./bare-query.ts";
import type { PlatformFiles } from "./package-file.ts";

/** IBM QRadar: a search a file. Rules of QRadar are no files that people write. */
export const qradarFiles: PlatformFiles = {
  platforms: ["qradar"],
  use: [
    "`queries/*.aql`: one search a file. In Log Activity, Advanced Search: paste and Save Criteria; or `POST /api/ariel/searches?query_expression=`.",
  ],
  write: (writing) =>
    writing.package.detections.map((detection) => bareQuery(writing, { ...detection, language: "aql" })),
};
