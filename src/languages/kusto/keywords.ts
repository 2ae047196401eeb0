/**
 * How a word of the language may serve as a name, after Microsoft's own parser (Kusto.Language, MIT): its keywords are
 * told from names by their exact spelling. A name in `['…']` may be any text.
 */
export type WordClass = "name" | "soft" | "alias" | "reserved";

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((one) => one !== "");
}

/** Keywords that are names wherever a name may stand. */
const soft = words(`
  access alias bin consume count database declare default distinct entity_group evaluate extend dataformat
  inline_external_table datetime_pattern facet filter fork from getschema edges id best_effort join let limit lookup
  mvapply mvexpand nodes null nulls on optional order output pack parse __partitionby partition pattern plotly graph
  query_parameters range reduce regex render restrict scan serialize sort step summarize take top typeof uuid view with
  with_node_id bool guid
`);

/** Keywords that are names only where something is named: before `=` or `:`. */
const alias = words(`
  accumulate as by contains datatable earliest externaldata find has in invoke latest materialize mdm of print sample
  sample-distinct search set sql title to toscalar totable top-nested top-hitters verbose viewers where
`);

/** All others; type names among them. */
const reserved = words(`
  __crossCluster __crossDB __id __isFuzzy __noWithSource __packedColumn __sourceColumnIndex 3Dchart and anomalychart
  areachart asc assert-schema bagexpansion barchart between bin_legacy cachingpolicy callout cancel card columnchart
  commands-and-queries containscs contains_cs __contextual_datatable cycles dataexport datascope decodeblocks desc
  encodingpolicy endswith endswith_cs __executeAndCache expandoutput extent_tags_retention external_data first flags
  granny-asc granny-desc graph-match graph-shortest-paths graph-to-table harddelete hardretention has_any has_all has_cs
  hasprefix hasprefix_cs hassuffix hassuffix_cs hint.concurrency hint.distribution hint.materialized
  hint.num_partitions hint.shufflekey hint.spread hint.remote hint.strategy hint.progressive_top hotcache in~ isfuzzy
  force_remote journal kind ladderchart last like likecs linechart macro-expand make-graph graph-mark-components
  graph-where-nodes graph-where-edges make-series materialized-view-combine materialized-views missing mv-apply
  mv-expand nooptimization notcontains notcontainscs notlike notlikecs or others parse-where parse-kv partitioned-by
  pathformat piechart pivotchart project project-away project-by-names __projectAway project-keep project-rename
  project-reorder project-smart queries query_results relaxed restricted_view_access row_level_security rowstore
  rowstore_references rowstore_sealinfo rowstorepolicy rowstores scatterchart seal seals set-or-append set-or-replace
  shards simple softdelete softretention stackedareachart startswith startswith_cs statistics
  storedqueryresultcontainers tablepurge timechart timeline timepivot treemap union unrestrictedviewers views
  with_itemindex with_match_id with_source with_step_name withsource writeaheadlog boolean int8 char uint8 byte int16
  uint16 int int32 uint uint32 long int64 ulong uint64 float real decimal double string time timespan date datetime
  uniqueid dynamic
`);

const classes: ReadonlyMap<string, WordClass> = new Map([
  ...soft.map((word) => [word, "soft"] as const),
  ...alias.map((word) => [word, "alias"] as const),
  ...reserved.map((word) => [word, "reserved"] as const),
]);

const booleans: ReadonlySet<string> = new Set(["true", "True", "TRUE", "false", "False", "FALSE"]);

export function isBoolean(word: string): boolean {
  return booleans.has(word);
}

export function wordClass(word: string): WordClass {
  return classes.get(word) ?? "name";
}

/** Reserved words that stand for a column all the same where an expression begins. */
export const columnWords: ReadonlySet<string> = new Set(["kind", "withsource", "with_source"]);

/** Keywords that are called like functions. */
export const callableWords: ReadonlySet<string> = new Set(["materialize", "toscalar", "totable"]);

/** Types of a column, with their other names. */
export const typeNames: ReadonlySet<string> = new Set(
  words(`
    bool boolean date datetime decimal double dynamic float guid int int16 int32 int64 int8 long real string time
    timespan uint uint16 uint32 uint64 uint8 ulong uniqueid
  `),
);

/** Keywords of several words or signs, by their first word, the longest first: a lexer takes them whole. */
export const compoundWords: ReadonlyMap<string, readonly string[]> = compounds();

function compounds(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const word of classes.keys()) {
    const [first = ""] = /^[A-Za-z_]+/.exec(word) ?? [];
    if (first.length < word.length && first !== "" && !/^\w+$/.test(word))
      found.set(first, [...(found.get(first) ?? []), word]);
  }
  for (const list of found.values()) list.sort((a, b) => b.length - a.length);
  return found;
}

/** Operators that begin with `!`. */
export const negatedWords: ReadonlySet<string> = new Set(
  words(`
    !between !contains !contains_cs !endswith !endswith_cs !has !has_cs !hasprefix !hasprefix_cs !hassuffix
    !hassuffix_cs !in !in~ !startswith !startswith_cs
  `),
);
