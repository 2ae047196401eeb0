import type { Database } from "../catalog/database.ts";
import type { KeptRuleAnswer } from "../catalog/queries/kept-rule.ts";
import { translatorOf } from "../catalog/translations.ts";
import type { Platform, TargetBranch, TargetQuery } from "../platforms/platform.ts";
import { platformNamed } from "../platforms/registry.ts";
import type { System } from "../platforms/systems.ts";
import type { ReportPart, Translation } from "../platforms/translation.ts";
import type { OwnPackage } from "./authored.ts";
import type { Candidate } from "./candidates.ts";
import type { PackageDetection } from "./detection-package.ts";
import { besideQuery } from "./native-settings.ts";
import { readRule } from "./read-rules.ts";
import { type ScoreQuestion, scoreOf } from "./score.ts";
import type { SourceOf } from "./sources.ts";

/** A detection with what it was made from, which other parts of the package ask. */
export interface MadeDetection {
  readonly candidate: Candidate;
  readonly answer: KeptRuleAnswer;
  readonly detection: PackageDetection;
  /** In whose language the query is, or nearest to it. */
  readonly platform: Platform;
  /** The searches that a translation consists of; of a native rule, those that it would be. */
  readonly branches: readonly TargetBranch[];
}

export interface MakeOptions {
  readonly question: ScoreQuestion;
  readonly sourceOf: SourceOf;
  /** Our own package, whose rules have their knobs set. */
  readonly own: OwnPackage | null;
}

/** null where the rule cannot be said after all: the catalog was built by another version. */
export function makeDetection(
  database: Database,
  candidate: Candidate,
  system: System,
  { question, sourceOf, own }: MakeOptions,
): MadeDetection | null {
  const ours = candidate.authored ? own?.rules.get(candidate.rule.id) : undefined;
  const read = ours ?? readRule(database, candidate.rule.key);
  const translator = ours === undefined || own === null ? translatorOf(database) : own.translator;
  const platform = platformOf(candidate, system);
  if (read === null || platform === undefined) return null;
  const { answer, rule } = read;
  const { translation, target } = translator.trace(rule, platform);
  const said = candidate.verdict === "native" ? nativeQuery(answer, system) : translatedQuery(translation, platform);
  if (said === null) return null;
  const { document } = answer;
  const source = sourceOf(candidate.rule);
  return {
    candidate,
    answer,
    platform,
    branches: target === null ? [] : branchesOf(target),
    detection: {
      id: candidate.rule.id,
      title: document.title,
      technique: candidate.technique,
      description: document.description,
      source,
      native: candidate.verdict === "native",
      ...said,
      severity: candidate.rule.severity,
      score: scoreOf(candidate.rule, candidate.verdict, question),
      ...tellingOf(own, candidate.rule.id),
      logSources: translation.logSources,
      firesOn: [],
    },
  };
}

/** What our package says of one of its rules. */
function tellingOf(own: OwnPackage | null, id: string): Pick<PackageDetection, "catches" | "leavesOut"> {
  for (const { authored } of own?.answers ?? []) {
    const told = authored.file.rules.find(({ rule }) => own?.ids.get(rule) === id);
    if (told !== undefined) return { catches: told.catches.trim(), leavesOut: told.leavesOut.trim() };
  }
  return { catches: null, leavesOut: null };
}

/** Of a native rule the one that reads its language, else the first: it tells which logs the rule reads. */
function platformOf({ platform, rule }: Candidate, { platforms }: System): Platform | undefined {
  if (platform !== null) return platformNamed(platform) ?? undefined;
  return platforms.find((one) => one.language === rule.language) ?? platforms[0];
}

type Said = Pick<PackageDetection, "language" | "query" | "verdict" | "report">;

/** As its vendor wrote it. Of several queries the one that is named after the system. */
function nativeQuery({ document, queries, raw }: KeptRuleAnswer, { native, title }: System): Said | null {
  const own = queries.filter((one) => one.role === "main" && native.includes(one.language));
  const named = own.find((one) => one.title !== null && title.includes(one.title));
  const query = named ?? own[0];
  if (query === undefined) return null;
  // A correlation is nothing without the rules that it counts, which stand in the same file.
  const text = document.kind === "correlation" ? raw : query.text;
  return { language: query.language, query: text.trim(), verdict: "exact", report: besideQuery(document, queries) };
}

function translatedQuery({ query, verdict, report }: Translation, { language, id }: Platform): Said | null {
  if (query === null || verdict === "not-expressible") return null;
  const told: readonly ReportPart[] = report.filter((one) => one.verdict !== "exact");
  return { language: language ?? id, query, verdict, report: told };
}

function branchesOf(target: TargetQuery): readonly TargetBranch[] {
  if (target.type !== "sequence") return target.branches;
  const steps = target.until === null ? target.steps : [...target.steps, target.until];
  return steps.flatMap((one) => one.branches);
}
