import type { Database } from "../catalog/database.ts";
import { type AuthoredAnswer, authoredPackages } from "../catalog/queries/authored-package.ts";
import { type KnobSettings, turnedRules } from "../corpora/content/authored/index.ts";
import { translationKnowledge } from "../corpora/content/platforms/index.ts";
import { groundRules, idOf, nameOf, packageRules } from "../hunt/package-proof/package-rules.ts";
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
    changed: withThoseThatCount(rules, new Set(knobs.flatMap((one) => one.rules))),
    translator: openTranslator(translationKnowledge(), {
      related: (name) => rules.find((one) => one.document.id === name || nameOf(one) === name) ?? null,
    }),
  };
}

/** A correlation changes with the rules that it counts. */
function withThoseThatCount(rules: readonly AnalysedRule[], names: ReadonlySet<string>): ReadonlySet<string> {
  const counting = rules.filter((one) => [...groundRules([one])].some((name) => names.has(name)));
  return new Set([...names, ...counting.map(nameOf)]);
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
