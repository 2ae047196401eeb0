import type { FieldQueryName, RangeBound, WrapperName } from "./ast.ts";

/**
 * Queries of one field with one value: `{ name: { field: value } }` or `{ name: { field: { <valueKey>: value, … } } }`.
 * `alternatives` are older names of the value key. From the pages of the Elasticsearch reference on each query.
 */
export const fieldQueries: Readonly<
  Record<FieldQueryName, { readonly valueKey: string; readonly alternatives: readonly string[] }>
> = {
  term: { valueKey: "value", alternatives: ["term"] },
  match: { valueKey: "query", alternatives: [] },
  match_phrase: { valueKey: "query", alternatives: [] },
  match_phrase_prefix: { valueKey: "query", alternatives: [] },
  wildcard: { valueKey: "value", alternatives: ["wildcard"] },
  prefix: { valueKey: "value", alternatives: ["prefix"] },
  regexp: { valueKey: "value", alternatives: [] },
};

export const rangeBounds: readonly RangeBound[] = ["gt", "gte", "lt", "lte"];

/** Keys of `bool`, and where their queries go. `must_not` takes out, `filter` and `must` differ in scoring alone. */
export const boolClauses = { must: "must", filter: "filter", should: "should", must_not: "mustNot" } as const;

/**
 * Queries around others, and the key of those that decide what matches: `boosting` lowers the score of what its
 * `negative` query matches and `dis_max` takes the best score of its queries, one of which must match.
 */
export const wrapperQueries: Readonly<Record<WrapperName, string>> = {
  nested: "query",
  constant_score: "filter",
  boosting: "positive",
  dis_max: "queries",
};

/** Queries that Elasticsearch has and that are kept as text (of `terms`, the lookup form); any other name is reported. */
export const keptQueries: ReadonlySet<string> = new Set([
  "combined_fields",
  "function_score",
  "fuzzy",
  "geo_bounding_box",
  "geo_distance",
  "geo_shape",
  "has_child",
  "has_parent",
  "ids",
  "intervals",
  "match_bool_prefix",
  "match_none",
  "more_like_this",
  "multi_match",
  "query_string",
  "script",
  "simple_query_string",
  "terms",
  "terms_set",
]);
