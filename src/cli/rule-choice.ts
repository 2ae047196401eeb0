import { resolve } from "node:path";
import { contentFolder } from "../corpora/content/folder.ts";
import { contentReader } from "../corpora/content/index.ts";
import { vocabulary } from "../corpora/content/vocabulary/index.ts";
import type { CorpusItem, ReadFailure } from "../corpora/corpus.ts";
import { uniqueRules } from "../corpora/identity.ts";
import { ruleOfQuery } from "../corpora/rule-text.ts";
import { openSurroundings } from "../corpora/surroundings.ts";
import { openRuleNames } from "../hunt/rule-names.ts";
import { type AnalysedRule, analyseRule } from "../languages/analyse.ts";
import type { Environment } from "../languages/language.ts";
import type { RuleLookup } from "../platforms/plan/plan-rule.ts";
import type { RuleDocument, Severity } from "../rule/document.ts";
import { nameRule } from "../vocabulary/name-rule.ts";
import { checkedFiles, contentsOf } from "./checked-files.ts";
import { wrongUsage } from "./exit.ts";
import { severityRank } from "./hits/severity.ts";
import { knownLanguage } from "./known-language.ts";

/** What `match` and `hunt` are told about the rules to run. */
export interface RuleChoiceOptions {
  /** Files and folders of rules, in any format; without them and without a query, the rules that ship with the project. */
  readonly rules?: readonly string[];
  /** One bare query, in `language`. */
  readonly query?: string;
  readonly language?: string;
  /** The least that a rule may say; one that says nothing is left out. */
  readonly severity?: Severity;
  /** As the upstreams write them: `stable`, `test`, `production` … */
  readonly status?: readonly string[];
  /** Without it, active rules alone. */
  readonly lifecycle?: readonly (RuleDocument["lifecycle"] | "all")[];
}

export interface RuleChoice {
  /** The rules to run, with named fields. */
  readonly rules: readonly AnalysedRule[];
  /** Those that were read and are not to run: correlations may name them. */
  readonly others: readonly AnalysedRule[];
  /** Finds any of both, by its id or its name. */
  readonly related: RuleLookup;
  /** Files, or parts of them, that could not be read. */
  readonly failures: readonly ReadFailure[];
}

/** Reads the rules and keeps those that the options ask for. `read` is told after each file. */
export function chooseRules(
  options: RuleChoiceOptions,
  read: (done: number, total: number) => void = () => {},
): RuleChoice {
  const { rules: paths, query, language } = options;
  if (query === undefined && language !== undefined) throw wrongUsage("--language is for --query, which is missing.");
  const found: RuleReading =
    query !== undefined
      ? { rules: [ofQuery(query, language)], failures: [] }
      : paths === undefined
        ? readOwn()
        : readPaths(paths, read);
  if (query !== undefined && paths !== undefined) throw wrongUsage("--rules and --query do not go together.");
  const all = found.rules.map((one) => nameRule(vocabulary(), one));
  const [rules, others] = [true, false].map((asked) =>
    all.filter((one) => isAskedFor(one.document, options) === asked),
  );
  return { rules: rules ?? [], others: others ?? [], related: openRuleNames(all), failures: found.failures };
}

interface RuleReading {
  readonly rules: AnalysedRule[];
  readonly failures: ReadFailure[];
}

function ofQuery(query: string, language: string | undefined): AnalysedRule {
  if (language === undefined) throw wrongUsage("Name the language of the query: --language ID.");
  return ruleOfQuery("query", query, knownLanguage(language).id);
}

function readOwn(): RuleReading {
  const reading: RuleReading = { rules: [], failures: [] };
  const { items, environment } = contentReader.read(contentFolder);
  for (const item of uniqueRules(items)) keep(item, environment, reading);
  return reading;
}

function readPaths(paths: readonly string[], read: (done: number, total: number) => void): RuleReading {
  const files = checkedFiles(paths);
  const surroundings = openSurroundings();
  const reading: RuleReading = { rules: [], failures: [] };
  let environment: Environment = {};
  let shown = "";
  function* items(): Generator<CorpusItem> {
    for (const [index, file] of files.entries()) {
      read(index, files.length);
      const contents = contentsOf(file);
      if (contents === null) continue;
      environment = surroundings.of(resolve(file.folder, file.path));
      shown = file.shown;
      if (contents.type === "rules") yield* contents.items;
      else reading.rules.push(ruleOfQuery(file.shown, contents.text, contents.language, environment));
    }
  }
  // Items are read as they are asked for, so each belongs to the file that was opened last.
  for (const item of uniqueRules(items())) keep(item, environment, reading, shown);
  if (reading.rules.length + reading.failures.length === 0) throw wrongUsage(`No rule stands in ${paths.join(", ")}.`);
  return reading;
}

function keep(item: CorpusItem, environment: Environment, reading: RuleReading, path?: string): void {
  if (item.type === "rule") reading.rules.push(analyseRule(item.rule, environment));
  else if (item.type === "failure") reading.failures.push({ ...item.failure, path: path ?? item.failure.path });
}

function isAskedFor(rule: RuleDocument, { severity, status, lifecycle = ["active"] }: RuleChoiceOptions): boolean {
  return (
    (lifecycle.includes("all") || lifecycle.includes(rule.lifecycle)) &&
    (severity === undefined || severityRank(rule.severity) >= severityRank(severity)) &&
    (status === undefined || status.includes(rule.status.toLowerCase()))
  );
}
