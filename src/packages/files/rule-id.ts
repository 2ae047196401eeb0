import type { DetectionPackage, PackageDetection } from "../detection-package.ts";
import { namedUuid } from "./named-uuid.ts";

/**
 * The id of a detection on a platform: the same for every export, so that a newer package replaces the older one, and
 * another than its upstream's, so that it stands beside the rule that it was made from.
 */
export function ruleId({ platform }: DetectionPackage, { id }: PackageDetection): string {
  return namedUuid(`${platform.id}:${id}`);
}
