import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { parseErrors, type RuleTranslation, translateRules } from "../catalog/translations.ts";
import { translationKnowledge } from "../corpora/content/platforms/index.ts";
import { readOwnSettings } from "../corpora/content/platforms/own-settings-file.ts";
import type { ReadFailure } from "../corpora/corpus.ts";
import { type RuleTextReading, readRuleText, ruleOfQuery } from "../corpora/rule-text.ts";
import { languages } from "../languages/registry.ts";
import type { OwnSettings } from "../platforms/own-settings.ts";
import type { Platform } from "../platforms/platform.ts";
import { platformNamed, platforms } from "../platforms/registry.ts";

/** Where rules are sent to be translated. */
export const translateAddress = "/api/translate";

/** What one request may cost: bytes that it sends, rules that it holds, and milliseconds after which no further rule is begun. */
export const translateLimits = { bytes: 262_144, rules: 50, time: 5000 } as const;

const asked = z.strictObject({
  /** A rule file in any format that we read, or a query. */
  rule: z.string().min(1),
  /** Of a bare query. */
  language: z.string().optional(),
  /** Ids or aliases of platforms, or `all`. */
  to: z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]),
  allowBroader: z.boolean().default(false),
  /** YAML of what the asker's own platform calls logs and fields. */
  settings: z.string().optional(),
});

export interface TranslateAnswer {
  readonly translations: readonly RuleTranslation[];
  /** What of the text could not be read. */
  readonly errors: readonly ReadFailure[];
}

/** Words for the asker, with the status of the answer. */
class Unfit extends Error {
  readonly status: 400 | 413 | 422 | 503;

  constructor(status: Unfit["status"], message: string) {
    super(message);
    this.status = status;
  }
}

/** `POST /api/translate`: JSON in, JSON out. Foreign sites cannot ask: browsers let them send no JSON. */
export function addTranslateApi(app: Hono): void {
  const tooLarge = (context: Context): Response =>
    answerError(context, 413, `A request may have at most ${translateLimits.bytes} bytes.`);
  app.post(translateAddress, bodyLimit({ maxSize: translateLimits.bytes, onError: tooLarge }), async (context) => {
    context.header("Cache-Control", "no-store");
    if (!/^application\/json\b/iu.test(context.req.header("content-type") ?? "")) {
      return answerError(context, 415, "Send JSON: Content-Type: application/json.");
    }
    try {
      return context.json(translateText(await context.req.text()));
    } catch (error) {
      if (error instanceof Unfit) return answerError(context, error.status, error.message);
      throw error;
    }
  });
}

function answerError(context: Context, status: 400 | 413 | 415 | 422 | 503, message: string): Response {
  context.header("Cache-Control", "no-store");
  return context.json({ error: { status, message } }, status);
}

function translateText(body: string): TranslateAnswer {
  const { rule, language, to, allowBroader, settings } = askedIn(body);
  const targets = [...new Set(to.flatMap(platformsNamed))];
  const own = settings === undefined ? new Map<string, OwnSettings>() : ownSettings(settings);
  const { rules, failures } = readText(rule, language);
  if (rules.length > translateLimits.rules) {
    throw new Unfit(413, `A request may hold at most ${translateLimits.rules} rules.`);
  }
  const deadline = performance.now() + translateLimits.time;
  const translations: RuleTranslation[] = [];
  for (const platform of targets) {
    if (performance.now() > deadline) throw new Unfit(503, "This takes too long: ask for fewer rules or platforms.");
    translations.push(...translateRules(rules, [platform], { allowBroader, own }));
  }
  return { translations, errors: [...failures, ...rules.flatMap((one) => parseErrors(one, "rule"))] };
}

function askedIn(body: string): z.output<typeof asked> {
  const checked = asked.safeParse(jsonIn(body));
  if (checked.success) return checked.data;
  const faults = checked.error.issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "));
  throw new Unfit(400, faults.join("\n"));
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Unfit(400, "The request is no JSON.");
  }
}

function platformsNamed(name: string): readonly Platform[] {
  if (name.toLowerCase() === "all") return platforms;
  const platform = platformNamed(name);
  if (platform !== null) return [platform];
  throw new Unfit(
    400,
    `to: There is no platform ${name}. Known are: all, ${platforms.map(({ id }) => id).join(", ")}.`,
  );
}

function ownSettings(text: string): ReadonlyMap<string, OwnSettings> {
  try {
    const { platform, settings } = readOwnSettings("settings", text, translationKnowledge(), platformNamed);
    return new Map([[platform.id, settings]]);
  } catch (error) {
    if (error instanceof Error) throw new Unfit(400, error.message);
    throw error;
  }
}

function readText(text: string, language: string | undefined): RuleTextReading {
  if (language !== undefined) {
    if (!languages.has(language)) throw new Unfit(400, `language: There is no language ${language}.`);
    return { rules: [ruleOfQuery("query", text, language)], failures: [] };
  }
  const reading = readRuleText("rule", text);
  if (reading !== null) return reading;
  throw new Unfit(422, "This is no rule that is known. Of a bare query, name the language.");
}
