import type { RuleDocument } from "./document.ts";

/** A rule of which nothing is known but what is given: a query that came alone, or a case of a test. */
export function bareDocument(
  known: Partial<RuleDocument> & Pick<RuleDocument, "corpus" | "id" | "path" | "title">,
): RuleDocument {
  return {
    description: "",
    kind: "rule",
    status: "",
    lifecycle: "active",
    severity: null,
    riskScore: null,
    authors: [],
    licence: "",
    created: null,
    modified: null,
    references: [],
    falsePositives: [],
    tags: [],
    attack: [],
    cves: [],
    related: [],
    simulations: [],
    logSources: [],
    outputFields: [],
    sections: [],
    facts: {},
    raw: "",
    queryless: false,
    queries: [],
    stages: [],
    diagnostics: [],
    ...known,
  };
}
