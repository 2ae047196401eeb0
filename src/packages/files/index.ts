export type { PackageFile } from "./package-file.ts";
export { type FileOptions, packageFiles } from "./package-files.ts";
