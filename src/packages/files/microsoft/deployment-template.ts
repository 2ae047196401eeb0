import type { AnalyticRule } from "./analytic-rule.ts";

/**
 * A template of Azure Resource Manager with a resource a rule.
 * https://learn.microsoft.com/en-us/azure/templates/microsoft.securityinsights/alertrules
 */
export function deploymentTemplate(rules: readonly AnalyticRule[]): string {
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: {
      workspace: {
        type: "string",
        metadata: { description: "Name of the Log Analytics workspace that Sentinel runs on." },
      },
    },
    resources: rules.map((rule) => ({
      type: "Microsoft.OperationalInsights/workspaces/providers/alertRules",
      apiVersion: "2023-12-01-preview",
      name: `[concat(parameters('workspace'), '/Microsoft.SecurityInsights/${rule.id}')]`,
      kind: "Scheduled",
      properties: {
        displayName: literal(rule.name),
        description: literal(rule.description),
        severity: rule.severity,
        enabled: false,
        query: literal(rule.query),
        queryFrequency: duration(rule.everyMinutes),
        queryPeriod: duration(rule.periodMinutes),
        triggerOperator: operators[rule.trigger.operator],
        triggerThreshold: rule.trigger.count,
        suppressionDuration: "PT5H",
        suppressionEnabled: false,
        tactics: rule.tactics,
        techniques: [rule.technique.split(".")[0]],
        subTechniques: rule.technique.includes(".") ? [rule.technique] : [],
        ...(rule.entities.length === 0 ? {} : { entityMappings: rule.entities }),
        templateVersion: "1.0.0",
      },
    })),
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}

const operators = { gt: "GreaterThan", lt: "LessThan", eq: "Equal" } as const;

/**
 * A text between brackets is an expression of the template, which another bracket in front takes back.
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/templates/template-expressions#escape-characters
 */
function literal(text: string): string {
  return text.startsWith("[") && text.endsWith("]") ? `[${text}` : text;
}

/** ISO 8601: `PT1H`, `P3D`. */
function duration(minutes: number): string {
  return minutes % (24 * 60) === 0
    ? `P${minutes / (24 * 60)}D`
    : minutes % 60 === 0
      ? `PT${minutes / 60}H`
      : `PT${minutes}M`;
}
