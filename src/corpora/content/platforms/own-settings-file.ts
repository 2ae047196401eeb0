import { z } from "zod";
import type { LogPlace } from "../../../platforms/log-sources/tables.ts";
import type { OwnSettings } from "../../../platforms/own-settings.ts";
import type { Platform } from "../../../platforms/platform.ts";
import type { TranslationKnowledge } from "../../../platforms/translate.ts";
import { isLike, openLike } from "../../../vocabulary/like.ts";
import { readCheckedYaml } from "../checked-yaml.ts";

/** What a user's file says of one platform. */
export interface OwnSettingsFile {
  readonly platform: Platform;
  readonly settings: OwnSettings;
}

const text = z.string().trim().min(1);
const values = z.union([z.array(z.coerce.string()), z.coerce.string().transform((one) => [one])]);

/** A place of which only what differs is said. */
const ownPlace = z.strictObject({
  from: z.union([text.transform((one) => [one]), z.array(text).min(1)]).optional(),
  where: z.record(text, values).default({}),
  context: z.record(text, values).default({}),
  unlisted: z.record(text, text).default({}),
});

type OwnPlace = z.output<typeof ownPlace>;

/**
 * Reads the settings of a user: `platform`, `log_sources` (id, or ids with `*`, → where it stands) and `fields` (id of the
 * vocabulary → name). `name` is the file as its user calls it. Throws with `name:line: what is wrong` for every fault.
 */
export function readOwnSettings(
  name: string,
  content: string,
  knowledge: TranslationKnowledge,
  platformNamed: (id: string) => Platform | null,
): OwnSettingsFile {
  const file = settingsFile(knowledge, platformNamed);
  const { platform: id, log_sources, fields } = readCheckedYaml(name, content, file);
  const platform = platformNamed(id);
  if (platform === null) throw new Error(`${name}: ${id} is no platform.`);
  return { platform, settings: { places: placesOf(knowledge, platform, log_sources), names: fields } };
}

function settingsFile(
  { logSources, vocabulary }: TranslationKnowledge,
  platformNamed: (id: string) => Platform | null,
) {
  return z
    .strictObject({
      platform: text,
      log_sources: z.record(text, z.union([ownPlace, z.array(ownPlace).min(1)])).default({}),
      fields: z.record(text, text).default({}),
    })
    .superRefine(({ platform, log_sources, fields }, context) => {
      const fault = (path: readonly string[], message: string) =>
        context.addIssue({ code: "custom", path: [...path], message });
      if (platformNamed(platform) === null) fault(["platform"], "There is no such platform.");
      for (const key of Object.keys(log_sources)) {
        if (logSources.all.some((one) => isLike(openLike(key), one.id))) continue;
        fault(["log_sources", key], "There is no such log source.");
      }
      for (const id of Object.keys(fields)) {
        if (vocabulary.field(id) === null) fault(["fields", id], "There is no such field in the vocabulary.");
      }
    });
}

/** An id itself goes before ids with `*`, and of those the first that fits. */
function placesOf(
  knowledge: TranslationKnowledge,
  platform: Platform,
  own: Readonly<Record<string, OwnPlace | readonly OwnPlace[]>>,
): OwnSettings["places"] {
  const patterns = Object.keys(own).map((key) => ({ key, like: openLike(key) }));
  const places: Record<string, readonly LogPlace[]> = {};
  for (const source of knowledge.logSources.all) {
    const key = Object.hasOwn(own, source.id) ? source.id : patterns.find((one) => isLike(one.like, source.id))?.key;
    const said = key === undefined ? undefined : own[key];
    if (said === undefined) continue;
    const made = platform.place?.(source) ?? null;
    const listed = platform.content === null ? [] : (knowledge.places.get(platform.content)?.places[source.id] ?? []);
    const shipped = made === null ? listed : [made];
    const found = isList(said)
      ? said.flatMap((one) => inPlace(one, shipped[0] ?? nowhere))
      : (shipped.length === 0 ? [nowhere] : shipped).flatMap((one) => inPlace(said, one));
    // A log that the platform does not have stays where it is, unless the user says where it stands.
    if (found.length > 0) places[source.id] = found;
  }
  return places;
}

function isList(one: OwnPlace | readonly OwnPlace[]): one is readonly OwnPlace[] {
  return Array.isArray(one);
}

const nowhere: LogPlace = { from: [], where: {}, context: {}, has: [], unlisted: {}, lacks: [], says: {}, source: "" };

/** What the user does not say stays as it is; a field without values (`[]`) chooses nothing any more. */
function inPlace({ from, where, context, unlisted }: OwnPlace, shipped: LogPlace): readonly LogPlace[] {
  if (from === undefined && shipped === nowhere) return [];
  const chosen = Object.entries({ ...shipped.where, ...where }).filter(([, one]) => one.length > 0);
  return [
    {
      ...shipped,
      from: from ?? shipped.from,
      where: Object.fromEntries(chosen),
      context: { ...shipped.context, ...context },
      unlisted: { ...shipped.unlisted, ...unlisted },
    },
  ];
}
