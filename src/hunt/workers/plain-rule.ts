import type { AnalysedRule } from "../../languages/analyse.ts";

/** What matching needs of a rule, as data that can be sent to another thread: texts and parse trees stay behind. */
export function plainRule(rule: AnalysedRule): AnalysedRule {
  const queries = rule.queries.map((one) => {
    const { parsed: _, ...query } = one.query;
    return { ...one, query: { ...query, text: "" }, logic: { stages: [] }, diagnostics: [] };
  });
  const document = { ...rule.document, raw: "", description: "", sections: [], queries: [], diagnostics: [] };
  return { ...rule, document, queries };
}
