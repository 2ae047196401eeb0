/** What a parameter takes. */
export type ParameterKind =
  /** One field or an array of fields, with or without quotes: they mean the same there. */
  | "fields"
  /** A name for a result. */
  | "name"
  /** A string, number or word, or an array of them. */
  | "value"
  /** An expression, in which quotes make a string and their absence a field. */
  | "expression"
  /** An aggregate function or an array of them. */
  | "aggregate"
  /** A query in braces, or an array of them. */
  | "query";

export interface CqlFunction {
  /** Lets events through or not, so it may stand among filters and be negated. */
  readonly filter?: true;
  /** Turns events into rows: no free text may follow. */
  readonly aggregate?: true;
  /** The parameter whose name may be left out. */
  readonly first?: string;
  readonly required: readonly string[];
  readonly parameters: Readonly<Record<string, ParameterKind>>;
}

/**
 * The functions that generated queries may call, with the parameters that their pages name
 * (library.humio.com/data-analysis/functions-filter.html, …/functions-aggregate.html,
 * …/functions-data-manipulation.html, …/functions-join-functions.html).
 */
export const functions: Readonly<Record<string, CqlFunction>> = {
  "array:contains": filter("array", ["array", "value"], { array: "fields", value: "value" }),
  "array:regex": filter("array", ["array", "regex"], { array: "fields", regex: "value", flags: "value" }),
  "array:exists": filter("array", ["array", "condition"], { array: "fields", condition: "query", var: "name" }),
  "objectArray:exists": filter("array", ["array", "condition"], { array: "fields", condition: "query", var: "name" }),
  cidr: filter("field", ["field"], {
    field: "fields",
    subnet: "value",
    file: "value",
    column: "value",
    negate: "value",
  }),
  in: filter("field", ["field", "values"], { field: "fields", values: "value", ignoreCase: "value" }),
  regex: filter("regex", ["regex"], {
    regex: "value",
    field: "fields",
    flags: "value",
    limit: "value",
    repeat: "value",
    strict: "value",
  }),
  wildcard: filter("pattern", ["pattern"], {
    pattern: "value",
    field: "fields",
    ignoreCase: "value",
    includeEverythingOnAsterisk: "value",
  }),
  test: filter("expression", ["expression"], { expression: "expression" }),
  "text:contains": filter("string", ["string", "substring"], { string: "expression", substring: "expression" }),
  "text:startsWith": filter("string", ["string", "substring"], { string: "expression", substring: "expression" }),
  "text:endsWith": filter("string", ["string", "substring"], { string: "expression", substring: "expression" }),
  selfJoinFilter: filter("field", ["field", "where"], { field: "fields", where: "query", prefilter: "value" }),
  match: filter("file", ["file", "field"], {
    file: "value",
    field: "fields",
    column: "value",
    include: "value",
    mode: "value",
    nrows: "value",
    strict: "value",
    glob: "value",
    ignoreCase: "value",
  }),

  avg: aggregate("field", ["field"], { field: "fields", as: "name" }),
  bucket: aggregate("span", [], {
    span: "value",
    field: "fields",
    function: "aggregate",
    buckets: "value",
    limit: "value",
    minSpan: "value",
    timezone: "value",
    unit: "value",
  }),
  collect: aggregate("fields", ["fields"], {
    fields: "fields",
    limit: "value",
    multival: "value",
    separator: "value",
  }),
  correlate: aggregate("query", [], {
    globalConstraints: "fields",
    includeConstraintValues: "value",
    includeMatchesOnceOnly: "value",
    iterationLimit: "value",
    jitterTolerance: "value",
    maxPerRoot: "value",
    root: "value",
    sequence: "value",
    sequenceBy: "fields",
    within: "value",
  }),
  count: aggregate("field", [], { field: "fields", as: "name", distinct: "value" }),
  groupBy: aggregate("field", ["field"], { field: "fields", function: "aggregate", limit: "value" }),
  head: aggregate("limit", [], { limit: "value" }),
  max: aggregate("field", ["field"], { field: "fields", as: "name", type: "value" }),
  min: aggregate("field", ["field"], { field: "fields", as: "name", type: "value" }),
  selectLast: aggregate("fields", ["fields"], { fields: "fields" }),
  slidingTimeWindow: aggregate("function", ["function", "span"], {
    function: "aggregate",
    span: "value",
    current: "value",
    timestampfield: "fields",
  }),
  sort: aggregate("field", [], {
    field: "fields",
    limit: "value",
    order: "value",
    reverse: "value",
    type: "value",
  }),
  stats: aggregate("function", [], { function: "aggregate" }),
  stdDev: aggregate("field", ["field"], { field: "fields", as: "name" }),
  sum: aggregate("field", ["field"], { field: "fields", as: "name" }),
  table: aggregate("fields", ["fields"], {
    fields: "fields",
    limit: "value",
    order: "value",
    reverse: "value",
    sortby: "fields",
    type: "value",
  }),
  tail: aggregate("limit", [], { limit: "value" }),
  top: aggregate("field", ["field"], {
    field: "fields",
    as: "name",
    error: "value",
    limit: "value",
    max: "fields",
    percent: "value",
    rest: "value",
    sum: "fields",
  }),

  coalesce: plain("expressions", ["expressions"], { expressions: "expression", as: "name", ignoreEmpty: "value" }),
  defineTable: plain("query", ["query", "name", "include"], {
    query: "query",
    name: "value",
    include: "fields",
    start: "value",
    end: "value",
    view: "value",
  }),
  drop: plain("fields", ["fields"], { fields: "fields" }),
  eval: { required: [], parameters: {} },
  getField: plain("source", ["source"], { source: "expression", as: "name" }),
  if: plain("condition", ["condition", "then", "else"], {
    condition: "expression",
    // biome-ignore lint/suspicious/noThenProperty: the parameter has this name
    then: "expression",
    else: "expression",
    as: "name",
  }),
  join: plain("query", ["query", "field"], {
    query: "query",
    field: "fields",
    key: "fields",
    include: "fields",
    limit: "value",
    live: "value",
    max: "value",
    mode: "value",
    repo: "value",
    start: "value",
    end: "value",
    view: "value",
  }),
  lower: plain("field", ["field"], { field: "fields", as: "name", locale: "value" }),
  now: plain("as", [], { as: "name" }),
  rename: plain("field", ["field"], { field: "fields", as: "name" }),
  setTimeInterval: plain("start", ["start"], { start: "value", end: "value", timezone: "value" }),
  select: plain("fields", ["fields"], { fields: "fields" }),
  splitString: plain("field", ["by"], { field: "fields", by: "value", as: "name", index: "value" }),
  upper: plain("field", ["field"], { field: "fields", as: "name", locale: "value" }),
};

function filter(first: string, required: readonly string[], parameters: CqlFunction["parameters"]): CqlFunction {
  return { filter: true, first, required, parameters };
}

function aggregate(first: string, required: readonly string[], parameters: CqlFunction["parameters"]): CqlFunction {
  return { aggregate: true, first, required, parameters };
}

function plain(first: string, required: readonly string[], parameters: CqlFunction["parameters"]): CqlFunction {
  return { first, required, parameters };
}

/** Null for what is none: `functions` has the properties of every object. */
export function functionCalled(name: string): CqlFunction | null {
  return Object.hasOwn(functions, name) ? (functions[name] ?? null) : null;
}

/**
 * Words that may not stand as free text without quotes
 * (library.humio.com/lql-grammar/reserved-words.html): every function, and the words of the grammar.
 */
export function isReserved(word: string): boolean {
  return functionCalled(word) !== null || /^(?:and|or|not|like|case|match|in|if)$/iu.test(word);
}
