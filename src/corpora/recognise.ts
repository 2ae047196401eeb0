import type { LanguageId } from "../rule/document.ts";
import { chronicleFormat } from "./chronicle/index.ts";
import type { CorpusItem } from "./corpus.ts";
import { elasticFormat } from "./elastic/index.ts";
import type { RuleFormat } from "./format.ts";
import { kqlFormat } from "./kql/index.ts";
import { sentinelFormat } from "./sentinel/index.ts";
import { sigmaFormat } from "./sigma/index.ts";
import { splunkFormat } from "./splunk/index.ts";

/** Every format of rule files. The first of which the marks are there is the one: Splunk's `search` also occurs in others. */
export const ruleFormats: readonly RuleFormat[] = [
  elasticFormat,
  sigmaFormat,
  splunkFormat,
  sentinelFormat,
  kqlFormat,
  chronicleFormat,
];

/**
 * Endings of files that hold nothing but one query, with its language. `.kql` is what Microsoft's tools write; Kibana's
 * language of the same name has no files of its own, and `.kuery` here.
 */
export const queryEndings: ReadonlyMap<string, LanguageId> = new Map([
  [".eql", "eql"],
  [".esql", "esql"],
  [".kql", "kusto"],
  [".kuery", "kuery"],
  [".lucene", "lucene"],
  [".spl", "spl"],
]);

/** How the files of rules and of queries end, in every format that is known. */
export const ruleFileEndings: readonly string[] = [
  ...new Set([...ruleFormats.flatMap((one) => one.endings), ...queryEndings.keys()]),
];

/** Reads one file that may stand anywhere, in whatever format its content or its ending shows; null where that is no rule at all. */
export function readRuleFile(path: string, text: string): readonly CorpusItem[] | null {
  const keys = new Set(text.match(/^(?:[a-zA-Z_]{1,40}(?=[ \t]*:)|\[[a-z]{1,40}\])/gmu));
  const ending = endingOf(path);
  const format =
    ruleFormats.find((one) => one.marks.length === 0 && one.endings.includes(ending)) ??
    ruleFormats.find((one) => one.marks.some((marks) => marks.every((mark) => keys.has(mark))));
  return format === undefined ? null : format.read(path, text);
}

/** The language of a file that holds one bare query, by its ending; null for any other file. */
export function queryLanguage(path: string): LanguageId | null {
  return queryEndings.get(endingOf(path)) ?? null;
}

/** From the last dot of the name on, in small letters. */
function endingOf(path: string): string {
  const dot = path.lastIndexOf(".");
  return dot <= path.lastIndexOf("/") ? "" : path.slice(dot).toLowerCase();
}
