import { limits } from "../kit/limits.ts";
import type { AnalysedRule } from "../languages/analyse.ts";
import type { Expression } from "../rule/expression.ts";
import type { Schema } from "../vocabulary/fields/names.ts";
import { mainLanguage } from "../vocabulary/name-rule.ts";
import { type Platform as OperatingSystem, platformOf } from "../vocabulary/platform.ts";
import type { Values } from "../vocabulary/values/values.ts";
import type { Vocabulary } from "../vocabulary/vocabulary.ts";
import { type FieldNames, openFieldNames } from "./fields/target-field.ts";
import { headerLines, headOf } from "./head.ts";
import type { LogSourceChoice, LogSources } from "./log-sources/choice.ts";
import type { LogPlace, LogSource, PlatformLogSources } from "./log-sources/tables.ts";
import { noSettings, type OwnSettings } from "./own-settings.ts";
import type { Flow, Planning } from "./plan/plan.ts";
import { type PlanOptions, planRule, type RuleLookup } from "./plan/plan-rule.ts";
import { twoValued } from "./plan/two-valued.ts";
import { isRefused, type Platform, type RegexDialect, type TargetQuery } from "./platform.ts";
import { targetQuery } from "./target-query.ts";
import type { ReportPart, Translation } from "./translation.ts";
import type { Triage } from "./triage.ts";

/** All that translation is done with. */
export interface TranslationKnowledge {
  readonly vocabulary: Vocabulary;
  readonly values: Values;
  readonly logSources: LogSources;
  /** By the folder of the platform. */
  readonly places: ReadonlyMap<string, PlatformLogSources>;
  readonly triage: Triage;
}

export interface TranslateOptions {
  /** Leave lost parts out, so that the query finds more than the rule, and say so in the query. Never everything. */
  readonly allowBroader?: boolean;
}

export interface Translator {
  /** The rule has passed `nameRule`. */
  readonly translate: (rule: AnalysedRule, platform: Platform, options?: TranslateOptions) => Translation;
  /** The same with what it was made from, for those who prove it. */
  readonly trace: (rule: AnalysedRule, platform: Platform, options?: TranslateOptions) => TranslationTrace;
  /** What the rule asks for, and which logs it reads, whatever the platform. */
  readonly plan: (rule: AnalysedRule) => PlannedRule;
  /** What the platform calls fields. */
  readonly namesOn: (platform: Platform) => FieldNames;
}

export interface TranslationTrace {
  readonly translation: Translation;
  readonly planned: PlannedRule;
  /** null where there is no query. */
  readonly target: TargetQuery | null;
}

/** A rule as translation sees it, whatever the platform. */
export interface PlannedRule {
  readonly rule: AnalysedRule;
  readonly planning: Planning;
  readonly schema: Schema | null;
  readonly system: OperatingSystem;
  readonly regex: RegexDialect;
  /** What a flow asks for, never unknown, and which logs it reads. Worked out once for all platforms. */
  readonly read: (flow: Flow) => FlowReading;
}

export interface FlowReading {
  readonly condition: Expression | null;
  readonly choice: LogSourceChoice;
}

/** What one platform is asked with. */
export interface PlatformTables {
  readonly names: FieldNames;
  /** Where a log source stands; empty where the platform has none. */
  readonly placesOf: (source: LogSource) => readonly LogPlace[];
}

export interface TranslatorOptions {
  /** Platform id → what its user calls things. */
  readonly own?: ReadonlyMap<string, OwnSettings>;
  /** The rules that correlations name. */
  readonly related?: RuleLookup;
}

export function openTranslator(knowledge: TranslationKnowledge, options: TranslatorOptions = {}): Translator {
  const { own = new Map<string, OwnSettings>(), related } = options;
  const plans = new WeakMap<AnalysedRule, PlannedRule>();
  const tables = new Map<string, PlatformTables>();
  const planned = (rule: AnalysedRule): PlannedRule => {
    const before = plans.get(rule);
    if (before !== undefined) return before;
    const made = planFor(knowledge, rule, related);
    plans.set(rule, made);
    return made;
  };
  const tablesOf = (platform: Platform): PlatformTables => {
    const before = tables.get(platform.id);
    if (before !== undefined) return before;
    const made = openTables(knowledge, platform, own.get(platform.id) ?? noSettings);
    tables.set(platform.id, made);
    return made;
  };
  const trace: Translator["trace"] = (rule, platform, options = {}) =>
    tracePlan(knowledge, planned(rule), platform, tablesOf(platform), options);
  return {
    trace,
    plan: planned,
    translate: (rule, platform, options) => trace(rule, platform, options).translation,
    namesOn: (platform) => tablesOf(platform).names,
  };
}

