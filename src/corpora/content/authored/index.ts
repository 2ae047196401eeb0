export type { AuthoredPackage, PackageFault, PackagesReading, PackageText } from "./authored-package.ts";
export { defaultOf, type Knob, type KnobSettings, turnedRules, turnRules } from "./knobs.ts";
export type { PackageFile } from "./package-file.ts";
export { packagesFolder, readPackages } from "./read-packages.ts";
export { ownCorpus, rulesOf } from "./rules.ts";
export { packageSkeleton } from "./skeleton.ts";
