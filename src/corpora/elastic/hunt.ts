import { diagnostic } from "../../kit/diagnostic.ts";
import { span } from "../../kit/span.ts";
import type { RuleDocument, RuleQuery } from "../../rule/document.ts";
import { cvesOf } from "../cve.ts";
import { listOf, recordOf, textOf, textsOf, type Untyped } from "../untyped.ts";
import { huntQuery } from "./language.ts";
import { openPlaces } from "./place.ts";
import { namedTag } from "./rule.ts";

/** A hunt: several queries, each of which is run by itself. Hunts have no dates and no severity. */
export function huntDocument(path: string, raw: string, file: Untyped): RuleDocument {
  const hunt = recordOf(file.hunt);
  const id = textOf(hunt.uuid).trim();
  const title = textOf(hunt.name).trim();
  const notes = textsOf(hunt.notes);
  const languages = textsOf(hunt.language);
  const queries = queriesOf(raw, hunt, languages);
  return {
    corpus: "elastic",
    id: id === "" ? path : id,
    path,
    title,
    description: textOf(hunt.description).trim(),
    kind: "hunt",
    status: "",
    lifecycle: "active",
    severity: null,
    riskScore: null,
    authors: textsOf(hunt.author),
    licence: textOf(hunt.license),
    created: null,
    modified: null,
    references: textsOf(hunt.references),
    falsePositives: [],
    tags: [],
    attack: textsOf(hunt.mitre).map(namedTag),
    cves: cvesOf([title]),
    related: [],
    simulations: [],
    logSources: textsOf(hunt.integration).map((name) => ({ kind: "integration", name })),
    outputFields: [],
    sections: notes.length === 0 ? [] : [{ title: "Notes", markdown: notes.map((one) => `- ${one}`).join("\n") }],
    facts: languages.length === 0 ? {} : { Languages: languages.join(", ") },
    raw,
    queryless: queries.length === 0,
    queries,
    stages: [],
    diagnostics:
      id === ""
        ? [diagnostic("elastic/missing-id", "warning", "A `uuid` was expected; the path stands in for it.", span(0, 0))]
        : [],
  };
}

function queriesOf(raw: string, hunt: Untyped, languages: readonly string[]): readonly RuleQuery[] {
  const written = listOf(hunt.query)
    .map(textOf)
    .filter((one) => one.trim() !== "")
    .map((text) => huntQuery(text, languages));
  const places = openPlaces(raw).ofItems(
    "query",
    written.map((one) => one.text),
  );
  return written.map(({ language, text }, index) => ({
    role: "main",
    language,
    text,
    ...(places[index] ?? { offset: null, line: 1 }),
  }));
}
