import type { PackageDetection } from "../../detection-package.ts";
import { webAddress } from "../../markdown.ts";
import { oneLine, queryText, severalLines, shortLine } from "../../plain-text.ts";
import { corpusName } from "../../sources.ts";
import { type BesideQuery, besideQuery } from "../beside-query.ts";
import { detectionParts } from "../detection-parts.ts";
import { guideText } from "../guide-text.ts";
import type { Writing } from "../package-file.ts";
import { ruleId } from "../rule-id.ts";
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
  readonly filters?: readonly object[];
  readonly threshold?: Threshold;
  readonly new_terms?: NewTerms;
  readonly threat: readonly Threat[];
}

/** Groups with so many events, and so many values of a field. */
interface Threshold {
  readonly field: readonly string[];
  readonly value: number;
  readonly cardinality?: readonly { readonly field: string; readonly value: number }[];
}

/** As the repository has it; the API has two keys of its own for it. */
interface NewTerms {
  readonly field: "new_terms_fields";
  readonly value: readonly string[];
  readonly history_window_start: readonly { readonly field: "history_window_start"; readonly value: string }[];
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

/**
 * null for a language in which the engine has no rules (osquery's SQL), and for a rule of which the package tells the query
 * alone, since that would find more.
 */
export function elasticRule(writing: Writing, detection: PackageDetection): ElasticRule | null {
  const { package: one } = writing;
  const kind = kinds.get(detection.language);
  const beside = besideQuery(detection);
  if (kind === undefined || beside === null) return null;
  const kindOfRule = ruleKind(kind.type, beside);
  if (kindOfRule === null) return null;
  const { severity, risk_score } = scores.get(detection.severity ?? one.severity?.level ?? "medium") ?? {
    severity: "medium",
    risk_score: 47,
  };
  const query = queryText(detection.query);
  const several = /^\s*(?:\/\/[^\n]*\n\s*)*(?:sequence|sample)\b/u.test(query);
  const index = indices(writing, detection);
  const own = detectionParts(one, detection);
  const authors = detection.source.authors.map(oneLine).filter((name) => name !== "");
  const needs = one.needs.filter(({ detections }) => detections.includes(detection.id));
  return {
    author: authors.length === 0 ? [corpusName(detection.source.corpus)] : authors,
    description: severalLines(detection.description) || oneLine(detection.title),
    false_positives: own.falsePositives.map(({ text }) => oneLine(text)).filter((text) => text !== ""),
    from: `now-${everyMinutes + Math.max(moreMinutes, spanInMinutes(one, detection))}m`,
    // A query of ES|QL names its indices itself.
    ...(kind.type === "esql" ? {} : { index }),
    interval: `${everyMinutes}m`,
    language: kind.language,
    license: oneLine(detection.source.licence),
    name: shortLine(detection.title, 255) || detection.id,
    note: guideText(one, detection),
    references: [...new Set(own.references.flatMap(({ url }) => webAddress(url) ?? []))],
    risk_score,
    rule_id: ruleId(one, detection),
    setup: needs
      .flatMap(({ title, settings }) => [`${oneLine(title)}:`, ...settings.map((line) => `- ${oneLine(line)}`)])
      .join("\n"),
    severity,
    tags: tags(writing, detection),
    // Events that come late are found by when they came, but a sequence is in the order in which they happened.
    ...(several ? {} : { timestamp_override: "event.ingested" }),
    ...kindOfRule,
    query,
    ...(beside.filters.length === 0 ? {} : { filters: beside.filters }),
    threat: threats(writing, detection.technique),
  };
}

/** A query whose events are counted, or whose values are new, is a rule of another type. */
function ruleKind(
  type: string,
  { thresholds, newTerms }: BesideQuery,
): Pick<ElasticRule, "type" | "threshold" | "new_terms"> | null {
  if (thresholds.length === 0 && newTerms === null) return { type };
  if (type !== "query") return null;
  if (newTerms !== null) {
    if (thresholds.length > 0) return null;
    const start = { field: "history_window_start", value: newTerms.window } as const;
    return {
      type: "new_terms",
      new_terms: { field: "new_terms_fields", value: newTerms.fields, history_window_start: [start] },
    };
  }
  if (thresholds.some(({ sign }) => sign !== ">=")) return null;
  const value = thresholds.find(({ distinct }) => distinct === null);
  const cardinality = thresholds.flatMap(({ distinct, count }) =>
    distinct === null ? [] : [{ field: distinct, value: count }],
  );
  return {
    type: "threshold",
    threshold: {
      field: (value ?? thresholds[0])?.by ?? [],
      value: value?.count ?? 1,
      ...(cardinality.length === 0 ? {} : { cardinality }),
    },
  };
}

/** What the head of its query says; failing that, where its logs are. */
function indices({ package: one }: Writing, { id, query }: PackageDetection): readonly string[] {
  const [, head = ""] = /^\/\/ Index: (.+)$/mu.exec(query) ?? [];
  const places = one.needs.filter(({ detections }) => detections.includes(id)).flatMap((need) => need.places);
  // A place may say in parentheses which of its events are meant; names of indices have no blanks.
  const found = (head === "" ? places : head.split(",")).map((name) => oneLine(name).replace(/ \(.*$/u, ""));
  const indices = found.filter((name) => /^[^\s(),"]+$/u.test(name));
  return indices.length === 0 ? ["logs-*"] : [...new Set(indices)];
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
