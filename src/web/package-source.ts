import type { Database } from "../catalog/database.ts";
import { composePackage } from "../packages/compose.ts";
import type { DetectionPackage } from "../packages/detection-package.ts";
import { systemNamed, systems } from "../platforms/systems.ts";
import { addresses } from "./addresses.ts";
import { type KnobValues, readKnobs } from "./knobs.ts";
import { found, type Loaded } from "./page.ts";

/** What a package is asked for with. */
export interface PackageQuestion {
  readonly technique: string;
  readonly platform: string;
  readonly knobs: KnobValues;
}

/** Where packages come from: a package, or why there is no page for it. */
export type PackageSource = (database: Database, question: PackageQuestion) => Loaded<DetectionPackage>;

/** The package of the catalog. Other names of a platform, and ids that ATT&CK has replaced, lead to the page that counts. */
export const packageFrom: PackageSource = (database, { technique, platform, knobs }) => {
  if (systemNamed(platform) === null) {
    return {
      type: "missing",
      what: "There are no packages for such a platform.",
      hint: `Platforms are ${systems.map((one) => one.id).join(", ")}.`,
    };
  }
  const data = composePackage(database, technique, platform);
  if (data === null) {
    return {
      type: "missing",
      what: "ATT&CK has no technique with this id, in the version that is loaded.",
      hint: "Ids look like T1133, or T1059.001 for a sub-technique.",
    };
  }
  if (data.technique.id !== technique || data.platform.id !== platform) {
    return { type: "moved", to: addresses.package(data.technique.id, data.platform.id) };
  }
  if (knobs.size === 0) return found(data);
  const reading = readKnobs(knobs, data.knobs);
  if (reading.type === "invalid") return reading;
  return found(composePackage(database, technique, platform, reading.settings) ?? data);
};
