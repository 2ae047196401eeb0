import type { Language } from "../language.ts";
import type { SigmaAst } from "./ast.ts";
import { lower, lowerDocument } from "./lower.ts";
import { effectiveDocument, ruleIndexes } from "./merge.ts";
import { parse } from "./parser.ts";
import { print } from "./print.ts";

export type * from "./ast.ts";
export { effectiveDocument, lower, lowerDocument, parse, print, ruleIndexes };

export const sigma: Language<SigmaAst> = { id: "sigma", name: "Sigma", parse, lower, print };
