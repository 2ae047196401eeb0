import type { PackageFile } from "./package-file.ts";

/** Folder of a package that holds its logic. */
export const rulesFolder = "rules";

/** A package as its authors wrote it: one folder below `content/packages`. */
export interface AuthoredPackage {
  readonly technique: string;
  readonly file: PackageFile;
  /** The files of `rules/`, in Sigma. */
  readonly rules: readonly PackageText[];
  /** Path below the folder of the package (`telemetry/….ndjson`) → its events, one JSON a line. */
  readonly telemetry: ReadonlyMap<string, string>;
}

/** A file of a package: its path below `content`. */
export interface PackageText {
  readonly path: string;
  readonly text: string;
}

/** Something that is wrong with a package. */
export interface PackageFault {
  /** Below `content`. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

export interface PackagesReading {
  readonly packages: readonly AuthoredPackage[];
  /** A package that cannot be read at all is not among the packages. */
  readonly failures: readonly PackageFault[];
}
