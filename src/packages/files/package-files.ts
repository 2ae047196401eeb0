import { embeddedAttack } from "../../corpora/content/index.ts";
import type { DetectionPackage } from "../detection-package.ts";
import { atomicTestsFile } from "./atomic-tests.ts";
import { openNames } from "./file-name.ts";
import { guideFiles } from "./guide-files.ts";
import type { PackageFile, Writing } from "./package-file.ts";
import { readmeFile } from "./readme-file.ts";
import { filesOf } from "./registry.ts";
import { sourceFile } from "./source-file.ts";

export interface FileOptions {
  /** The day that formats get which ask when a rule was made, `YYYY-MM-DD`; today unless said. */
  readonly date?: string;
}

/**
 * A package as a folder of files that its platform takes as they are, README first. The same package and day give the same
 * files, with the same ids of rules.
 */
export function packageFiles(one: DetectionPackage, options: FileOptions = {}): readonly PackageFile[] {
  const writing: Writing = {
    package: one,
    date: options.date ?? new Date().toISOString().slice(0, 10),
    nameOf: openNames(one.detections),
    techniqueName,
  };
  const platform = filesOf(one.platform.id);
  const files = [...platform.write(writing), ...guideFiles(one), ...atomicTestsFile(one), sourceFile(one)];
  return [
    readmeFile(
      one,
      platform.use,
      files.map(({ path }) => path),
    ),
    ...files,
  ];
}

let names: ReadonlyMap<string, string> | null = null;

function techniqueName(id: string): string | null {
  names ??= new Map(embeddedAttack().techniques.map((one) => [one.id, one.name]));
  return names.get(id) ?? null;
}
