import type { DetectionPackage, PackageDetection } from "../../detection-package.ts";
import { oneLine, queryText, shortLine } from "../../plain-text.ts";
import { bareQuery } from "../bare-query.ts";
import type { PackageFile, PlatformFiles, Writing } from "../package-file.ts";
import { spanInMinutes } from "../time-span.ts";
import { lineValue, searchValue, stanza, stanzaName } from "./conf.ts";

/** Splunk: saved searches as Enterprise Security has its correlation searches, and the searches alone. */
export const splunkFiles: PlatformFiles = {
  platforms: ["splunk", "splunk-tstats"],
  use: [
    "`savedsearches.conf`: all searches, switched off, for `local` of an app (`$SPLUNK_HOME/etc/apps/<app>/local`). Without Enterprise Security the settings that begin with `action.` do nothing.",
    "`queries/*.spl`: the searches alone.",
  ],
  write: (writing) => {
    const { detections } = writing.package;
    if (detections.length === 0) return [];
    const conf: PackageFile = { path: "savedsearches.conf", text: savedSearches(writing) };
    return [conf, ...detections.map((one) => bareQuery(writing, one))];
  },
};

function savedSearches({ package: one }: Writing): string {
  const taken = new Set<string>();
  return `${one.detections.map((detection) => stanza(searchName(detection, taken), settings(one, detection))).join("\n\n")}\n`;
}

/** `Threat - … - Rule`, as Enterprise Security names correlation searches; names of searches have 100 characters at most. */
function searchName({ title }: PackageDetection, taken: Set<string>): string {
  const own = stanzaName(shortLine(title, 78)) || "Detection";
  let name = `Threat - ${own} - Rule`;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `Threat - ${own} ${number} - Rule`;
  taken.add(name.toLowerCase());
  return name;
}

const severities = { informational: 2, low: 3, medium: 4, high: 5, critical: 6 } as const;

/**
 * Settings of savedsearches.conf, and of the actions of Enterprise Security that begin with `action.`.
 * https://docs.splunk.com/Documentation/Splunk/9.3.1/Admin/Savedsearchesconf
 * https://docs.splunk.com/Documentation/ES/7.0.0/Admin/Upgradecorrelationsearches
 */
function settings(one: DetectionPackage, detection: PackageDetection): readonly (readonly [string, string])[] {
  const severity = detection.severity ?? one.severity?.level ?? "medium";
  const title = lineValue(detection.title) || detection.id;
  const description = lineValue(detection.description) || title;
  return [
    ["action.correlationsearch.enabled", "1"],
    ["action.correlationsearch.label", title],
    ["action.correlationsearch.annotations", annotations(detection)],
    ["action.notable", "1"],
    ["action.notable.param.rule_title", literalTokens(title)],
    ["action.notable.param.rule_description", literalTokens(description)],
    ["action.notable.param.security_domain", domain(detection)],
    ["action.notable.param.severity", severity],
    ["alert.severity", String(severities[severity])],
    ["alert.track", "1"],
    ["counttype", "number of events"],
    ["relation", "greater than"],
    ["quantity", "0"],
    ["description", description],
    ["disabled", "1"],
    ["enableSched", "1"],
    ["is_visible", "true"],
    ["schedule_window", "auto"],
    ...schedule(spanInMinutes(one, detection)),
    ["search", searchValue(queryText(detection.query))],
  ];
}

/** Splunk's own detections run once an hour, over an hour that ended ten minutes ago; longer where events belong together. */
function schedule(span: number): readonly (readonly [string, string])[] {
  return [
    ["cron_schedule", "0 * * * *"],
    ["dispatch.earliest_time", `-${60 + span + 10}m@m`],
    ["dispatch.latest_time", "-10m@m"],
  ];
}

/** `$field$` in the title of a finding stands for what the event says. */
function literalTokens(text: string): string {
  return text.replaceAll("$", "$$$$");
}

function annotations({ technique, source }: PackageDetection): string {
  return JSON.stringify({ mitre_attack: [technique], license: [oneLine(source.licence)] });
}

/** The domain of Enterprise Security that the logs belong to, by the category of the log source. */
function domain({ logSources }: PackageDetection): string {
  const all = logSources.join(" ");
  if (/auth|logon|signin|sign_in|identity|security\b/u.test(all)) return "access";
  if (/network|dns|proxy|firewall|webserver|zeek|flow/u.test(all)) return "network";
  if (/^(?:windows|linux|macos)\b/u.test(all)) return "endpoint";
  return "threat";
}
