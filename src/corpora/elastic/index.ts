export { elasticReader, readRuleOrHunt } from "./reader.ts";
