import type { DetectionPackage, PackageDetection } from "../detection-package.ts";

/** One file of a package's folder. */
export interface PackageFile {
  /** Below the folder, `/` as separator. Safe on every system; never leaves the folder. */
  readonly path: string;
  readonly text: string;
}

/** What the files of one platform are made with. */
export interface Writing {
  readonly package: DetectionPackage;
  /** The day on which the files are written, `YYYY-MM-DD`; formats that ask when a rule was made get it. */
  readonly date: string;
  /** A name of its own for each detection, without folder and ending. */
  readonly nameOf: (detection: PackageDetection) => string;
  /** The name of a technique of ATT&CK; null where the version that we have lacks it. */
  readonly techniqueName: (id: string) => string | null;
}

/** How the detections of a package are written for one platform. Adding one is a file and a line in `registry.ts`. */
export interface PlatformFiles {
  /** Ids of systems (`src/platforms/systems.ts`), and of single platforms (`registry.ts` beside it). */
  readonly platforms: readonly string[];
  /** For the README, in Markdown: a path in back quotes, what is there, and how the platform takes it in. */
  readonly use: readonly string[];
  readonly write: (writing: Writing) => readonly PackageFile[];
}
