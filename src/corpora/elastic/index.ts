export { elasticFormat } from "./format.ts";
export { elasticReader, readRuleOrHunt } from "./reader.ts";
