import type {
  Json,
  SigmaAst,
  SigmaCorrelation,
  SigmaCriteria,
  SigmaDetection,
  SigmaDocument,
  SigmaFilter,
  SigmaItem,
  SigmaLogSource,
  SigmaName,
  SigmaRule,
  SigmaSearch,
  SigmaValue,
} from "./ast.ts";
import { printCondition } from "./print-condition.ts";
import { flow, printEntry, printKey, quoted } from "./yaml-text.ts";

/** Text that parses to the same tree. */
export function print(ast: SigmaAst): string {
  return ast.documents.map(printDocument).join("---\n");
}

const step = "    ";

function printDocument(document: SigmaDocument): string {
  switch (document.type) {
    case "rule":
      return printRule(document);
    case "correlation":
      return printCorrelation(document);
    case "filter":
      return printFilter(document);
    case "unknown":
      return `${flow(document.content)}\n`;
    default:
      return document satisfies never;
  }
}

function printRule(rule: SigmaRule): string {
  const action = rule.action === null ? "" : printEntry("action", rule.action, "");
  const detection = rule.detection === null ? "" : `detection:${block(printDetection(rule.detection, step))}`;
  return action + printEntries(rule.metadata) + printLogSource(rule.logsource) + detection;
}

function printFilter(filter: SigmaFilter): string {
  const rules = printNames("rules", filter.rules);
  return `${printEntries(filter.metadata)}${printLogSource(filter.logsource)}filter:${block(rules + printDetection(filter.detection, step))}`;
}

function printLogSource(logsource: SigmaLogSource | null): string {
  return logsource === null ? "" : `logsource:${block(printEntries(logsource.entries, step))}`;
}

function printEntries(entries: Readonly<Record<string, Json>>, indent = ""): string {
  return Object.entries(entries)
    .map(([key, value]) => printEntry(key, value, indent))
    .join("");
}

function block(lines: string): string {
  return lines === "" ? " {}\n" : `\n${lines}`;
}

function printDetection(detection: SigmaDetection, indent: string): string {
  const identifiers = detection.identifiers
    .map((one) => printKey(one.name, indent) + printSearch(one.search, indent))
    .join("");
  const timeframe = detection.timeframe === null ? "" : `${indent}timeframe: ${quoted(detection.timeframe)}\n`;
  const conditions = detection.conditions.map(printCondition);
  const [only] = conditions;
  if (only === undefined) return identifiers + timeframe;
  if (conditions.length === 1) return `${identifiers}${timeframe}${indent}condition: ${quoted(only)}\n`;
  const list = conditions.map((one) => `${indent}${step}- ${quoted(one)}\n`).join("");
  return `${identifiers}${timeframe}${indent}condition:\n${list}`;
}

/** What stands behind the colon of a search identifier. */
function printSearch(search: SigmaSearch, indent: string): string {
  switch (search.type) {
    case "map":
      return `\n${search.items.map((item) => printItem(item, indent + step)).join("")}`;
    case "list":
      return `\n${search.entries.map((entry) => printListEntry(entry, indent + step)).join("")}`;
    default:
      return ` ${printValue(search)}\n`;
  }
}

function printListEntry(entry: SigmaSearch, indent: string): string {
  if (entry.type === "list") return `${indent}-${printSearch(entry, indent)}`;
  if (entry.type !== "map") return `${indent}- ${printValue(entry)}\n`;
  // The first item stands behind the dash, which takes the place of two blanks.
  return entry.items
    .map((item) => printItem(item, `${indent}  `))
    .join("")
    .replace(`${indent}  `, `${indent}- `);
}

function printItem(item: SigmaItem, indent: string): string {
  const key = printKey([item.field ?? "", ...item.modifiers].join("|"), indent);
  const [only] = item.values;
  if (!item.list && only !== undefined) return `${key} ${printValue(only)}\n`;
  if (item.values.length === 0) return `${key} []\n`;
  return `${key}\n${item.values.map((value) => `${indent}${step}- ${printValue(value)}\n`).join("")}`;
}

function printValue(value: SigmaValue): string {
  switch (value.type) {
    case "string":
      return quoted(value.text);
    case "number":
    case "boolean":
      return value.text;
    case "null":
      return "null";
    case "fault":
      return flow(value.content);
    default:
      return value satisfies never;
  }
}

function printCorrelation(one: SigmaCorrelation): string {
  const parts = [
    one.kind === "" ? "" : printEntry("type", one.kind, step),
    printNames("rules", one.rules),
    printNames("group-by", one.groupBy),
    one.timespan === null ? "" : printEntry("timespan", one.timespan, step),
    printCorrelationCondition(one.condition),
    printAliases(one),
    printEntries(one.further, step),
  ];
  return `${printEntries(one.metadata)}correlation:${block(parts.join(""))}`;
}

function printNames(key: string, names: readonly SigmaName[]): string {
  return names.length === 0
    ? ""
    : printEntry(
        key,
        names.map((one) => one.name),
        step,
      );
}

function printAliases(one: SigmaCorrelation): string {
  if (one.aliases.length === 0) return "";
  const aliases = one.aliases.map((alias) => [
    alias.name,
    Object.fromEntries(alias.fields.map(({ rule, field }) => [rule, field])),
  ]);
  return printEntry("aliases", Object.fromEntries(aliases), step);
}

function printCorrelationCondition(condition: SigmaCorrelation["condition"]): string {
  if (condition === null) return "";
  switch (condition.type) {
    case "condition":
      return `${step}condition: ${quoted(printCondition(condition))}\n`;
    case "criteria":
      return `${step}condition:\n${printCriteria(condition)}`;
    case "fault":
      return printEntry("condition", condition.content, step);
    default:
      return condition satisfies never;
  }
}

function printCriteria(criteria: SigmaCriteria): string {
  const [field, ...others] = criteria.fields;
  const fields: Json | null = field === undefined ? null : others.length === 0 ? field : criteria.fields;
  return [
    fields === null ? "" : printEntry("field", fields, step + step),
    criteria.percentile === null ? "" : printEntry("percentile", criteria.percentile, step + step),
    ...criteria.comparisons.map(({ operator, value }) => printEntry(operator, value, step + step)),
  ].join("");
}
