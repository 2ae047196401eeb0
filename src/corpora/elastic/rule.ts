import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { span } from "../../kit/span.ts";
import type { AttackTag, LogSource, RuleDocument, RuleKind } from "../../rule/document.ts";
import { attackTag } from "../attack-tag.ts";
import { cvesOf } from "../cve.ts";
import { severityOf } from "../severity.ts";
import { dateOf, listOf, numberOf, recordOf, textOf, textsOf, type Untyped } from "../untyped.ts";
import { factsOf } from "./facts.ts";
import { openPlaces } from "./place.ts";
import { queriesOf } from "./queries.ts";
import { sectionsOf } from "./sections.ts";
import { stagesOf } from "./stages.ts";

const dataSourceTag = "Data Source:";
const attackFramework = "MITRE ATT&CK";

/** A detection rule or building block. Never throws, whatever the file holds. */
export function ruleDocument(path: string, raw: string, file: Untyped): RuleDocument {
  const rule = recordOf(file.rule);
  const metadata = recordOf(file.metadata);
  const id = textOf(rule.rule_id).trim();
  const queries = queriesOf(rule, openPlaces(raw));
  const stages = stagesOf(rule);
  const queryless = !queries.some((one) => one.role === "main");
  const tags = textsOf(rule.tags);
  const status = textOf(metadata.maturity);
  return {
    corpus: "elastic",
    id: id === "" ? path : id,
    path,
    title: textOf(rule.name).trim(),
    description: textOf(rule.description).trim(),
    kind: kindOf(path, rule),
    status,
    lifecycle: path.includes("/_deprecated/") || status === "deprecated" ? "deprecated" : "active",
    severity: severityOf(textOf(rule.severity)),
    riskScore: numberOf(rule.risk_score),
    authors: textsOf(rule.author),
    licence: textOf(rule.license),
    created: dateOf(metadata.creation_date),
    modified: dateOf(metadata.updated_date),
    references: textsOf(rule.references),
    falsePositives: textsOf(rule.false_positives),
    tags,
    attack: attackTags(rule),
    cves: cvesOf([textOf(rule.name), ...tags]),
    related: [],
    simulations: [],
    logSources: logSourcesOf(rule, metadata, tags),
    outputFields: textsOf(recordOf(rule.investigation_fields).field_names),
    sections: [...sectionsOf(textOf(rule.note), "Investigation guide"), ...sectionsOf(textOf(rule.setup), "Setup")],
    ...(textOf(rule.from) === "" ? {} : { lookBack: textOf(rule.from) }),
    facts: factsOf(rule, metadata),
    raw,
    queryless,
    queries,
    stages,
    diagnostics: problemsOf(id, queryless && stages.every((one) => one.type !== "anomaly")),
  };
}

function problemsOf(id: string, lacksQuery: boolean): readonly Diagnostic[] {
  const start = span(0, 0);
  return [
    ...(id === ""
      ? [diagnostic("elastic/missing-id", "warning", "A `rule_id` was expected; the path stands in for it.", start)]
      : []),
    ...(lacksQuery
      ? [diagnostic("elastic/missing-query", "warning", "A `query` or a machine-learning job was expected.", start)]
      : []),
  ];
}

function kindOf(path: string, rule: Untyped): RuleKind {
  return path.startsWith("rules_building_block/") || rule.building_block_type !== undefined ? "building_block" : "rule";
}

function attackTags(rule: Untyped): readonly AttackTag[] {
  const found = new Map<string, AttackTag>();
  const add = (framework: string, object: unknown): void => {
    const id = textOf(recordOf(object).id).trim();
    if (id === "" || found.has(id)) return;
    found.set(id, framework === attackFramework ? namedTag(id) : { kind: "other", id: id.toUpperCase(), written: id });
  };
  for (const threat of listOf(rule.threat).map(recordOf)) {
    const framework = textOf(threat.framework) || attackFramework;
    add(framework, threat.tactic);
    for (const technique of listOf(threat.technique)) {
      add(framework, technique);
      for (const part of listOf(recordOf(technique).subtechnique)) add(framework, part);
    }
  }
  return [...found.values()];
}

/** The tag of an id that may belong to another matrix (`AML.T0051`), which is kept in upper case. */
export function namedTag(id: string): AttackTag {
  const tag = attackTag(id);
  return tag.kind === "other" ? { ...tag, id: id.trim().toUpperCase() } : tag;
}

function logSourcesOf(rule: Untyped, metadata: Untyped, tags: readonly string[]): readonly LogSource[] {
  const sources = tags
    .filter((one) => one.startsWith(dataSourceTag))
    .map((one) => one.slice(dataSourceTag.length).trim());
  return [
    ...textsOf(rule.index).map((name) => ({ kind: "index", name })),
    ...textsOf(metadata.integration).map((name) => ({ kind: "integration", name })),
    ...sources.map((name) => ({ kind: "data_source", name })),
  ];
}
