import type { PackageDetection } from "../../detection-package.ts";
import { oneLine, queryText, severalLines, shortLine } from "../../plain-text.ts";
import { besideQuery } from "../beside-query.ts";
import type { Writing } from "../package-file.ts";
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
  readonly trigger: { readonly operator: "gt" | "lt" | "eq"; readonly count: number };
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

/** null where the package tells the query of a rule alone, and what it sets beside that cannot be said. */
export function analyticRule({ package: one }: Writing, detection: PackageDetection): AnalyticRule | null {
  const trigger = triggerOf(detection);
  if (trigger === null) return null;
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
    technique: detection.technique,
    query,
    trigger,
    entities: entityMappings(facts.columns),
  };
}

/** Any result, or what a rule of Sentinel's own says of their number. */
function triggerOf(detection: PackageDetection): AnalyticRule["trigger"] | null {
  const beside = besideQuery(detection);
  if (beside === null || beside.newTerms !== null || beside.filters.length > 0) return null;
  const [threshold, ...others] = beside.thresholds;
  if (threshold === undefined) return { operator: "gt", count: 0 };
  const { sign, count, by, distinct } = threshold;
  if (others.length > 0 || by.length > 0 || distinct !== null) return null;
  switch (sign) {
    case ">":
      return { operator: "gt", count };
    case ">=":
      return { operator: "gt", count: count - 1 };
    case "<":
      return { operator: "lt", count };
    case "<=":
      return { operator: "lt", count: count + 1 };
    case "=":
      return { operator: "eq", count };
    default:
      return sign satisfies never;
  }
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
