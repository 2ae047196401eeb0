import type { Database } from "../catalog/database.ts";
import type { TuningKnob } from "./detection-package.ts";
import type { MadeDetection } from "./detections.ts";

/** What the community has learned to leave out. */
export function knobsOf(
  _database: Database,
  _techniques: readonly string[],
  _made: readonly MadeDetection[],
): readonly TuningKnob[] {
  return [];
}