/** A rule as all platforms are asked it. It has passed `nameRule`. */
export function planFor(
  { vocabulary, values, logSources }: Pick<TranslationKnowledge, "vocabulary" | "values" | "logSources">,
  rule: AnalysedRule,
  related: RuleLookup | undefined,
  options: PlanOptions = {},
): PlannedRule {
  const language = mainLanguage(rule);
  const readings = new Map<Flow, FlowReading>();
  const read = (flow: Flow): FlowReading => {
    const before = readings.get(flow);
    if (before !== undefined) return before;
    const condition = flow.condition === null ? null : twoValued(flow.condition);
    const reading = { condition, choice: logSources.choose(flow.context, condition) };
    readings.set(flow, reading);
    return reading;
  };
  return {
    read,
    rule,
    planning: planRule(vocabulary, rule, related, options),
    schema: vocabulary.schemaOf(language),
    system: platformOf(values, rule.document, rule.logic),
    regex: regexDialectOf(language),
  };
}

/** Characters of the longest query that is written: what our own parsers read is as much as any search takes. */
const longestQuery = limits.length - 16 * 1024;

/** What a language takes a regular expression for; see its page in `docs/languages`. */
export function regexDialectOf(language: string): RegexDialect {
  return regexDialects.get(language) ?? "pcre";
}

const regexDialects: ReadonlyMap<string, RegexDialect> = new Map([
  ["eql", "lucene"],
  ["kuery", "lucene"],
  ["lucene", "lucene"],
  ["esql", "lucene"],
  ["query-dsl", "lucene"],
  ["kusto", "re2"],
  ["yara-l", "re2"],
]);

/** A part that stands in a rule twice is told once. */
function withoutRepeats(report: readonly ReportPart[]): ReportPart[] {
  return [...new Map(report.map((one) => [`${one.part}\n${one.verdict}\n${one.why}`, one])).values()];
}

function openTables(
  { vocabulary, places }: TranslationKnowledge,
  platform: Platform,
  own: OwnSettings,
): PlatformTables {
  const schema = vocabulary.schemas.find((one) => one.id === platform.schema);
  if (schema === undefined) throw new Error(`The vocabulary has no schema ${platform.schema}.`);
  const listed = platform.content === null ? undefined : places.get(platform.content);
  return {
    names: openFieldNames(vocabulary, schema, own.names, platform.supplied),
    placesOf: (source) => {
      const mine = own.places[source.id];
      if (mine !== undefined) return mine;
      const made = platform.place?.(source);
      if (made !== undefined && made !== null) return [made];
      return listed?.places[source.id] ?? [];
    },
  };
}

function tracePlan(
  knowledge: TranslationKnowledge,
  planned: PlannedRule,
  platform: Platform,
  tables: PlatformTables,
  { allowBroader = false }: TranslateOptions,
): TranslationTrace {
  const { planning } = planned;
  const nothing = { platform: platform.id, query: null, broader: false, logSources: [], fields: [] };
  const refuse = (report: readonly ReportPart[], rest: Partial<Translation> = {}): TranslationTrace => ({
    translation: { ...nothing, verdict: "not-expressible", report, ...rest },
    planned,
    target: null,
  });
  if (planning.plan === null) return refuse(planning.report);
  const head = headOf(planned.rule.document);
  const made = targetQuery(knowledge, planned, planning.plan, platform, tables, { head, allowBroader });
  const report = withoutRepeats([...planning.report, ...made.report]);
  const { query, fields, logSources } = made;
  if (query === null) return refuse(report, { fields, logSources });
  const written = platform.write(query);
  if (isRefused(written)) {
    const part = { part: query.type, verdict: "lost", code: written.code, why: written.why } as const;
    return refuse([...report, part], { fields, logSources });
  }
  for (const { part, code, why } of written.remarks) report.push({ part, verdict: "approximated", code, why });
  const lost = report.filter((one) => one.verdict === "lost").map((one) => `- ${one.part}: ${one.why}`);
  const supplied = report.filter((one) => one.code === "supplied-field").map((one) => `- ${one.part}`);
  const warning = made.broader
    ? "THIS FINDS MORE THAN THE RULE. Left out:"
    : "This finds less than the rule. Not searched:";
  if (written.text.length > longestQuery) {
    const why = `The query would have more than ${longestQuery / 1024} K characters.`;
    return refuse([...report, { part: "the rule", verdict: "lost", code: "length", why }], { fields, logSources });
  }
  const header = platform.comment([
    ...headerLines(head),
    ...(supplied.length === 0
      ? []
      : [
          "Supply the fields that the platform does not have; until then, exclusions by them leave nothing out:",
          ...supplied,
        ]),
    ...(lost.length === 0 ? [] : [warning, ...lost]),
  ]);
  const exact = report.every((one) => one.verdict === "exact");
  const translation: Translation = {
    platform: platform.id,
    query: withHeader(platform, header, written.text),
    verdict: exact ? "exact" : "approximated",
    broader: made.broader,
    report,
    logSources,
    fields,
  };
  return { translation, planned, target: query };
}

function withHeader({ headed }: Platform, header: string, text: string): string {
  if (header === "") return text;
  return headed === undefined ? `${header}\n${text}` : headed(header, text);
}
