import type { Database } from "../catalog/database.ts";
import type { DetectionPackage } from "./detection-package.ts";

/** What our own package of a technique brings to the package of a platform: it goes before all that is composed. */
export type AuthoredPackage = Pick<
  DetectionPackage,
  | "description"
  | "severity"
  | "confidence"
  | "detections"
  | "falsePositives"
  | "knobs"
  | "tests"
  | "investigation"
  | "response"
  | "references"
>;

/** Our own package of a technique, for a platform; null where we have none. The catalog keeps none yet. */
export function authoredPackage(_database: Database, _technique: string): AuthoredPackage | null {
  return null;
}
