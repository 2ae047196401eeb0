import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { span } from "../../kit/span.ts";
import type { AttackTag, LogSource, RuleDocument, RuleQuery } from "../../rule/document.ts";
import { addressesIn } from "../addresses.ts";
import { attackTag } from "../attack-tag.ts";
import { cvesOf } from "../cve.ts";
import { severityOf } from "../severity.ts";
import { dateOf, listOf, recordOf, textOf, textsOf, type Untyped } from "../untyped.ts";
import { textPlace, textStart, type YamlObject } from "../yaml-object.ts";
import { factsOf } from "./facts.ts";
import { outputColumns } from "./outputs.ts";
import { triggerOf } from "./trigger.ts";

/** Keys that only an analytic rule has: a hunting query has a query and metadata alone. */
const analyticKeys = ["severity", "queryFrequency", "triggerOperator", "kind"] as const;

/** Kinds of rules that Microsoft's own logic runs, so that they have no query. */
const queryless: ReadonlySet<string> = new Set([
  "Fusion",
  "MLBehaviorAnalytics",
  "MicrosoftSecurityIncidentCreation",
  "ThreatIntelligence",
]);

/** Keys of which a rule or hunting query has at least one besides its name. */
const markingKeys = [...analyticKeys, "query", "tactics", "relevantTechniques", "requiredDataConnectors"] as const;

/** Can this map be an analytic rule or a hunting query at all? */
export function isRule(value: Untyped): boolean {
  return textOf(value.name).trim() !== "" && markingKeys.some((key) => value[key] !== undefined);
}

/** Where a rule has moved into a solution, a note with its id, name and new address is left behind in the old place. */
export function isMovedNote(value: Untyped): boolean {
  return !isRule(value) && textOf(value.id) !== "" && /\bmoved to\b/iu.test(textOf(value.description));
}

/** An analytic rule or hunting query. Never throws, whatever the file holds. */
export function ruleDocument(path: string, raw: string, object: YamlObject): RuleDocument {
  const { value } = object;
  const metadata = recordOf(value.metadata);
  const id = textOf(value.id).trim();
  const title = textOf(value.name).trim();
  const description = unquoted(textOf(value.description));
  const detail = unquoted(textOf(value["description-detailed"]));
  const query = queryOf(object, raw);
  const status = textOf(value.status).trim();
  const trigger = triggerOf(value);
  return {
    corpus: "sentinel",
    id: id === "" ? path : id,
    path,
    title,
    description,
    kind: analyticKeys.some((key) => value[key] !== undefined) ? "rule" : "hunt",
    status,
    lifecycle: isDeprecated(path, title, status) ? "deprecated" : "active",
    severity: severityOf(textOf(value.severity)),
    riskScore: null,
    authors: textsOf(recordOf(metadata.author).name),
    licence: "MIT",
    created: dateOf(value.createdDateUTC),
    modified: dateOf(value.lastUpdatedDateUTC),
    references: addressesIn(`${description}\n${detail}`),
    falsePositives: [],
    tags: listOf(value.tags).flatMap(tagTexts),
    attack: attackTags(value),
    cves: cvesOf([title, description]),
    related: [],
    simulations: [],
    logSources: listOf(value.requiredDataConnectors).map(recordOf).flatMap(connector),
    outputFields: outputColumns(value),
    sections: detail === "" ? [] : [{ title: "Detailed description", markdown: detail }],
    facts: factsOf(path, value),
    raw,
    queryless: query === null,
    queries: query === null ? [] : [query],
    stages: trigger.stages,
    diagnostics: [
      ...object.diagnostics,
      ...(id === "" ? [warning("sentinel/missing-id", "An `id` was expected; the path stands in for it.")] : []),
      ...queryProblems(object, query),
      ...trigger.diagnostics,
    ],
  };
}

function warning(code: string, message: string): Diagnostic {
  return diagnostic(code, "warning", message, span(0, 0));
}

function queryOf(object: YamlObject, raw: string): RuleQuery | null {
  const text = object.value.query;
  if (typeof text !== "string" || text.trim() === "") return null;
  return { role: "main", language: "kusto", text, ...textPlace(object, raw, "query", text) };
}

function queryProblems(object: YamlObject, query: RuleQuery | null): readonly Diagnostic[] {
  const { query: written, kind } = object.value;
  if (query !== null || queryless.has(textOf(kind).trim())) return [];
  if (written === undefined || written === null || typeof written === "string") {
    return [warning("sentinel/missing-query", "A `query` was expected.")];
  }
  const start = textStart(object, "query");
  return [diagnostic("sentinel/query-not-text", "error", "The query of a rule must be a text.", span(start, start))];
}

/** Many descriptions are a quoted text inside of a block, which keeps the quotes. */
function unquoted(text: string): string {
  const trimmed = text.trim();
  const quote = trimmed[0];
  const paired = trimmed.length > 1 && (quote === "'" || quote === '"') && trimmed.endsWith(quote);
  return paired ? trimmed.slice(1, -1).trim() : trimmed;
}

/** Nothing but names, folders and the status say that a rule is kept for those alone who already run it. */
function isDeprecated(path: string, title: string, status: string): boolean {
  return (
    /^deprecated$/iu.test(status) || /^[[(]deprecated[\])]/iu.test(title) || /(?:^|\/)deprecated[^/]*\//iu.test(path)
  );
}

/** A tag is a text, or a map such as that of the schema which a query normalises to. */
function tagTexts(tag: unknown): readonly string[] {
  const text = textOf(tag).trim();
  if (text !== "") return [text];
  return Object.entries(recordOf(tag)).map(([key, value]) => `${key}: ${textOf(value)}`);
}

/** Tactics are written as one word each (`CommandAndControl`); templates and deployed rules name techniques differently. */
function attackTags(value: Untyped): readonly AttackTag[] {
  const tactics = textsOf(value.tactics).map((written): AttackTag => {
    const id = written.replace(/(?<=[a-z])(?=[A-Z])/gu, "-").replace(/\s+/gu, "-");
    return { kind: "tactic", id: id.toLowerCase(), written };
  });
  const techniques = ["relevantTechniques", "techniques", "subTechniques"].flatMap((key) => textsOf(value[key]));
  const tags = [...tactics, ...techniques.map((id) => attackTag(id))];
  return [...new Map(tags.map((one) => [one.id, one])).values()];
}

function connector(written: Untyped): readonly LogSource[] {
  const name = textOf(written.connectorId).trim();
  if (name === "") return [];
  const tables = textsOf(written.dataTypes).join(", ");
  return [{ kind: "connector", name, ...(tables === "" ? {} : { attributes: { tables } }) }];
}
