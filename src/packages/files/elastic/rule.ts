import type { PackageDetection } from "../../detection-package.ts";
import { guideText } from "../guide-text.ts";
import { webAddress } from "../markdown.ts";
import type { Writing } from "../package-file.ts";
import { oneLine, queryText, severalLines, shortLine } from "../plain-text.ts";
import { ruleId } from "../rule-id.ts";
import { sourceName } from "../sources.ts";
import { spanInMinutes } from "../time-span.ts";
import { type Threat, threats } from "./threat.ts";

/**
 * A rule as the detection engine knows it; the keys are those of `[rule]` in the repository of Elastic's rules and of the
 * API alike. https://www.elastic.co/docs/api/doc/kibana/operation/operation-createrule
 */
export interface ElasticRule {
  readonly author: readonly string[];
  readonly description: string;
  readonly false_positives: readonly string[];
  readonly from: string;
  readonly index?: readonly string[];
  readonly interval: string;
  readonly language: string;
  readonly license: string;
  readonly name: string;
  readonly note: string;
  readonly references: readonly string[];
  readonly risk_score: number;
  readonly rule_id: string;
  readonly setup: string;
  readonly severity: string;
  readonly tags: readonly string[];
  readonly timestamp_override?: string;
  readonly type: string;
  readonly query: string;
  readonly threat: readonly Threat[];
}

/** Languages in which the engine has rules: its type, and its name for the language. */
const kinds: ReadonlyMap<string, { readonly type: string; readonly language: string }> = new Map([
  ["eql", { type: "eql", language: "eql" }],
  ["esql", { type: "esql", language: "esql" }],
  ["kuery", { type: "query", language: "kuery" }],
  ["lucene", { type: "query", language: "lucene" }],
]);

/** The scores that Elastic's own rules have for each severity; the engine has no severity below low. */
const scores: ReadonlyMap<string, { readonly severity: string; readonly risk_score: number }> = new Map([
  ["informational", { severity: "low", risk_score: 21 }],
  ["low", { severity: "low", risk_score: 21 }],
  ["medium", { severity: "medium", risk_score: 47 }],
  ["high", { severity: "high", risk_score: 73 }],
  ["critical", { severity: "critical", risk_score: 99 }],
]);

/** The engine runs a rule so often unless it is told otherwise, and Elastic's rules look back four minutes more. */
const everyMinutes = 5;
const moreMinutes = 4;

/** null for a language in which the engine has no rules: osquery's SQL. */
export function elasticRule(writing: Writing, detection: PackageDetection): ElasticRule | null {
  const { package: one } = writing;
  const kind = kinds.get(detection.language);
  if (kind === undefined) return null;
  const { severity, risk_score } = scores.get(detection.severity ?? one.severity?.level ?? "medium") ?? {
    severity: "medium",
    risk_score: 47,
  };
  const query = queryText(detection.query);
  const several = /^\s*(?:\/\/[^\n]*\n\s*)*(?:sequence|sample)\b/u.test(query);
  const index = indices(writing, detection);
  const needs = one.needs.filter(({ detections }) => detections.includes(detection.id));
  return {
    author: [sourceName(detection.source)],
    description: severalLines(detection.description) || oneLine(detection.title),
    false_positives: one.falsePositives.map(({ text }) => oneLine(text)).filter((text) => text !== ""),
    from: `now-${everyMinutes + Math.max(moreMinutes, spanInMinutes(one, detection))}m`,
    // A query of ES|QL names its indices itself.
    ...(kind.type === "esql" ? {} : { index }),
    interval: `${everyMinutes}m`,
    language: kind.language,
    license: oneLine(detection.source.licence),
    name: shortLine(detection.title, 255) || detection.id,
    note: guideText(one, detection),
    references: [...new Set(one.references.flatMap(({ url }) => webAddress(url) ?? []))],
    risk_score,
    rule_id: ruleId(one, detection),
    setup: needs
      .flatMap(({ title, settings }) => [`${oneLine(title)}:`, ...settings.map((line) => `- ${oneLine(line)}`)])
      .join("\n"),
    severity,
    tags: tags(writing, detection),
    // Events that come late are found by when they came, but a sequence is in the order in which they happened.
    ...(several ? {} : { timestamp_override: "event.ingested" }),
    type: kind.type,
    query,
    threat: threats(writing),
  };
}

/** What the head of its query says; failing that, where its logs are. */
function indices({ package: one }: Writing, { id, query }: PackageDetection): readonly string[] {
  const [, head = ""] = /^\/\/ Index: (.+)$/mu.exec(query) ?? [];
  const places = one.needs.filter(({ detections }) => detections.includes(id)).flatMap((need) => need.places);
  const found = (head === "" ? places : head.split(",")).map(oneLine).filter((name) => name !== "");
  return found.length === 0 ? ["logs-*"] : [...new Set(found)];
}

const systems: Readonly<Record<string, string>> = { windows: "Windows", linux: "Linux", macos: "macOS" };

function tags({ package: one }: Writing, { logSources }: PackageDetection): readonly string[] {
  const products = logSources.map((id) => id.split(".")[0] ?? "");
  return [
    ...new Set([
      "Use Case: Threat Detection",
      ...products.flatMap((product) => (systems[product] === undefined ? [] : [`OS: ${systems[product]}`])),
      ...one.technique.tactics.map(({ name }) => `Tactic: ${oneLine(name)}`),
      ...(one.investigation.length === 0 ? [] : ["Resources: Investigation Guide"]),
      "Detectionary",
    ]),
  ];
}
