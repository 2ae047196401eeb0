import { sqlJsonPlatforms, sqlPlatforms } from "../../platforms/sql/index.ts";
import { bareQuery } from "./bare-query.ts";
import type { PlatformFiles } from "./package-file.ts";

/** Databases that hold a table of events: a statement a file. */
export const sqlFiles: PlatformFiles = {
  platforms: [...sqlPlatforms, ...sqlJsonPlatforms].map(({ id }) => id),
  use: ["`queries/*.sql`: one statement a file, for the client of the database."],
  write: (writing) =>
    writing.package.detections.map((detection) => bareQuery(writing, { ...detection, language: "sql" })),
};
