import type { DetectionPackage } from "../../../packages/detection-package.ts";

/** How the origin of a package reads. */
export const originWords: Readonly<Record<DetectionPackage["origin"], string>> = {
  authored: "written by us",
  composed: "composed",
  none: "none",
};
