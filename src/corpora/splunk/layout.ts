import { dateOf, listOf, numberOf, recordOf, textOf, textsOf, type Untyped } from "../untyped.ts";

/** The metadata of a detection that stands in different places in different years. */
export interface DetectionMetadata {
  readonly techniques: readonly string[];
  readonly stories: readonly string[];
  readonly cves: readonly string[];
  readonly atomicTests: readonly string[];
  readonly assetType: string;
  readonly securityDomain: string;
  readonly products: readonly string[];
  readonly group: readonly string[];
  readonly confidence: number | null;
  readonly impact: number | null;
  readonly riskScore: number | null;
  /** What the finding says to the analyst, one text a finding. */
  readonly messages: readonly string[];
  /** Fields of the result that name a risk object or a threat. */
  readonly entities: readonly string[];
  readonly requiredFields: readonly string[];
  readonly created: string | null;
  readonly modified: string | null;
}

/**
 * Reads the layouts of 2024 (all under `tags`, `observable`, one `date`), of 2025 (`rba` beside `tags`) and of 2026
 * (no `tags`; `finding`, `intermediate_findings`, `threat_objects`, two dates). They mix in one checkout, so each part is
 * looked for at both levels.
 */
export function metadataOf(detection: Untyped): DetectionMetadata {
  const tags = recordOf(detection.tags);
  const at = topOrTags(detection);
  const findings = findingsOf(detection);
  const scores = findings.map((one) => numberOf(one.score) ?? numberOf(one.risk_score)).filter((one) => one !== null);
  return {
    techniques: unique(textsOf(at("mitre_attack_id"))),
    stories: unique(textsOf(at("analytic_story"))),
    cves: unique([...textsOf(at("cve")), ...textsOf(at("CVE"))].map((one) => one.toUpperCase())),
    atomicTests: unique(textsOf(at("atomic_guid")).map((one) => one.toLowerCase())),
    assetType: textOf(at("asset_type")).trim(),
    securityDomain: textOf(at("security_domain")).trim(),
    products: textsOf(at("product")),
    group: textsOf(at("group")),
    confidence: numberOf(at("confidence")),
    impact: numberOf(at("impact")),
    riskScore: numberOf(at("risk_score")) ?? (scores.length === 0 ? null : Math.max(...scores)),
    messages: unique([...textsOf(tags.message), ...findings.flatMap((one) => textsOf(one.message ?? one.title))]),
    entities: unique([
      ...listOf(tags.observable).map((one) => textOf(recordOf(one).name)),
      ...findings.map((one) => textOf(one.field)),
      ...listOf(detection.threat_objects).map((one) => textOf(recordOf(one).field)),
    ]),
    requiredFields: textsOf(at("required_fields")),
    created: dateOf(detection.creation_date),
    modified: dateOf(detection.modification_date) ?? dateOf(detection.date),
  };
}

/** What a detection or story says under `name` at its top level, or else under `tags`. */
export function topOrTags(value: Untyped): (name: string) => unknown {
  const tags = recordOf(value.tags);
  return (name) => value[name] ?? tags[name];
}

/** The findings themselves and the entities that they score, as one flat list of maps. */
function findingsOf(detection: Untyped): readonly Untyped[] {
  return ["rba", "finding", "intermediate_findings"]
    .flatMap((name) => listOf(detection[name]))
    .map(recordOf)
    .flatMap((finding) => [
      finding,
      ...["risk_objects", "entity", "entities", "threat_objects"].flatMap((name) =>
        listOf(finding[name]).map(recordOf),
      ),
    ]);
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((one) => one !== ""))];
}
