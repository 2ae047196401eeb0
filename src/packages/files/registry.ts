import { bareQuery } from "./bare-query.ts";
import { elasticFiles } from "./elastic/index.ts";
import { googleSecopsFiles } from "./google-secops.ts";
import { logscaleFiles } from "./logscale.ts";
import { microsoftFiles } from "./microsoft/index.ts";
import type { PlatformFiles } from "./package-file.ts";
import { qradarFiles } from "./qradar.ts";
import { sigmaFiles } from "./sigma.ts";
import { splunkFiles } from "./splunk/index.ts";
import { sqlFiles } from "./sql.ts";
import { sumoFiles } from "./sumo.ts";

/** Every platform whose files we know. Adding one is a file and a line here. */
const platformFiles: readonly PlatformFiles[] = [
  sigmaFiles,
  elasticFiles,
  microsoftFiles,
  splunkFiles,
  googleSecopsFiles,
  logscaleFiles,
  qradarFiles,
  sumoFiles,
  sqlFiles,
];

/** A platform without files of its own gets the queries. */
const queriesAlone: PlatformFiles = {
  platforms: [],
  use: ["`queries/`: one query a file."],
  write: (writing) => writing.package.detections.map((detection) => bareQuery(writing, detection)),
};

const byPlatform: ReadonlyMap<string, PlatformFiles> = new Map(
  platformFiles.flatMap((one) => one.platforms.map((id) => [id, one] as const)),
);

/** How the files of a platform are written, by the id of a system or of one of its platforms. */
export function filesOf(platform: string): PlatformFiles {
  return byPlatform.get(platform) ?? queriesAlone;
}
