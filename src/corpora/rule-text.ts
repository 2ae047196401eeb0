import { type AnalysedRule, analyseRule } from "../languages/analyse.ts";
import type { Environment } from "../languages/language.ts";
import { bareDocument } from "../rule/bare-document.ts";
import type { LanguageId } from "../rule/document.ts";
import type { ReadFailure } from "./corpus.ts";
import { uniqueRules } from "./identity.ts";
import { readRuleFile } from "./recognise.ts";

/** The rules in a text that somebody brings, and what could not be read of it. */
export interface RuleTextReading {
  readonly rules: readonly AnalysedRule[];
  readonly failures: readonly ReadFailure[];
}

/** Reads a text in any format of rules; null where it is none of them. `path` tells by its ending what its content does not. */
export function readRuleText(path: string, text: string, environment: Environment = {}): RuleTextReading | null {
  const items = readRuleFile(path, text);
  if (items === null) return null;
  const rules: AnalysedRule[] = [];
  const failures: ReadFailure[] = [];
  for (const item of uniqueRules(items)) {
    if (item.type === "rule") rules.push(analyseRule(item.rule, environment));
    else if (item.type === "failure") failures.push(item.failure);
  }
  return { rules, failures };
}

/** A bare query as a rule of which nothing else is known: its title is the file's name. */
export function ruleOfQuery(
  path: string,
  text: string,
  language: LanguageId,
  environment: Environment = {},
): AnalysedRule {
  const title = path.replace(/^.*[\\/]/u, "");
  const document = bareDocument({
    corpus: "query",
    id: title,
    path,
    title,
    raw: text,
    queries: [{ role: "main", language, text, offset: 0, line: 1 }],
  });
  return analyseRule(document, environment);
}
