import { diagnostic } from "../../kit/diagnostic.ts";
import { span } from "../../kit/span.ts";
import type { LogSource, RuleDocument, RuleKind } from "../../rule/document.ts";
import { attackTag } from "../attack-tag.ts";
import { listOf, recordOf, textOf, textsOf, type Untyped } from "../untyped.ts";
import type { YamlObject } from "../yaml-object.ts";
import { type DataSource, findDataSource } from "./data-sources.ts";
import { type DetectionMetadata, metadataOf } from "./layout.ts";
import { searchFaults, searchOf } from "./search-text.ts";

/** Types that are more than an alerting rule; all others (TTP, Anomaly, Baseline …) are rules. */
const kinds: ReadonlyMap<string, RuleKind> = new Map([
  ["hunting", "hunt"],
  ["correlation", "correlation"],
]);

const noId = diagnostic("splunk/no-id", "warning", "This rule has no id; its path stands for it.", span(0, 0));

const retired = new Set(["deprecated", "removed"]);

/** What other files of the collection say of the names in a detection. */
export interface DetectionContext {
  readonly dataSources: ReadonlyMap<string, DataSource>;
  readonly stories: ReadonlyMap<string, string>;
}

/** Can this map be a detection at all? */
export function isDetection(value: Untyped): boolean {
  return textOf(value.name).trim() !== "" && value.search !== undefined;
}

export function detectionOf(
  path: string,
  raw: string,
  object: YamlObject,
  { dataSources, stories }: DetectionContext,
): RuleDocument {
  const value = object.value;
  const metadata = metadataOf(value);
  const query = searchOf(object, raw);
  const id = textOf(value.id).trim();
  const status = textOf(value.status).trim();
  const implement = textOf(value.how_to_implement).trim();
  return {
    corpus: "splunk",
    id: id === "" ? path : id,
    path,
    title: textOf(value.name).trim(),
    description: textOf(value.description).trim(),
    kind: kinds.get(textOf(value.type).trim().toLowerCase()) ?? "rule",
    status,
    lifecycle: retired.has(status) || /(^|\/)(deprecated|removed)\//.test(path) ? "deprecated" : "active",
    severity: null,
    riskScore: metadata.riskScore,
    authors: authorsOf(textOf(value.author)),
    licence: "Apache-2.0",
    created: metadata.created,
    modified: metadata.modified,
    references: textsOf(value.references),
    falsePositives: textsOf(value.known_false_positives),
    tags: metadata.stories,
    attack: metadata.techniques.map((id) => attackTag(id)),
    cves: metadata.cves,
    related: [],
    // The collection names tests without saying which technique's file they stand in.
    simulations: metadata.atomicTests.map((test) => ({ technique: "", test })),
    logSources: logSourcesOf(value, dataSources),
    outputFields: metadata.entities,
    sections: implement === "" ? [] : [{ title: "How to implement", markdown: implement }],
    facts: factsOf(value, metadata, stories),
    raw,
    queryless: query === null,
    queries: query === null ? [] : [query],
    stages: [],
    diagnostics: [...(id === "" ? [noId] : []), ...object.diagnostics, ...searchFaults(object)],
  };
}

/** `A, B` is two people or a person and a firm; `Okta, Inc` is one firm. */
function authorsOf(author: string): readonly string[] {
  return author
    .split(/,(?! *(?:Inc|LLC|Ltd)\b)/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

/** `A AND B` needs both sources; each is listed for itself. Two rules of 2024 write `data_sources`. */
function logSourcesOf(value: Untyped, known: DetectionContext["dataSources"]): readonly LogSource[] {
  const written = [...listOf(value.data_source), ...listOf(value.data_sources)];
  const names = written
    .map((one) => textOf(one) || textOf(recordOf(one).name))
    .flatMap((one) => one.split(" AND "))
    .map((one) => one.trim())
    .filter((one) => one !== "");
  return [...new Set(names)].map((name) => {
    const attributes = findDataSource(known, name);
    return { kind: "data_source", name, ...(attributes === null ? {} : { attributes }) };
  });
}

function factsOf(
  value: Untyped,
  metadata: DetectionMetadata,
  stories: DetectionContext["stories"],
): Readonly<Record<string, string>> {
  const deprecation = recordOf(value.deprecation_info);
  const rows: readonly (readonly [string, string])[] = [
    ["Type", textOf(value.type).trim()],
    ["Version", textOf(value.version)],
    ["Analytic stories", metadata.stories.join(", ")],
    ...metadata.stories.map((name) => [`Story: ${name}`, stories.get(name) ?? ""] as const),
    ["Asset type", metadata.assetType],
    ["Security domain", metadata.securityDomain],
    ["Category", textOf(value.category).trim()],
    ["Products", metadata.products.join(", ")],
    ["Detection group", metadata.group.join(", ")],
    ["Confidence", textOf(metadata.confidence)],
    ["Impact", textOf(metadata.impact)],
    ["Finding", metadata.messages.join("\n")],
    ["Required fields", metadata.requiredFields.join(", ")],
    ["Drilldown searches", countOf(value.drilldown_searches)],
    ["Attack data tests", countOf(value.tests)],
    ["Reason for removal", textOf(deprecation.reason).trim()],
    ["Replaced by", textsOf(deprecation.replacement_content).join(", ")],
  ];
  return Object.fromEntries(rows.filter(([, text]) => text !== ""));
}

function countOf(value: unknown): string {
  const count = listOf(value).length;
  return count === 0 ? "" : String(count);
}
