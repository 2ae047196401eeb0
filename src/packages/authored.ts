import type { Database } from "../catalog/database.ts";
import { type AuthoredAnswer, authoredPackages } from "../catalog/queries/authored-package.ts";
import { type KnobSettings, turnedRules } from "../corpora/content/authored/index.ts";
import { translationKnowledge } from "../corpora/content/platforms/index.ts";
import { groundRules, idOf, nameOf, packageRules } from "../hunt/package-proof/package-rules.ts";
import { openRuleNames } from "../hunt/rule-names.ts";
import type { AnalysedRule } from "../languages/analyse.ts";
import { openTranslator, type Translator } from "../platforms/translate.ts";
import type { ReadRule } from "./read-rules.ts";

/** Our own packages of a technique with their knobs set, ready to be said on any platform. */
export interface OwnPackage {
  readonly answers: readonly AuthoredAnswer[];
  /** By id, `detectionary:<uuid>`. */
  readonly rules: ReadonlyMap<string, ReadRule>;
  /** Name of a rule → its id. */
  readonly ids: ReadonlyMap<string, string>;
  /** The rules of some names and the correlations that count them, by name. */
  readonly withCorrelations: (names: readonly string[]) => readonly string[];
  /** Names of the rules that a set knob changes, so that what was proved says nothing of them. */
  readonly changed: ReadonlySet<string>;
  /** In which correlations find the rules that they count. */
  readonly translator: Translator;
}

/** null where we have none. */
export function ownPackage(database: Database, technique: string, settings: KnobSettings): OwnPackage | null {
  const answers = authoredPackages(database, technique);
  if (answers.length === 0) return null;
  const rules = answers.flatMap(({ authored }) => packageRules(authored, turnedRules(authored, settings)));
  const knobs = answers.flatMap(({ authored }) => authored.file.knobs).filter((one) => settings.has(one.id));
  return {
    answers,
    rules: new Map(rules.map((one) => [idOf(one), readOf(one)])),
    ids: new Map(rules.map((one) => [nameOf(one), idOf(one)])),
    withCorrelations: (names) => withCorrelations(rules, names),
    changed: new Set(
      withCorrelations(
        rules,
        knobs.flatMap((one) => one.rules),
      ),
    ),
    translator: openTranslator(translationKnowledge(), { related: openRuleNames(rules) }),
  };
}

function withCorrelations(rules: readonly AnalysedRule[], names: readonly string[]): readonly string[] {
  const ids = rules.filter((one) => names.includes(nameOf(one))).map((one) => one.document.id);
  const counting = rules.filter((one) =>
    [...groundRules([one])].some((name) => names.includes(name) || ids.includes(name)),
  );
  return [...new Set([...names, ...counting.map(nameOf)])];
}

function readOf(rule: AnalysedRule): ReadRule {
  const { raw, queries: _, diagnostics: __, ...document } = rule.document;
  return {
    rule,
    answer: {
      document,
      raw,
      logic: rule.logic,
      outcome: rule.outcome,
      queries: rule.queries.map(({ query, outcome }) => ({
        role: query.role,
        title: query.title ?? null,
        language: query.language,
        outcome,
        text: query.text,
        line: query.line,
        offset: query.offset,
      })),
    },
  };
}
