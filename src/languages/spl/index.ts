import type { Language } from "../language.ts";
import type { SplAst } from "./ast.ts";
import { lower } from "./lower.ts";
import { parse } from "./parser.ts";
import { print } from "./print.ts";

export type * from "./ast.ts";
export { lower, parse, print };

/** Splunk's Search Processing Language. */
export const spl: Language<SplAst> = { id: "spl", name: "SPL", parse, lower, print };
