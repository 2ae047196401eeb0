import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { placedDiagnostics } from "../../catalog/placing.ts";
import { translationKnowledge } from "../../corpora/content/platforms/index.ts";
import { readOwnSettings } from "../../corpora/content/platforms/own-settings-file.ts";
import type { ReadFailure } from "../../corpora/corpus.ts";
import { queryLanguage } from "../../corpora/recognise.ts";
import { type RuleTextReading, readRuleText, ruleOfQuery } from "../../corpora/rule-text.ts";
import { openSurroundings } from "../../corpora/surroundings.ts";
import type { AnalysedRule } from "../../languages/analyse.ts";
import type { OwnSettings } from "../../platforms/own-settings.ts";
import type { Platform } from "../../platforms/platform.ts";
import { platformNamed, platforms } from "../../platforms/registry.ts";
import { openTranslator, type TranslationKnowledge, type Translator } from "../../platforms/translate.ts";
import type { Translation } from "../../platforms/translation.ts";
import { nameRule } from "../../vocabulary/name-rule.ts";
import { type ExitCode, exitCodes, Stop, wrongUsage } from "../exit.ts";
import { knownLanguage } from "../known-language.ts";
import { translationReport } from "../pages/translation.ts";
import { readQueryText } from "../query-text.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface TranslateOptions {
  /** Ids or aliases of platforms, or `all`. */
  readonly to: readonly string[];
  readonly settings?: readonly string[];
  readonly allowBroader?: boolean;
  /** The file holds one query in this language. */
  readonly language?: string;
  readonly json?: boolean;
}

/** One rule on one platform. */
export interface RuleTranslation {
  readonly rule: { readonly corpus: string; readonly id: string; readonly title: string; readonly path: string };
  readonly translation: Translation;
}

/**
 * Translates every rule of a file: queries on stdout, what became of each part on stderr. Exit code 3 where one cannot be
 * expressed, 1 where one could not be read.
 */
export async function translate(terminal: Terminal, path: string, options: TranslateOptions): Promise<ExitCode> {
  const targets = platformsNamed(options.to);
  const knowledge = translationKnowledge();
  const translator = openTranslator(knowledge, { own: ownSettings(options.settings ?? [], knowledge) });
  const { rules, failures } = await readRules(terminal, path, options.language);
  const faults = [...failures, ...rules.flatMap((one) => errorsOf(one, path))];
  const found = rules.flatMap((rule) => translateRule(translator, knowledge, rule, targets, options));
  if (options.json === true) terminal.printJson({ translations: found.map(answerOf), errors: faults });
  else {
    for (const { line, message } of faults) terminal.say(printable(`${path}:${line}: ${message}`));
    printAll(terminal, found);
  }
  if (faults.length > 0) return exitCodes.inputHasErrors;
  return found.some((one) => one.translation.query === null) ? exitCodes.notExpressible : exitCodes.done;
}

function platformsNamed(names: readonly string[]): readonly Platform[] {
  const found = names.flatMap((name) => {
    if (name.toLowerCase() === "all") return platforms;
    const platform = platformNamed(name);
    if (platform !== null) return [platform];
    const known = platforms.map(({ id, aliases }) => (aliases.length === 0 ? id : `${id} (${aliases.join(", ")})`));
    throw wrongUsage(`There is no platform ${name}. Known are: all, ${known.join(", ")}.`);
  });
  return [...new Set(found)];
}

function ownSettings(paths: readonly string[], knowledge: TranslationKnowledge): ReadonlyMap<string, OwnSettings> {
  const own = new Map<string, OwnSettings>();
  for (const path of paths) {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw wrongUsage(`There is no file ${path}.`);
    const { platform, settings } = readSettings(path, knowledge);
    if (own.has(platform.id)) throw wrongUsage(`Two files of settings are for ${platform.id}.`);
    own.set(platform.id, settings);
  }
  return own;
}

function readSettings(path: string, knowledge: TranslationKnowledge): ReturnType<typeof readOwnSettings> {
  const text = readFileSync(path, "utf8");
  try {
    return readOwnSettings(path, text, knowledge, platformNamed);
  } catch (error) {
    if (error instanceof Error) throw new Stop(error.message, exitCodes.inputHasErrors);
    throw error;
  }
}

async function readRules(terminal: Terminal, path: string, languageId: string | undefined): Promise<RuleTextReading> {
  const state = path === "-" ? null : statSync(path, { throwIfNoEntry: false });
  if (state === undefined) throw wrongUsage(`There is no file ${path}.`);
  if (state?.isDirectory() === true) throw wrongUsage(`${path} is a folder. Name the file of a rule.`);
  const language = languageId === undefined ? queryLanguage(path) : knownLanguage(languageId).id;
  const read = await readQueryText(path, terminal.streams.input);
  if (read.type === "failure") return { rules: [], failures: [read.failure] };
  const { text } = read;
  const environment = openSurroundings().of(resolve(path === "-" ? "rule" : path));
  const name = path === "-" ? "stdin" : path;
  if (language !== null) return { rules: [ruleOfQuery(name, text, language, environment)], failures: [] };
  const reading = readRuleText(path, text, environment);
  if (reading !== null) return reading;
  throw wrongUsage(`${path} holds no rule that is known. Of a bare query, name the language: --language ID.`);
}

function errorsOf(rule: AnalysedRule, path: string): readonly ReadFailure[] {
  return placedDiagnostics(rule)
    .filter((one) => one.severity === "error")
    .map(({ line, code, message }) => ({ path, line, code, message }));
}

function translateRule(
  translator: Translator,
  { vocabulary }: TranslationKnowledge,
  rule: AnalysedRule,
  targets: readonly Platform[],
  { allowBroader = false }: TranslateOptions,
): readonly RuleTranslation[] {
  const named = nameRule(vocabulary, rule);
  const { corpus, id, title, path } = rule.document;
  return targets.map((platform) => ({
    rule: { corpus, id, title, path },
    translation: translator.translate(named, platform, { allowBroader }),
  }));
}

function answerOf({ rule, translation }: RuleTranslation): object {
  return { rule, ...translation };
}

/** One query is printed as it stands; each of several below the name of its platform and its rule. */
function printAll(terminal: Terminal, found: readonly RuleTranslation[]): void {
  for (const one of found) {
    const { rule, translation } = one;
    const platform = platformNamed(translation.platform)?.title ?? translation.platform;
    terminal.say(translationReport(printable(one), printable(platform), terminal.messageStyle));
    if (translation.query === null) continue;
    if (found.length > 1) terminal.print(printable(`--- ${translation.platform}: ${rule.title}\n`));
    // What goes to a file or a program must be the query itself; what goes to a screen must not steer it.
    const query = Number.isFinite(terminal.width) ? printable(translation.query) : translation.query;
    terminal.print(`${query}\n${found.length > 1 ? "\n" : ""}`);
  }
}
