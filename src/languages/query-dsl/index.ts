import type { Language } from "../language.ts";
import type { QueryDsl } from "./ast.ts";
import { lower } from "./lower.ts";
import { parse } from "./parser.ts";
import { print } from "./print.ts";

export type * from "./ast.ts";
export type { JsonScalar, JsonValue } from "./json.ts";
export { lower, parse, print };

/** Elasticsearch query DSL, as Kibana filters hold it. */
export const queryDsl: Language<QueryDsl> = { id: "query-dsl", name: "Elasticsearch query DSL", parse, lower, print };
