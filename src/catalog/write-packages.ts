import { readPackages } from "../corpora/content/authored/index.ts";
import { matchingKnowledge } from "../corpora/content/matching/index.ts";
import { provePackage } from "../hunt/package-proof/index.ts";
import type { Database } from "./database.ts";
import type { AttackFold } from "./fold-attack.ts";
import type { KeptPackageProof } from "./queries/authored-package.ts";

/** Proves the packages that the project ships, and keeps them with what came of it. Throws where one cannot be read: that is our fault. */
export function writePackages(database: Database, fold: AttackFold): void {
  const { packages, failures } = readPackages();
  const [first] = failures;
  if (first !== undefined) throw new Error(`${first.path}:${first.line}: ${first.message}`);
  const date = new Date().toISOString().slice(0, 10);
  for (const one of packages) {
    const proof: KeptPackageProof = { ...provePackage(matchingKnowledge(), one), engine: "detectionary", date };
    database.run(
      "INSERT INTO authored_package VALUES (?, ?, ?, ?)",
      fold.technique(one.technique) ?? one.technique,
      one.technique,
      JSON.stringify({ ...one, telemetry: [...one.telemetry] }),
      JSON.stringify(proof),
    );
  }
}
