export { type Mutation, mutatePackage } from "./mutations.ts";
export { type PackageProof, provePackage, type TelemetryOutcome, validatePackage } from "./prove-package.ts";
