import { type AuthoredPackage, readPackages } from "../corpora/content/authored/index.ts";
import { matchingKnowledge } from "../corpora/content/matching/index.ts";
import { type PackageProof, provePackage } from "../hunt/package-proof/index.ts";
import type { Database } from "./database.ts";
import type { AttackFold } from "./fold-attack.ts";
import type { KeptPackageProof } from "./queries/authored-package.ts";

/** Keeps the packages that the project ships with what came of their proof. Throws where one cannot be read: that is our fault. */
export function writePackages(database: Database, fold: AttackFold): void {
  shipped ??= provePackages();
  const date = new Date().toISOString().slice(0, 10);
  for (const { authored, proof } of shipped) {
    const kept: KeptPackageProof = { ...proof, engine: "detectionary", date };
    database.run(
      "INSERT INTO authored_package VALUES (?, ?, ?, ?)",
      fold.technique(authored.technique) ?? authored.technique,
      authored.technique,
      JSON.stringify({ ...authored, telemetry: [...authored.telemetry] }),
      JSON.stringify(kept),
    );
  }
}

/** What ships does not change while a process runs: its later builds need not prove it again. */
let shipped: readonly { readonly authored: AuthoredPackage; readonly proof: PackageProof }[] | null = null;

function provePackages(): NonNullable<typeof shipped> {
  const { packages, failures } = readPackages();
  const [first] = failures;
  if (first !== undefined) throw new Error(`${first.path}:${first.line}: ${first.message}`);
  return packages.map((authored) => ({ authored, proof: provePackage(matchingKnowledge(), authored) }));
}
