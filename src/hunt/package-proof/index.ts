export { type Mutation, mutatePackage } from "./mutations.ts";
export { type PackageProof, provePackage, type TelemetryOutcome } from "./prove-package.ts";
