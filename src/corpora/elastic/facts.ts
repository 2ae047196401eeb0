import { listOf, recordOf, textOf, textsOf, type Untyped } from "../untyped.ts";

/** Labels of single values of `[rule]` and `[metadata]` that are worth showing. */
const ruleFacts: Readonly<Record<string, string>> = {
  type: "Rule type",
  interval: "Runs every",
  from: "Looks back from",
  max_signals: "Alerts at most",
  building_block_type: "Building block type",
  event_category_override: "Event category field",
  timestamp_override: "Timestamp field",
  rule_name_override: "Alert name field",
  timeline_title: "Timeline",
  threat_indicator_path: "Threat indicator path",
  enabled: "Enabled by default",
};

const metadataFacts: Readonly<Record<string, string>> = {
  min_stack_version: "Stack version from",
  bypass_bbr_timing: "Building block timing waived",
  promotion: "Promotes external alerts",
  deprecation_date: "Deprecated on",
  deprecated_reason: "Deprecated because",
};

export function factsOf(rule: Untyped, metadata: Untyped): Readonly<Record<string, string>> {
  const pairs: (readonly [string, string])[] = [
    ...Object.entries(ruleFacts).map(([key, label]) => [label, textOf(rule[key])] as const),
    ["Threat indices", textsOf(rule.threat_index).join(", ")],
    ["Alert suppression", suppression(recordOf(rule.alert_suppression))],
    ["Severity by value", listOf(rule.severity_mapping).map(recordOf).map(mapped).join(", ")],
    ...Object.entries(metadataFacts).map(([key, label]) => [label, textOf(metadata[key])] as const),
  ];
  return Object.fromEntries(pairs.filter(([, value]) => value !== ""));
}

function suppression(written: Untyped): string {
  const by = textsOf(written.group_by).join(", ");
  const { value, unit } = recordOf(written.duration);
  return [by === "" ? "" : `by ${by}`, textOf(value) === "" ? "" : `for ${textOf(value)}${textOf(unit)}`]
    .filter((one) => one !== "")
    .join(" ");
}

function mapped(mapping: Untyped): string {
  return `${textOf(mapping.field)} = ${textOf(mapping.value)}: ${textOf(mapping.severity)}`;
}
