import { type AuthoredPackage, ownCorpus, type PackageText, rulesOf } from "../../corpora/content/authored/index.ts";
import { vocabulary } from "../../corpora/content/vocabulary/index.ts";
import { type AnalysedRule, analyseRule } from "../../languages/analyse.ts";
import { innerLogic } from "../../rule/inner-logic.ts";
import type { Logic } from "../../rule/logic.ts";
import { nameRule } from "../../vocabulary/name-rule.ts";

/** The rules of a package, parsed and named; `texts` stands in for its files where knobs are set. */
export function packageRules(
  authored: Pick<AuthoredPackage, "rules">,
  texts: readonly PackageText[] = authored.rules,
): readonly AnalysedRule[] {
  return rulesOf({ rules: texts }).map((one) => nameRule(vocabulary(), analyseRule(one, {})));
}

/** The `name` of its document. */
export function nameOf({ document }: AnalysedRule): string {
  return document.facts.name ?? document.id;
}

/** As hits have it. */
export function idOf({ document }: AnalysedRule): string {
  return `${ownCorpus}:${document.id}`;
}

/** Names and ids of the rules that correlations look at: what they find is no alert by itself. */
export function groundRules(rules: readonly AnalysedRule[]): ReadonlySet<string> {
  return new Set(rules.flatMap(({ logic }) => rulesNamedIn(logic)));
}

/** Names and ids of the rules that a logic looks at. */
export function rulesNamedIn({ stages }: Logic): readonly string[] {
  return stages.flatMap((stage) => [
    ...(stage.type === "source" && stage.kind === "rule" ? stage.names : []),
    ...innerLogic(stage).flatMap((one) => rulesNamedIn(one.logic)),
  ]);
}
