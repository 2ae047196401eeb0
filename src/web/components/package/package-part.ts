import type { DetectionPackage } from "../../../packages/detection-package.ts";
import type { Site } from "../../page.ts";
import type { PackageLinks } from "./package-links.ts";

/** What each part of the page of a package is drawn from. */
export interface PackagePartProps {
  readonly data: DetectionPackage;
  readonly site: Site;
  readonly links: PackageLinks;
  /** Address of the package's JSON, with the values of its knobs. */
  readonly json: string;
}
