export * from "./corpus.ts";
export { attackReader, contentReader, ruleReaders } from "./registry.ts";
