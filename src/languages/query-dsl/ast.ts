import type { Span } from "../../kit/span.ts";
import type { JsonScalar, JsonValue } from "./json.ts";

export type JsonObject = Readonly<Record<string, JsonValue>>;

/** One Kibana filter: a query with what its pill says about it. A query without a pill around it has `meta: null`. */
export interface QueryDsl {
  readonly type: "filter";
  /** `meta.negate`: what the query matches is taken out. */
  readonly negate: boolean;
  /** `meta.disabled`: the filter is kept but does nothing. */
  readonly disabled: boolean;
  /** The pill's `meta` as it stands; null where there is none. */
  readonly meta: JsonObject | null;
  /** Further keys beside `meta` and the query, for instance `$state`. */
  readonly rest: JsonObject;
  readonly body: DslNode;
  readonly span: Span;
}

export type DslNode =
  | BoolQuery
  | FieldQuery
  | TermsQuery
  | RangeQuery
  | ExistsQuery
  | MatchAllQuery
  | WrapperQuery
  | UnknownQuery
  | DslError;

export interface BoolQuery {
  readonly type: "bool";
  readonly must: readonly DslNode[];
  readonly filter: readonly DslNode[];
  readonly should: readonly DslNode[];
  readonly mustNot: readonly DslNode[];
  /** As written; null where the default holds: 1 for a lone `should`, otherwise 0. */
  readonly minimumShouldMatch: JsonScalar;
  readonly options: JsonObject;
  readonly span: Span;
}

/** One field, one value: see the table in `queries.ts`. */
export interface FieldQuery {
  readonly type: "field";
  readonly query: FieldQueryName;
  readonly field: string;
  readonly value: JsonScalar;
  readonly options: JsonObject;
  readonly span: Span;
}

export type FieldQueryName =
  | "term"
  | "match"
  | "match_phrase"
  | "match_phrase_prefix"
  | "wildcard"
  | "prefix"
  | "regexp";

export interface TermsQuery {
  readonly type: "terms";
  readonly field: string;
  readonly values: readonly JsonScalar[];
  readonly options: JsonObject;
  readonly span: Span;
}

export interface RangeQuery {
  readonly type: "range";
  readonly field: string;
  readonly bounds: readonly { readonly name: RangeBound; readonly value: JsonScalar }[];
  readonly options: JsonObject;
  readonly span: Span;
}

export type RangeBound = "gt" | "gte" | "lt" | "lte";

export interface ExistsQuery {
  readonly type: "exists";
  readonly field: string;
  readonly options: JsonObject;
  readonly span: Span;
}

export interface MatchAllQuery {
  readonly type: "match_all";
  readonly options: JsonObject;
  readonly span: Span;
}

/** A query around others that decides about scores or places, and not about what matches: see `queries.ts`. */
export interface WrapperQuery {
  readonly type: "wrapper";
  readonly name: WrapperName;
  /** Any of them must match. */
  readonly queries: readonly DslNode[];
  readonly options: JsonObject;
  readonly span: Span;
}

export type WrapperName = "nested" | "constant_score" | "boosting" | "dis_max";

/** A query kind that is kept as it stands: `query_string`, `script` … */
export interface UnknownQuery {
  readonly type: "unknown";
  readonly name: string;
  readonly body: JsonValue;
  readonly span: Span;
}

/** Text that is no query. */
export interface DslError {
  readonly type: "error";
  /** The text is that of the whole filter, and not of the query in it. */
  readonly whole: boolean;
  readonly text: string;
  readonly span: Span;
}
