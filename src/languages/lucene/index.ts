import type { Language } from "../language.ts";
import type { LuceneQuery } from "./ast.ts";
import { lower } from "./lower.ts";
import { parse } from "./parser.ts";
import { print } from "./print.ts";

export type * from "./ast.ts";
export { lower, parse, print };

/** Query strings of Lucene's classic parser, as Elasticsearch reads them. */
export const lucene: Language<LuceneQuery> = { id: "lucene", name: "Lucene", parse, lower, print };
