import { bareQuery } from "../bare-query.ts";
import type { PackageFile, PlatformFiles } from "../package-file.ts";
import { yamlFile } from "../yaml-file.ts";
import { type AnalyticRule, analyticRule } from "./analytic-rule.ts";
import { deploymentTemplate } from "./deployment-template.ts";

/** Microsoft Sentinel and Defender XDR: plain queries, rules as Microsoft's repository keeps them, and a template that deploys them. */
export const microsoftFiles: PlatformFiles = {
  platforms: ["sentinel", "microsoft"],
  use: [
    "`azuredeploy.json`: all rules, switched off, as a template of Azure Resource Manager. Deploy it into the resource group of the workspace.",
    "`analytic-rules/*.yaml`: one file a rule, in the layout of the Azure-Sentinel repository.",
    "`queries/*.kql`: the queries alone, for Logs in Sentinel and Advanced hunting in Defender.",
  ],
  write: (writing) => {
    const made = writing.package.detections.map((detection) => ({
      name: writing.nameOf(detection),
      rule: analyticRule(writing, detection),
      query: bareQuery(writing, detection),
    }));
    const rules = made.flatMap(({ name, rule }) => (rule === null ? [] : [{ name, rule }]));
    const template: readonly PackageFile[] =
      rules.length === 0 ? [] : [{ path: "azuredeploy.json", text: deploymentTemplate(rules.map(({ rule }) => rule)) }];
    return [
      ...template,
      ...rules.map(({ name, rule }) => ({ path: `analytic-rules/${name}.yaml`, text: ruleFile(rule) })),
      ...made.map(({ query }) => query),
    ];
  },
};

/** https://github.com/Azure/Azure-Sentinel/wiki/Query-Style-Guide */
function ruleFile(rule: AnalyticRule): string {
  return yamlFile({
    id: rule.id,
    name: rule.name,
    description: rule.description,
    severity: rule.severity,
    status: "Available",
    requiredDataConnectors: rule.connectors,
    queryFrequency: written(rule.everyMinutes),
    queryPeriod: written(rule.periodMinutes),
    triggerOperator: rule.trigger.operator,
    triggerThreshold: rule.trigger.count,
    tactics: rule.tactics,
    relevantTechniques: [rule.technique],
    query: rule.query,
    entityMappings: rule.entities.length === 0 ? undefined : rule.entities,
    version: "1.0.0",
    kind: "Scheduled",
  });
}

/** `1h`, `3d`: whole days as days. */
function written(minutes: number): string {
  return minutes % (24 * 60) === 0
    ? `${minutes / (24 * 60)}d`
    : minutes % 60 === 0
      ? `${minutes / 60}h`
      : `${minutes}m`;
}
