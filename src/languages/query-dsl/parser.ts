import { collectDiagnostics, type Diagnostic, diagnostic, tooLong } from "../../kit/diagnostic.ts";
import { type Span, span } from "../../kit/span.ts";
import type { ParseResult } from "../language.ts";
import type { DslNode, FieldQueryName, JsonObject, QueryDsl, WrapperName } from "./ast.ts";
import { type JsonNode, type JsonScalar, plain, readJson } from "./json.ts";
import { boolClauses, fieldQueries, keptQueries, rangeBounds, wrapperQueries } from "./queries.ts";

type ObjectNode = Extract<JsonNode, { type: "object" }>;

interface Reader {
  readonly text: string;
  readonly report: (code: string, severity: "error" | "warning" | "info", message: string, at: Span) => void;
}

/**
 * Parses one filter as JSON: `{ meta, query }`, a legacy pill with its query beside `meta` (`{ meta, exists }`), or a
 * bare query. Never throws.
 */
export function parse(text: string): ParseResult<QueryDsl> {
  const whole = span(0, text.length);
  const failed = (found: readonly Diagnostic[]): ParseResult<QueryDsl> => ({
    ast: {
      type: "filter",
      negate: false,
      disabled: false,
      meta: null,
      rest: {},
      body: { type: "error", whole: true, text, span: whole },
      span: whole,
    },
    diagnostics: found,
  });
  const refusal = tooLong("query-dsl", text);
  if (refusal !== null) return failed([refusal]);
  const json = readJson(text);
  if (json.node === null) return failed(json.diagnostics);
  if (json.node.type !== "object") {
    return failed([diagnostic("query-dsl/not-an-object", "error", "A filter in braces was expected.", json.node.span)]);
  }
  const problems = collectDiagnostics("query-dsl");
  const reader: Reader = {
    text,
    report: (code, severity, message, at) => problems.add(diagnostic(code, severity, message, at)),
  };
  return { ast: readFilter(reader, json.node), diagnostics: problems.all() };
}

function readFilter(reader: Reader, node: ObjectNode): QueryDsl {
  const metaNode = node.entries.get("meta");
  const meta = metaNode?.type === "object" ? objectOf(metaNode) : null;
  const inner = node.entries.get("query");
  const legacy = [...node.entries].find(([key]) => isQueryName(key));
  const used = inner !== undefined ? "query" : legacy?.[0];
  const rest = [...node.entries].filter(([key]) => key !== used && !(key === "meta" && meta !== null));
  if (meta?.disabled === true) {
    reader.report(
      "query-dsl/disabled",
      "info",
      "This filter is disabled and changes nothing.",
      metaNode?.span ?? node.span,
    );
  }
  return {
    type: "filter",
    negate: meta?.negate === true,
    disabled: meta?.disabled === true,
    meta,
    rest: Object.fromEntries(rest.map(([key, value]) => [key, plain(value)])),
    body:
      inner !== undefined
        ? readQuery(reader, inner)
        : legacy !== undefined
          ? readNamed(reader, legacy[0], legacy[1])
          : unreadable(reader, node.span, "A `query` was expected in this filter.", true),
    span: node.span,
  };
}

function isFieldQuery(name: string): name is FieldQueryName {
  return Object.hasOwn(fieldQueries, name);
}

function isQueryName(key: string): boolean {
  if (isFieldQuery(key) || isWrapper(key) || keptQueries.has(key)) return true;
  return ["bool", "terms", "range", "exists", "match_all"].includes(key);
}

function isWrapper(name: string): name is WrapperName {
  return Object.hasOwn(wrapperQueries, name);
}

function readQuery(reader: Reader, node: JsonNode): DslNode {
  const [only] = node.type === "object" ? node.entries : [];
  if (node.type !== "object" || only === undefined)
    return unreadable(reader, node.span, "A query in braces was expected.");
  if (node.entries.size > 1) return unreadable(reader, node.span, "One query name was expected, not several.");
  return readNamed(reader, only[0], only[1], node.span);
}

function unreadable(reader: Reader, at: Span, message: string, whole = false): DslNode {
  reader.report("query-dsl/not-a-query", "error", message, at);
  return { type: "error", whole, text: reader.text.slice(at.start, at.end), span: at };
}

function readNamed(reader: Reader, name: string, body: JsonNode, at = body.span): DslNode {
  if (name === "bool" && body.type === "object") return readBool(reader, body, at);
  if (name === "match_all" && body.type === "object") return { type: "match_all", options: objectOf(body), span: at };
  if (isFieldQuery(name)) return readField(reader, name, body, at);
  if (isWrapper(name)) return readWrapper(reader, name, body, at);
  if (name === "terms") return readTerms(reader, body, at);
  if (name === "range") return readRange(reader, body, at);
  if (name === "exists") return readExists(reader, body, at);
  if (!keptQueries.has(name)) {
    reader.report("query-dsl/unknown-query", "error", "The name of an Elasticsearch query was expected.", at);
  }
  return { type: "unknown", name, body: plain(body), span: at };
}

