import type { SigmaDocument, SigmaRule } from "../../languages/sigma/index.ts";
import type { LogSource, RuleDocument, RuleKind } from "../../rule/document.ts";
import { authorsOf } from "../authors.ts";
import { severityOf } from "../severity.ts";
import { dateOf, listOf, recordOf, textOf, textsOf } from "../untyped.ts";
import { attackTags, cvesOf } from "./tags.ts";

/** Top-level keys that have a place of their own in a rule document; all others are facts. */
const read: ReadonlySet<string> = new Set([
  "id",
  "title",
  "description",
  "status",
  "level",
  "author",
  "license",
  "date",
  "modified",
  "references",
  "falsepositives",
  "tags",
  "related",
  "simulation",
  "fields",
]);

type Metadata = Omit<RuleDocument, "id" | "raw" | "queries" | "diagnostics">;

/** What a Sigma document says about itself, everything but its id and its query. */
export function metadataOf(path: string, document: Exclude<SigmaDocument, { type: "unknown" }>): Metadata {
  const { metadata } = document;
  const tags = textsOf(metadata.tags);
  const logsource = "logsource" in document ? document.logsource : null;
  return {
    corpus: "sigma",
    path,
    title: textOf(metadata.title).trim() || (path.split("/").pop() ?? path),
    description: textOf(metadata.description).trim(),
    kind: kindOf(path, document),
    status: textOf(metadata.status),
    lifecycle: lifecycleOf(path),
    severity: severityOf(textOf(metadata.level)),
    riskScore: null,
    authors: listOf(metadata.author).flatMap((one) => authorsOf(textOf(one))),
    licence: textOf(metadata.license) || "DRL-1.1",
    created: dateOf(metadata.date),
    modified: dateOf(metadata.modified),
    references: textsOf(metadata.references),
    falsePositives: textsOf(metadata.falsepositives),
    tags,
    attack: attackTags(tags),
    cves: cvesOf(tags),
    related: listOf(metadata.related).flatMap((one) => {
      const { type, id } = recordOf(one);
      return textOf(id) === "" ? [] : [{ kind: textOf(type), id: textOf(id) }];
    }),
    simulations: listOf(metadata.simulation).flatMap((one) => {
      const { technique, atomic_guid } = recordOf(one);
      return textOf(atomic_guid) === ""
        ? []
        : [{ technique: textOf(technique).toUpperCase(), test: textOf(atomic_guid).toLowerCase() }];
    }),
    logSources: logSourcesOf(logsource),
    outputFields: textsOf(metadata.fields),
    sections: [],
    facts: factsOf(metadata, logsource),
    queryless: false,
    stages: [],
  };
}

function kindOf(path: string, document: SigmaDocument): RuleKind {
  if (document.type === "correlation" || document.type === "filter") return document.type;
  return path.startsWith("rules-threat-hunting/") ? "hunt" : "rule";
}

function lifecycleOf(path: string): RuleDocument["lifecycle"] {
  if (path.startsWith("deprecated/")) return "deprecated";
  return path.startsWith("unsupported/") ? "unsupported" : "active";
}

/** `windows/process_creation`, `aws/cloudtrail`: product, category and service as far as they are said. */
function logSourcesOf(logsource: SigmaRule["logsource"]): readonly LogSource[] {
  const entries = recordOf(logsource?.entries);
  const name = [entries.product, entries.category, entries.service].map(textOf).filter((one) => one !== "");
  return name.length === 0 ? [] : [{ kind: "logsource", name: name.join("/") }];
}

function factsOf(metadata: SigmaRule["metadata"], logsource: SigmaRule["logsource"]): Readonly<Record<string, string>> {
  const others = Object.entries(metadata).filter(([key]) => !read.has(key));
  const definition = textOf(recordOf(logsource?.entries).definition).trim();
  const facts = others.map(([key, value]) => [key.replaceAll("_", " "), factText(value)] as const);
  return Object.fromEntries(
    [...facts, ["log source definition", definition] as const].filter(([, value]) => value !== ""),
  );
}

function factText(value: unknown): string {
  const texts = textsOf(value);
  return texts.length > 0 ? texts.join(", ") : value === null ? "" : JSON.stringify(value);
}
