import type { Language } from "../language.ts";
import type { KueryNode } from "./ast.ts";
import { lower } from "./lower.ts";
import { parse } from "./parser.ts";
import { print } from "./print.ts";

export type * from "./ast.ts";
export { lower, parse, print };

/** Kibana Query Language. */
export const kuery: Language<KueryNode> = { id: "kuery", name: "KQL (Kibana)", parse, lower, print };
