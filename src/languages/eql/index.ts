import type { Language } from "../language.ts";
import type { Query } from "./ast.ts";
import { lower } from "./lower.ts";
import { parse } from "./parser.ts";
import { print } from "./print.ts";

export type * from "./ast.ts";
export { lower, parse, print };

/** Event Query Language of Elasticsearch and Elastic Security. */
export const eql: Language<Query> = { id: "eql", name: "EQL", parse, lower, print };
