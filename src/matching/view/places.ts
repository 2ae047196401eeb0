import type { LogPlace, PlatformLogSources } from "../../platforms/log-sources/tables.ts";
import type { SourceContext } from "../../vocabulary/context.ts";
import { like } from "../../vocabulary/events/like.ts";
import type { EventData } from "../readers/log-format.ts";
import { type OpenPath, openPath, textsAt } from "./members.ts";
import type { ShapePlatform } from "./recognition.ts";

/** A place of a platform that keeps a log, ready to be compared with events. */
interface OpenPlace {
  readonly kind: string;
  readonly place: LogPlace;
  readonly where: readonly { readonly path: OpenPath; readonly values: readonly string[] }[];
}

/** In which places of a platform an event stands. */
export interface Places {
  /** Members on which that depends, for events of these containers (tables, source types, indices). */
  readonly telling: (containers: readonly string[]) => readonly OpenPath[];
  readonly of: (data: EventData, containers: readonly string[]) => readonly Found[];
}

export interface Found {
  readonly kind: string;
  readonly context: SourceContext;
}

export function openPlaces(platform: ShapePlatform, { places }: PlatformLogSources): Places {
  const unsure = new Set(platform.unsure);
  const all = Object.entries(places).flatMap(([kind, own]) =>
    unsure.has(kind) ? [] : own.filter(isTelling).map((place) => openPlace(kind, place)),
  );
  const replaced = new Map(platform.replaced.map((one) => [one.path.join("."), one]));
  const inPlaces = (containers: readonly string[]): readonly OpenPlace[] =>
    all.filter(({ place }) =>
      containers.length === 0 || place.from.length === 0
        ? isTellingAlone(place)
        : place.from.some((pattern) => containers.some((one) => isContainer(pattern, one))),
    );
  return {
    telling: (containers) => {
      const paths = new Map<string, OpenPath>();
      for (const { where } of inPlaces(containers)) {
        for (const { path } of where) paths.set(path.joined.at(-1) ?? "", path);
      }
      return [...paths.values()];
    },
    of: (data, containers) =>
      inPlaces(containers)
        .filter(({ where }) =>
          where.every(({ path, values }) => {
            const texts = spelled(textsAt(data, path), replaced.get(path.joined.at(-1) ?? ""));
            return texts.some((text) => values.some((one) => like(one, text)));
          }),
        )
        .map(({ kind, place }) => ({ kind, context: place.context })),
  };
}

/** A place for everything says nothing of what stands there. */
function isTelling({ from, where }: LogPlace): boolean {
  return !from.includes("*") && !(from.includes("logs-*") && Object.keys(where).length === 0);
}

/** Does what a place chooses its events by tell its log, where the event does not say in which place it stands? */
function isTellingAlone({ where }: LogPlace): boolean {
  const fields = Object.keys(where);
  return fields.length > 1 || fields.includes("winlog.channel") || fields.includes("metadata.event_type");
}

function openPlace(kind: string, place: LogPlace): OpenPlace {
  const where = Object.entries(place.where).map(([name, values]) => ({ path: openPath(name.split(".")), values }));
  return { kind, place, where };
}

/** `logs-aws.cloudtrail-*` holds `logs-aws.cloudtrail-default`, and so does the backing index `.ds-logs-aws.cloudtrail-default-…`. */
function isContainer(pattern: string, name: string): boolean {
  return like(pattern, name) || (name.startsWith(".ds-") && like(pattern, name.slice(4)));
}

/** The texts, and how tables spell them where products have two spellings. */
function spelled(texts: readonly string[], rule: ShapePlatform["replaced"][number] | undefined): readonly string[] {
  if (rule === undefined) return texts;
  const others = texts.filter((one) => one.toLowerCase().startsWith(rule.from.toLowerCase()));
  return [...texts, ...others.map((one) => rule.to + one.slice(rule.from.length))];
}
