import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { parseErrors, type RuleTranslation, translateRules } from "../../catalog/translations.ts";
import { translationKnowledge } from "../../corpora/content/platforms/index.ts";
import { readOwnSettings } from "../../corpora/content/platforms/own-settings-file.ts";
import { queryLanguage } from "../../corpora/recognise.ts";
import { type RuleTextReading, readRuleText, ruleOfQuery } from "../../corpora/rule-text.ts";
import { openSurroundings } from "../../corpora/surroundings.ts";
import type { OwnSettings } from "../../platforms/own-settings.ts";
import type { Platform } from "../../platforms/platform.ts";
import { platformNamed, platforms } from "../../platforms/registry.ts";
import type { TranslationKnowledge } from "../../platforms/translate.ts";
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

/**
 * Translates every rule of a file: queries on stdout, what became of each part on stderr. Exit code 3 where one cannot be
 * expressed, 1 where one could not be read.
 */
export async function translate(terminal: Terminal, path: string, options: TranslateOptions): Promise<ExitCode> {
  const targets = platformsNamed(options.to);
  const knowledge = translationKnowledge();
  const own = ownSettings(options.settings ?? [], knowledge);
  const { rules, failures } = await readRules(terminal, path, options.language);
  const faults = [...failures, ...rules.flatMap((one) => parseErrors(one, path))];
  const { allowBroader = false } = options;
  const found = translateRules(rules, targets, { allowBroader, own });
  if (options.json === true) terminal.printJson({ translations: found, errors: faults });
  else {
    for (const { line, message } of faults) terminal.say(printable(`${path}:${line}: ${message}`));
    printAll(terminal, found);
  }
  if (faults.length > 0) return exitCodes.inputHasErrors;
  return found.some((one) => one.query === null) ? exitCodes.notExpressible : exitCodes.done;
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

/** One query is printed as it stands; each of several below the name of its platform and its rule. */
function printAll(terminal: Terminal, found: readonly RuleTranslation[]): void {
  for (const one of found) {
    const { rule, query } = one;
    const platform = platformNamed(one.platform)?.title ?? one.platform;
    terminal.say(translationReport(printable(one), printable(platform), terminal.messageStyle));
    if (query === null) continue;
    if (found.length > 1) terminal.print(printable(`--- ${one.platform}: ${rule.title}\n`));
    // What goes to a file or a program must be the query itself; what goes to a screen must not steer it.
    const shown = Number.isFinite(terminal.width) ? printable(query) : query;
    terminal.print(`${shown}\n${found.length > 1 ? "\n" : ""}`);
  }
}
