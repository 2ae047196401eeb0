import type { Language } from "../language.ts";
import type { Document } from "./ast.ts";
import { lower } from "./lower.ts";
import { parse } from "./parser.ts";
import { print } from "./print.ts";

export type * from "./ast.ts";
export { lower, parse, print };

/** Rules and searches of Google Security Operations. */
export const yaraL: Language<Document> = { id: "yara-l", name: "YARA-L 2.0", parse, lower, print };
