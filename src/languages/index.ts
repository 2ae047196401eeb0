export { type AnalysedQuery, type AnalysedRule, analyseQuery, analyseRule, type Outcome } from "./analyse.ts";
export * from "./language.ts";
export { languages } from "./registry.ts";
