import { translationKnowledge } from "../corpora/content/platforms/index.ts";
import type { ReadFailure } from "../corpora/corpus.ts";
import type { AnalysedQuery, AnalysedRule } from "../languages/analyse.ts";
import type { OwnSettings } from "../platforms/own-settings.ts";
import type { RuleLookup } from "../platforms/plan/plan-rule.ts";
import type { Platform } from "../platforms/platform.ts";
import { platforms } from "../platforms/registry.ts";
import { openTranslator, type TranslateOptions, type Translator } from "../platforms/translate.ts";
import type { Translation } from "../platforms/translation.ts";
import { predicatesOf } from "../rule/predicates.ts";
import { nameRule } from "../vocabulary/name-rule.ts";
import type { Database } from "./database.ts";
import { placedDiagnostics } from "./placing.ts";
import type { RuleAnswer } from "./queries/answers.ts";
import type { KeptRuleAnswer } from "./queries/kept-rule.ts";
import { rule } from "./queries/rule.ts";

/** One rule on one platform. */
export interface RuleTranslation extends Translation {
  readonly rule: { readonly corpus: string; readonly id: string; readonly title: string; readonly path: string };
}

/** Every rule of a text on each of the platforms; correlations may look at other rules of the same text. */
export function translateRules(
  rules: readonly AnalysedRule[],
  targets: readonly Platform[],
  options: TranslateOptions & { readonly own?: ReadonlyMap<string, OwnSettings> } = {},
): readonly RuleTranslation[] {
  const knowledge = translationKnowledge();
  const named = rules.map((one) => nameRule(knowledge.vocabulary, one));
  const { own = new Map(), ...rest } = options;
  const { translate } = openTranslator(knowledge, {
    own,
    related: (name) => named.find((one) => isCalled(one, name)) ?? null,
  });
  return named.flatMap((rule) => {
    const { corpus, id, title, path } = rule.document;
    return targets.map((platform) => ({ rule: { corpus, id, title, path }, ...translate(rule, platform, rest) }));
  });
}

/** Correlations of Sigma name rules by their id or by their name. */
function isCalled({ document }: AnalysedRule, name: string): boolean {
  return document.id === name || document.facts.name === name;
}

/** What of a rule did not parse: then what a translation says of it is not to be trusted. */
export function parseErrors(rule: AnalysedRule, path: string): readonly ReadFailure[] {
  return placedDiagnostics(rule)
    .filter((one) => one.severity === "error")
    .map(({ line, code, message }) => ({ path, line, code, message }));
}

/** A rule of the catalog on every platform. */
export function translationsOf(database: Database, answer: RuleAnswer): readonly Translation[] {
  const { translate } = translatorOf(database);
  const asked = analysedOf(answer);
  return platforms.map((platform) => translate(asked, platform));
}

const translators = new WeakMap<Database, Translator>();

/** The translator of a catalog, in which correlations find the rules that they look at. */
export function translatorOf(database: Database): Translator {
  const before = translators.get(database);
  if (before !== undefined) return before;
  const related: RuleLookup = (name) => {
    const row = database.one<{ corpus: string; id: string }>(
      `SELECT corpus, id FROM rule WHERE id = ?1 UNION ALL
       SELECT r.corpus, r.id FROM rule r JOIN rule_text x ON x.rule = r.key
       WHERE r.language = 'sigma' AND x.document_json ->> '$.facts.name' = ?1 LIMIT 1`,
      name,
    );
    const found = row === null ? null : rule(database, row.corpus, row.id);
    return found === null ? null : analysedOf(found);
  };
  const opened = openTranslator(translationKnowledge(), { related });
  translators.set(database, opened);
  return opened;
}

/** The rule as it went into the catalog, with named fields. */
export function analysedOf({ document, raw, logic, queries, outcome }: KeptRuleAnswer): AnalysedRule {
  const analysed = queries.map(
    ({ role, language, text, line, offset, outcome: own }): AnalysedQuery => ({
      query: { role, language, text, line, offset: offset ?? 0 },
      outcome: own as AnalysedQuery["outcome"],
      logic: { stages: [] },
      diagnostics: [],
      nodes: 0,
      opaque: [],
    }),
  );
  return {
    document: { ...document, raw, queries: [], diagnostics: [] },
    outcome: outcome as AnalysedRule["outcome"],
    logic,
    predicates: predicatesOf(logic),
    queries: analysed,
  };
}
