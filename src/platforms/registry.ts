import { eql } from "./eql/index.ts";
import { esql } from "./esql/index.ts";
import { googleSecops } from "./google-secops/index.ts";
import { logscale } from "./logscale/index.ts";
import { lucene } from "./lucene/index.ts";
import { microsoft } from "./microsoft/index.ts";
import type { Platform } from "./platform.ts";
import { qradar } from "./qradar/index.ts";
import { sigma } from "./sigma/index.ts";
import { splunk } from "./splunk/index.ts";
import { splunkTstats } from "./splunk-tstats/index.ts";
import { sqlJsonPlatforms, sqlPlatforms } from "./sql/index.ts";
import { sumo } from "./sumo/index.ts";

/** Every platform, in the order in which readers see them. Adding one is a folder and a line here. */
export const platforms: readonly Platform[] = [
  eql,
  esql,
  lucene,
  splunk,
  splunkTstats,
  microsoft,
  googleSecops,
  logscale,
  qradar,
  sumo,
  sigma,
  ...sqlPlatforms,
];

/** Further ones that have to be asked for by name, since they differ from those above only in how a table is laid out. */
const byNameOnly: readonly Platform[] = sqlJsonPlatforms;

const byName: ReadonlyMap<string, Platform> = new Map(
  [...platforms, ...byNameOnly].flatMap((one) => [one.id, ...one.aliases].map((name) => [name, one] as const)),
);

/** By id or alias; null for what is none. */
export function platformNamed(name: string): Platform | null {
  return byName.get(name.toLowerCase()) ?? null;
}
