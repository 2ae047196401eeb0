import type { PackageDetection } from "../../detection-package.ts";
import type { Writing } from "../package-file.ts";
import { oneLine, queryText, severalLines, shortLine } from "../plain-text.ts";
import { ruleId } from "../rule-id.ts";
import { spanInMinutes } from "../time-span.ts";
import { connectorsOf, type RequiredConnector } from "./connectors.ts";
import { type EntityMapping, entityMappings } from "./entities.ts";
import { queryFacts } from "./query-facts.ts";

/** A scheduled analytic rule, whatever the file. */
export interface AnalyticRule {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly severity: "Informational" | "Low" | "Medium" | "High";
  readonly connectors: readonly RequiredConnector[];
  readonly everyMinutes: number;
  readonly periodMinutes: number;
  readonly tactics: readonly string[];
  readonly technique: string;
  readonly query: string;
  readonly entities: readonly EntityMapping[];
}

const severities = {
  informational: "Informational",
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "High",
} as const;

/** Tactics that rules may name, out of those of Enterprise ATT&CK. */
const tactics: ReadonlySet<string> = new Set([
  "Reconnaissance",
  "ResourceDevelopment",
  "InitialAccess",
  "Execution",
  "Persistence",
  "PrivilegeEscalation",
  "DefenseEvasion",
  "CredentialAccess",
  "Discovery",
  "LateralMovement",
  "Collection",
  "CommandAndControl",
  "Exfiltration",
  "Impact",
]);

const hour = 60;
/** A rule looks back fourteen days at most, and one that looks back two days or more runs once an hour at most. */
const longest = 14 * 24 * hour;

export function analyticRule({ package: one }: Writing, detection: PackageDetection): AnalyticRule {
  const query = queryText(detection.query);
  const facts = queryFacts(query);
  const span = spanInMinutes(one, detection);
  return {
    id: ruleId(one, detection),
    name: shortLine(detection.title, 256) || detection.id,
    description: cut(severalLines(detection.description) || oneLine(detection.title), 5000),
    severity: severities[detection.severity ?? one.severity?.level ?? "medium"],
    connectors: connectorsOf(facts.tables),
    everyMinutes: hour,
    // What began just before the last run is seen whole.
    periodMinutes: Math.min(longest, hour + span),
    tactics: one.technique.tactics.map(({ shortName }) => tacticName(shortName)).filter((name) => tactics.has(name)),
    technique: one.technique.id,
    query,
    entities: entityMappings(facts.columns),
  };
}

/** `credential-access` is `CredentialAccess`. */
function tacticName(shortName: string): string {
  return shortName
    .split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}
