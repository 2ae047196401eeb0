import { recordOf, textOf, textsOf, type Untyped } from "../untyped.ts";
import { customDetails, entityMappings } from "./outputs.ts";
import { triggerOf } from "./trigger.ts";

export function factsOf(path: string, rule: Untyped): Readonly<Record<string, string>> {
  const override = recordOf(rule.alertDetailsOverride);
  const metadata = recordOf(rule.metadata);
  const rows: readonly (readonly [string, string])[] = [
    ["Rule type", textOf(rule.kind).trim()],
    ["Solution", solutionOf(path)],
    ["Runs every", textOf(rule.queryFrequency).trim()],
    ["Looks back over", textOf(rule.queryPeriod).trim()],
    ["Alerts on", triggerOf(rule).words],
    ["Event grouping", textOf(recordOf(rule.eventGroupingSettings).aggregationKind).trim()],
    ["Entities", entityMappings(rule).map(entityText).join("; ")],
    ["Custom details", customDetails(rule).map(pair).join(", ")],
    ["Alert name", textOf(override.alertDisplayNameFormat).trim()],
    ["Alert description", textOf(override.alertDescriptionFormat).trim()],
    ["Severity from column", textOf(override.alertSeverityColumnName).trim()],
    ["Tactics from column", textOf(override.alertTacticsColumnName).trim()],
    ["Incident", incident(recordOf(rule.incidentConfiguration))],
    ["Suppression", suppression(rule)],
    ["Version", textOf(rule.version).trim()],
    ["Source", textOf(recordOf(metadata.source).kind).trim()],
    ["Support", textOf(recordOf(metadata.support).tier).trim()],
    ["Domains", textsOf(recordOf(metadata.categories).domains).join(", ")],
  ];
  return Object.fromEntries(rows.filter(([, text]) => text !== ""));
}

function solutionOf(path: string): string {
  const [top, name, ...rest] = path.split("/");
  return top === "Solutions" && rest.length > 0 ? (name ?? "") : "";
}

function entityText({ entity, columns }: ReturnType<typeof entityMappings>[number]): string {
  return `${entity}: ${columns.map((one) => pair([one.identifier, one.column])).join(", ")}`;
}

function pair([name, column]: readonly [string, string]): string {
  return `${name} = ${column}`;
}

function incident(configuration: Untyped): string {
  const created = configuration.createIncident;
  const grouping = recordOf(configuration.groupingConfiguration);
  const grouped = grouping.enabled === true ? `alerts grouped by ${textOf(grouping.matchingMethod) || "entities"}` : "";
  const window = grouped === "" ? "" : textOf(grouping.lookbackDuration);
  return [
    created === true ? "created" : created === false ? "not created" : "",
    [grouped, window].filter((one) => one !== "").join(" within "),
  ]
    .filter((one) => one !== "")
    .join(", ");
}

function suppression(rule: Untyped): string {
  const duration = textOf(rule.suppressionDuration).trim();
  if (rule.suppressionEnabled === false || duration === "") return "";
  return `for ${duration}`;
}
