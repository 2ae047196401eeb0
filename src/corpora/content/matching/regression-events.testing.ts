import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonDocument } from "../../../matching/readers/json/document.ts";
import type { EventData } from "../../../matching/readers/log-format.ts";
import { readWhole } from "../../../matching/readers/testing.ts";
import { corpusFolder } from "../../testing.ts";

export const regressionFolder = join(corpusFolder("sigma"), "regression_data");

/** Sigma's regression data in JSON: paths, in the order of their names. The corpora must be there. */
export function regressionFiles(): readonly string[] {
  return readdirSync(regressionFolder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && one.name.endsWith(".json"))
    .map((one) => join(one.parentPath, one.name))
    .sort();
}

export function eventsOfFile(path: string): readonly EventData[] {
  return readWhole(jsonDocument, readFileSync(path)).events;
}
