import { translationKnowledge } from "../corpora/content/platforms/index.ts";
import type { AnalysedRule } from "../languages/analyse.ts";
import { kindOf, type LogicKind } from "../platforms/plan/kind.ts";
import type { Platform } from "../platforms/platform.ts";
import { platforms } from "../platforms/registry.ts";
import { type SystemVerdict, systems, verdictOn } from "../platforms/systems.ts";
import { openTranslator } from "../platforms/translate.ts";
import type { RemarkCode, Translation } from "../platforms/translation.ts";
import { mainLanguage } from "../vocabulary/name-rule.ts";

/** What becomes of the active rules of one language on one platform. */
export interface TranslationCount {
  readonly language: string;
  readonly platform: string;
  readonly kind: LogicKind;
  readonly exact: number;
  readonly approximated: number;
  /** The platform holds no log that these rules read. */
  readonly withoutLog: number;
  readonly notExpressible: number;
  /** Why the last cannot be expressed; a rule may have several reasons. */
  readonly reasons: Readonly<Partial<Record<RemarkCode, number>>>;
}

/** What becomes of one active rule on every system. */
export interface RuleVerdicts {
  /** `sigma:<uuid>`. */
  readonly rule: string;
  /** In the order of `systems`. */
  readonly verdicts: readonly SystemVerdict[];
}

export interface TranslationTally {
  /** The rule has passed `nameRule`. Rules of one corpus follow each other. */
  readonly add: (rule: AnalysedRule) => void;
  /** All rules of a corpus have been added: now those that name others can be translated. */
  readonly closeCorpus: () => void;
  readonly counts: () => readonly TranslationCount[];
  /** Of every rule that was added. */
  readonly verdicts: () => readonly RuleVerdicts[];
}

type Count = { -readonly [Key in keyof TranslationCount]: TranslationCount[Key] } & {
  reasons: Partial<Record<RemarkCode, number>>;
};

/** Translates every active rule to every platform, counts, and tells what came of each. */
export function openTranslationTally(): TranslationTally {
  const named = new Map<string, AnalysedRule>();
  const correlations: AnalysedRule[] = [];
  const translator = openTranslator(translationKnowledge(), { related: (name) => named.get(name) ?? null });
  const counts = new Map<string, Count>();
  const verdicts: RuleVerdicts[] = [];
  const count = (rule: AnalysedRule): void => {
    const language = mainLanguage(rule);
    const kind = kindOf(rule.logic);
    const made = new Map<Platform, Translation>();
    for (const platform of platforms) {
      const key = `${language}\n${platform.id}\n${kind}`;
      const own = counts.get(key) ?? openCount(language, platform.id, kind);
      counts.set(key, own);
      const translation = translator.translate(rule, platform);
      made.set(platform, translation);
      addTo(own, translation);
    }
    const translate = (platform: Platform): Translation => made.get(platform) ?? translator.translate(rule, platform);
    const { corpus, id } = rule.document;
    verdicts.push({
      rule: `${corpus}:${id}`,
      verdicts: systems.map((system) => verdictOn(system, language, translate)),
    });
  };
  return {
    add: (rule) => {
      const { document } = rule;
      if (document.lifecycle !== "active" || document.queryless) return;
      if (document.facts.name !== undefined) named.set(document.facts.name, rule);
      if (document.kind === "correlation") correlations.push(rule);
      else count(rule);
    },
    closeCorpus: () => {
      for (const rule of correlations) count(rule);
      correlations.length = 0;
      named.clear();
    },
    counts: () => [...counts.values()],
    verdicts: () => verdicts,
  };
}

function openCount(language: string, platform: string, kind: LogicKind): Count {
  return { language, platform, kind, exact: 0, approximated: 0, withoutLog: 0, notExpressible: 0, reasons: {} };
}

function addTo(count: Count, { verdict, report }: Translation): void {
  switch (verdict) {
    case "exact":
      count.exact++;
      return;
    case "approximated":
      count.approximated++;
      return;
    case "not-expressible": {
      const codes = new Set(report.flatMap((one) => (one.verdict === "lost" && one.code !== null ? [one.code] : [])));
      if (codes.has("no-log-source")) {
        count.withoutLog++;
        return;
      }
      count.notExpressible++;
      for (const code of codes) count.reasons[code] = (count.reasons[code] ?? 0) + 1;
      return;
    }
    default:
      verdict satisfies never;
  }
}
