import type { Language } from "../language.ts";
import type { Query } from "./ast.ts";
import { lower } from "./lower.ts";
import { parse } from "./parser.ts";
import { print } from "./print.ts";

export type * from "./ast.ts";
export { lower, parse, print };

/** The Elasticsearch Query Language. */
export const esql: Language<Query> = { id: "esql", name: "ES|QL", parse, lower, print };
