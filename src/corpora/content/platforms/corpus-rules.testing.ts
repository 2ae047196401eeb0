import { type AnalysedRule, analyseRule } from "../../../languages/analyse.ts";
import { nameRule } from "../../../vocabulary/name-rule.ts";
import { ruleReaders } from "../../registry.ts";
import { corpusFolder } from "../../testing.ts";
import { vocabulary } from "../vocabulary/index.ts";

const read = new Map<string, readonly AnalysedRule[]>();

/** The active rules of one corpus, with named fields; read once. */
export function activeRules(corpus: string): readonly AnalysedRule[] {
  const before = read.get(corpus);
  if (before !== undefined) return before;
  const reader = ruleReaders.find((one) => one.id === corpus);
  if (reader === undefined) throw new Error(`There is no reader of ${corpus}.`);
  const { items, environment } = reader.read(corpusFolder(corpus));
  const rules = [...items].flatMap((item) =>
    item.type === "rule" && item.rule.lifecycle === "active"
      ? [nameRule(vocabulary(), analyseRule(item.rule, environment))]
      : [],
  );
  read.set(corpus, rules);
  return rules;
}

/** The corpora of which the rules stand next to the checkout. */
export const ruleCorpora: readonly string[] = ["sigma", "elastic", "splunk", "chronicle", "kql"];
