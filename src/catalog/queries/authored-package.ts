import type { AuthoredPackage } from "../../corpora/content/authored/index.ts";
import type { PackageProof } from "../../hunt/package-proof/index.ts";
import type { Database } from "../database.ts";

/** What the build found when it ran a package over its telemetry. */
export interface KeptPackageProof extends PackageProof {
  /** What ran it. */
  readonly engine: string;
  /** The day: `2026-11-30`. */
  readonly date: string;
}

/** One of our own packages, and its proof. */
export interface AuthoredAnswer {
  readonly authored: AuthoredPackage;
  readonly proof: KeptPackageProof;
}

interface Row {
  readonly package_json: string;
  readonly proof_json: string;
}

/** The packages of a technique as the loaded version of ATT&CK has it: several where it took some together. */
export function authoredPackages(database: Database, technique: string): readonly AuthoredAnswer[] {
  return database
    .all<Row>("SELECT package_json, proof_json FROM authored_package WHERE technique = ? ORDER BY written", technique)
    .map(answerOf);
}

/** Techniques that have one. */
export function authoredTechniques(database: Database): readonly string[] {
  return database
    .all<{ technique: string }>("SELECT DISTINCT technique FROM authored_package ORDER BY technique")
    .map((one) => one.technique);
}

function answerOf({ package_json, proof_json }: Row): AuthoredAnswer {
  const kept = JSON.parse(package_json) as Omit<AuthoredPackage, "telemetry"> & {
    readonly telemetry: readonly (readonly [string, string])[];
  };
  return {
    authored: { ...kept, telemetry: new Map(kept.telemetry) },
    proof: JSON.parse(proof_json) as KeptPackageProof,
  };
}
