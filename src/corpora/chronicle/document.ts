import { diagnostic } from "../../kit/diagnostic.ts";
import { span } from "../../kit/span.ts";
import type { Rule } from "../../languages/yara-l/index.ts";
import type { RuleDocument, RuleQuery, Severity } from "../../rule/document.ts";
import { addressesIn } from "../addresses.ts";
import { authorsOf } from "../authors.ts";
import { cvesOf } from "../cve.ts";
import { severityOf } from "../severity.ts";
import { dateOf } from "../untyped.ts";
import { type Meta, openMeta } from "./meta.ts";
import { attackKeys, attackTags } from "./techniques.ts";

/** Keys that have a place of their own in a rule document; all others are facts. */
const known: ReadonlySet<string> = new Set([
  ...attackKeys,
  "rule_id",
  "rule_name",
  "name",
  "description",
  "severity",
  "author",
  "license",
  "created",
  "date",
  "updated",
  "modified",
  "reference",
  "references",
  "false_positives",
  "falsepositives",
  "tags",
  "sigma_uuid",
  "data_source",
  "log_source",
  "assumption",
  "assumptions",
]);

/** Where Sigma's licence stands that rules made from Sigma's name. */
const sigmaLicence = "/SigmaHQ/Detection-Rule-License/";

/** One rule of a file. Never throws, whatever its meta holds. */
export function ruleDocument(path: string, raw: string, rule: Rule, query: RuleQuery): RuleDocument {
  const meta = openMeta(rule.meta);
  const id = meta.text("rule_id");
  const title = meta.text("rule_name", "name") || rule.name || fileName(path);
  const description = meta.text("description");
  const assumptions = meta.values("assumption", "assumptions");
  const start = span(query.offset ?? 0, query.offset ?? 0);
  return {
    corpus: "chronicle",
    id: id || rule.name || path,
    path,
    title,
    description,
    kind: meta.text("type").toLowerCase() === "hunt" ? "hunt" : "rule",
    status: "",
    lifecycle: /(?:^|\/)_?deprecated\//iu.test(path) ? "deprecated" : "active",
    severity: severityIn(meta.text("severity")),
    riskScore: riskScoreOf(rule),
    authors: meta.values("author").flatMap(authorsOf),
    licence: licenceIn(meta.text("license")),
    created: dateOf(meta.text("created", "date")),
    modified: dateOf(meta.text("updated", "modified")),
    references: referencesOf(meta),
    falsePositives: meta.values("false_positives", "falsepositives"),
    tags: meta.list("tags"),
    attack: attackTags(meta),
    cves: cvesOf([title, description, ...meta.values("reference", "references", "tags")]),
    related: meta.list("sigma_uuid").map((one) => ({ kind: "made from Sigma", id: one })),
    simulations: [],
    logSources: meta.list("data_source", "log_source").map((name) => ({ kind: "data_source", name })),
    outputFields: rule.outcome.map((one) => one.name),
    sections: assumptions.length === 0 ? [] : [{ title: "Assumptions", markdown: assumptions.join("\n\n") }],
    facts: Object.fromEntries(meta.others(known).map(([key, value]) => [label(key), value])),
    raw,
    queryless: false,
    queries: [query],
    stages: [],
    diagnostics:
      id === ""
        ? [
            diagnostic(
              "chronicle/missing-id",
              "info",
              "A `rule_id` was expected in the meta section; the rule's name stands in for it.",
              start,
              "Add a rule_id to the meta section.",
            ),
          ]
        : [],
  };
}

function severityIn(written: string): Severity | null {
  return written.toLowerCase() === "info" ? "informational" : severityOf(written);
}

function licenceIn(written: string): string {
  if (written === "") return "Apache-2.0";
  return written.includes(sigmaLicence) ? "DRL-1.1" : written;
}

/** `$risk_score = 35` or `max(35)` of the outcome; null where it depends on the events. */
function riskScoreOf(rule: Rule): number | null {
  const value = rule.outcome.find((one) => one.name === "risk_score")?.value;
  const [only, ...others] = value?.type === "call" && value.name === "max" ? value.arguments : [value];
  return only?.type === "number" && others.length === 0 ? only.value : null;
}

/** Addresses, and what else a reference says in words. */
function referencesOf(meta: Meta): readonly string[] {
  const found = meta.values("reference", "references").flatMap((one) => {
    const addresses = addressesIn(one);
    return addresses.length === 0 ? [one] : addresses;
  });
  return [...new Set(found)];
}

/** `mitre_attack_version` is shown as `Mitre attack version`. */
function label(key: string): string {
  const words = key.replaceAll("_", " ").trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function fileName(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.yara-?l$/iu, "");
}