function readBool(reader: Reader, body: ObjectNode, at: Span): DslNode {
  const clauses: Record<(typeof boolClauses)[keyof typeof boolClauses], readonly DslNode[]> = {
    must: [],
    filter: [],
    should: [],
    mustNot: [],
  };
  const options: [string, JsonNode][] = [];
  let minimumShouldMatch: JsonScalar = null;
  for (const [key, value] of body.entries) {
    if (isClause(key))
      clauses[boolClauses[key]] = (value.type === "array" ? value.items : [value]).map((one) => readQuery(reader, one));
    else if (key === "minimum_should_match" && value.type === "scalar") minimumShouldMatch = value.value;
    else options.push([key, value]);
  }
  if (clauses.should.length > 0 && minimumShouldMatch === null && clauses.must.length + clauses.filter.length > 0) {
    reader.report(
      "query-dsl/optional-should",
      "info",
      "Beside `must` or `filter`, this `should` changes scores and not what matches.",
      at,
    );
  }
  return { type: "bool", ...clauses, minimumShouldMatch, options: optionsOf(options), span: at };
}

function readWrapper(reader: Reader, name: WrapperName, body: JsonNode, at: Span): DslNode {
  const key = wrapperQueries[name];
  const inner = body.type === "object" ? body.entries.get(key) : undefined;
  if (body.type !== "object" || inner === undefined) {
    return unreadable(reader, at, `A query was expected at \`${key}\` in \`${name}\`.`);
  }
  const queries = name === "dis_max" && inner.type === "array" ? inner.items : [inner];
  return {
    type: "wrapper",
    name,
    queries: queries.map((one) => readQuery(reader, one)),
    options: optionsOf([...body.entries].filter(([one]) => one !== key)),
    span: at,
  };
}

function isClause(key: string): key is keyof typeof boolClauses {
  return Object.hasOwn(boolClauses, key);
}

/** The one field of a query, beside which only options may stand. */
function fieldOf(body: JsonNode): { field: string; value: JsonNode; options: JsonObject } | null {
  if (body.type !== "object") return null;
  const own = ([key]: readonly [string, JsonNode]): boolean => key === "boost" || key === "_name";
  const [entry, ...others] = [...body.entries].filter((one) => !own(one));
  if (entry === undefined || others.length > 0) return null;
  return { field: entry[0], value: entry[1], options: optionsOf([...body.entries].filter(own)) };
}

function readField(reader: Reader, query: FieldQueryName, body: JsonNode, at: Span): DslNode {
  const expected = `One field with one value was expected in \`${query}\`.`;
  const found = fieldOf(body);
  if (found === null) return unreadable(reader, at, expected);
  const { field, value } = found;
  if (value.type === "scalar")
    return { type: "field", query, field, value: value.value, options: found.options, span: at };
  if (value.type === "array") return unreadable(reader, at, expected);
  const { valueKey, alternatives } = fieldQueries[query];
  const key = [valueKey, ...alternatives].find((one) => value.entries.has(one));
  const inner = key === undefined ? undefined : value.entries.get(key);
  if (inner?.type !== "scalar") return unreadable(reader, at, expected);
  const options = { ...optionsOf([...value.entries].filter(([one]) => one !== key)), ...found.options };
  return { type: "field", query, field, value: inner.value, options, span: at };
}

function readTerms(reader: Reader, body: JsonNode, at: Span): DslNode {
  const found = fieldOf(body);
  if (found?.value.type === "object") return { type: "unknown", name: "terms", body: plain(body), span: at };
  const items = found?.value.type === "array" ? found.value.items : [];
  const values = items.filter((one) => one.type === "scalar");
  if (found === null || found.value.type !== "array" || values.length < items.length) {
    return unreadable(reader, at, "One field with a list of values was expected in `terms`.");
  }
  return {
    type: "terms",
    field: found.field,
    values: values.map((one) => one.value),
    options: found.options,
    span: at,
  };
}

function readRange(reader: Reader, body: JsonNode, at: Span): DslNode {
  const found = fieldOf(body);
  if (found?.value.type !== "object")
    return unreadable(reader, at, "One field with its bounds was expected in `range`.");
  const bounds: { name: (typeof rangeBounds)[number]; value: JsonScalar }[] = [];
  const options: [string, JsonNode][] = [];
  for (const [key, value] of found.value.entries) {
    const name = rangeBounds.find((one) => one === key);
    if (name !== undefined && value.type === "scalar") bounds.push({ name, value: value.value });
    else options.push([key, value]);
  }
  return { type: "range", field: found.field, bounds, options: { ...optionsOf(options), ...found.options }, span: at };
}

function readExists(reader: Reader, body: JsonNode, at: Span): DslNode {
  const field = body.type === "object" ? body.entries.get("field") : undefined;
  if (body.type !== "object" || field?.type !== "scalar" || typeof field.value !== "string") {
    return unreadable(reader, at, "A `field` was expected in `exists`.");
  }
  return {
    type: "exists",
    field: field.value,
    options: optionsOf([...body.entries].filter(([key]) => key !== "field")),
    span: at,
  };
}

function objectOf(node: ObjectNode): JsonObject {
  return optionsOf([...node.entries]);
}

function optionsOf(entries: readonly (readonly [string, JsonNode])[]): JsonObject {
  return Object.fromEntries(entries.map(([key, value]) => [key, plain(value)]));
}
