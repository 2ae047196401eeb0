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
import { sumo } from "./sumo/index.ts";
import type { RemarkCode, Translation } from "./translation.ts";

/** What a site runs: one product, which may take queries in several languages. Detection packages are made for these. */
export interface System {
  readonly id: string;
  readonly title: string;
  /** Further names by which people ask for it; those of its platforms count, too. */
  readonly aliases: readonly string[];
  /** In which rules are written for it, the one to prefer first. */
  readonly platforms: readonly Platform[];
  /** Languages of rules that it runs as they are. */
  readonly native: readonly string[];
}

/** In the order in which readers see them. */
export const systems: readonly System[] = [
  {
    id: "elastic",
    title: "Elastic Security",
    aliases: ["elasticsearch", "elastic-security"],
    platforms: [eql, esql, lucene],
    native: ["eql", "esql", "kuery", "lucene", "query-dsl"],
  },
  { id: "splunk", title: "Splunk", aliases: [], platforms: [splunk, splunkTstats], native: ["spl"] },
  {
    id: "sentinel",
    title: "Microsoft Sentinel and Defender",
    aliases: ["defender", "microsoft-sentinel"],
    platforms: [microsoft],
    native: ["kusto"],
  },
  {
    id: "google-secops",
    title: "Google SecOps",
    aliases: ["chronicle", "secops"],
    platforms: [googleSecops],
    native: ["yara-l"],
  },
  { id: "logscale", title: "CrowdStrike LogScale", aliases: ["crowdstrike"], platforms: [logscale], native: [] },
  { id: "qradar", title: "IBM QRadar", aliases: ["ibm"], platforms: [qradar], native: [] },
  { id: "sumo", title: "Sumo Logic", aliases: ["sumologic"], platforms: [sumo], native: [] },
  { id: "sigma", title: "Sigma", aliases: [], platforms: [sigma], native: ["sigma"] },
];

const byName: ReadonlyMap<string, System> = new Map(
  systems.flatMap((one) =>
    [one.id, ...one.aliases, ...one.platforms.flatMap(({ id, aliases }) => [id, ...aliases])].map(
      (name) => [name, one] as const,
    ),
  ),
);

/** Every name that `systemNamed` knows. */
export const systemNames: readonly string[] = [...byName.keys()];

/** By id, alias, or a name of one of its platforms; null for what is none. */
export function systemNamed(name: string): System | null {
  return byName.get(name.trim().toLowerCase()) ?? null;
}

/** What becomes of a rule on a system. */
export type SystemVerdict =
  | { readonly type: "native" }
  | { readonly type: "exact" | "approximated"; readonly platform: string }
  /** `code`: the first reason; a log that is not there goes before all others. */
  | { readonly type: "not-expressible"; readonly code: RemarkCode };

/** `translate` is asked only where the rule is in none of the system's own languages. */
export function verdictOn(
  system: System,
  language: string,
  translate: (platform: Platform) => Translation,
): SystemVerdict {
  if (system.native.includes(language)) return { type: "native" };
  const tried = system.platforms.map(translate);
  const best = tried.find((one) => one.verdict === "exact") ?? tried.find((one) => one.verdict === "approximated");
  if (best !== undefined && best.verdict !== "not-expressible") return { type: best.verdict, platform: best.platform };
  const lost = tried.flatMap(({ report }) => report.filter((one) => one.verdict === "lost"));
  const codes = lost.flatMap(({ code }) => (code === null ? [] : [code]));
  const [first = "no-query"] = codes;
  return { type: "not-expressible", code: codes.find((one) => one === "no-log-source") ?? first };
}
