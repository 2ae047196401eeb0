import type { Database } from "../catalog/database.ts";
import { translationKnowledge } from "../corpora/content/platforms/index.ts";
import type { LogPlace, LogSource } from "../platforms/log-sources/tables.ts";
import type { Platform } from "../platforms/platform.ts";
import type { System } from "../platforms/systems.ts";
import type { LogNeed } from "./detection-package.ts";
import type { MadeDetection } from "./detections.ts";

interface Tie {
  readonly rule: number;
  readonly provider: string;
  readonly id: string;
  readonly title: string;
  readonly logging: string | null;
  readonly providerLogging: string | null;
}

/** The logs that the detections read, those that most of them read first. */
export function needsOf(database: Database, made: readonly MadeDetection[], system: System): readonly LogNeed[] {
  const ties = tiesOf(database, made);
  const { logSources } = translationKnowledge();
  const sources = new Map(logSources.all.map((one) => [one.id, one]));
  const ids = [...new Set(made.flatMap((one) => one.detection.logSources))];
  const needs = ids.map((id): LogNeed => {
    const readers = made.filter((one) => one.detection.logSources.includes(id));
    const source = sources.get(id);
    const own = readers.flatMap((one) => fitting(ties.get(one.candidate.rule.key) ?? [], source, one));
    return {
      id,
      title: source?.title ?? id,
      places: placesOf(id, source, readers, system),
      settings: settingsOf(own),
      events: eventsOf(own),
      detections: readers.map((one) => one.detection.id),
    };
  });
  needs.push(...withoutLog(made, ties));
  return needs.sort((one, other) => other.detections.length - one.detections.length || (one.id < other.id ? -1 : 1));
}

/** Events of a native rule whose log has no id of ours: each provider is a need. */
function withoutLog(made: readonly MadeDetection[], ties: ReadonlyMap<number, readonly Tie[]>): readonly LogNeed[] {
  const byProvider = new Map<string, { readonly ties: Tie[]; readonly made: Set<MadeDetection> }>();
  for (const one of made.filter(({ detection }) => detection.logSources.length === 0)) {
    for (const tie of ties.get(one.candidate.rule.key) ?? []) {
      const own = byProvider.get(tie.provider) ?? { ties: [], made: new Set() };
      byProvider.set(tie.provider, own);
      own.ties.push(tie);
      own.made.add(one);
    }
  }
  return [...byProvider].map(([provider, own]) => ({
    id: provider,
    title: provider,
    places: [...new Set([...own.made].flatMap(namedPlaces))],
    settings: settingsOf(own.ties),
    events: eventsOf(own.ties),
    detections: [...own.made].map((one) => one.detection.id),
  }));
}

function tiesOf(database: Database, made: readonly MadeDetection[]): ReadonlyMap<number, readonly Tie[]> {
  const rows = database.all<Tie>(
    `SELECT t.rule, t.provider, t.event_id AS id, v.title, v.logging, p.logging AS providerLogging
     FROM event_tie t JOIN event v ON v.provider = t.provider AND v.event_id = t.event_id LEFT JOIN provider p ON p.name = t.provider
     WHERE t.rule IN (SELECT value FROM json_each(?)) ORDER BY t.provider, t.event_id`,
    JSON.stringify(made.map((one) => one.candidate.rule.key)),
  );
  return Map.groupBy(rows, (one) => one.rule);
}

/**
 * The events of the log among those that a rule is tied to. A translated rule may be tied to events of the vendor that wrote
 * it, and a rule of several logs to those of each: only those that the log holds count, where the log says what it holds.
 */
function fitting(ties: readonly Tie[], source: LogSource | undefined, { detection }: MadeDetection): readonly Tie[] {
  if (detection.native && detection.logSources.length < 2) return ties;
  const providers = source?.facts["event.provider"] ?? [];
  const codes = source?.facts["event.code"] ?? [];
  const held = ties.filter(
    ({ provider, id }) =>
      (providers.length === 0 || providers.includes(provider)) && (codes.length === 0 || codes.includes(id)),
  );
  return held.length > 0 || detection.logSources.length > 1 ? held : ties;
}

/** Where the platform keeps the log: what the queries read, else what the tables of the platform list. */
function placesOf(
  id: string,
  source: LogSource | undefined,
  readers: readonly MadeDetection[],
  system: System,
): readonly string[] {
  const named = readers.filter((one) => one.detection.native).flatMap(namedPlaces);
  const read = readers
    .filter((one) => !one.detection.native)
    .flatMap(({ branches, platform }) =>
      branches.filter((one) => one.logSource.id === id).flatMap((one) => placeWords(platform, one.place)),
    );
  const listed = system.platforms.flatMap((platform) => listedPlaces(platform, id, source));
  const found = [...new Set([...read, ...named])];
  return found.length > 0 ? found : [...new Set(listed)];
}

function listedPlaces(platform: Platform, id: string, source: LogSource | undefined): readonly string[] {
  const made = source === undefined ? null : (platform.place?.(source) ?? null);
  if (made !== null) return placeWords(platform, made);
  const places = platform.content === null ? undefined : translationKnowledge().places.get(platform.content)?.places;
  return (places?.[id] ?? []).flatMap((one) => placeWords(platform, one));
}

/** `logs-endpoint.events.process-*`; `sourcetype=XmlWinEventLog EventCode=1`; `product: windows, category: process_creation`. */
function placeWords(platform: Platform, place: LogPlace): readonly string[] {
  if (platform.content === null) {
    const words = Object.entries(place.context).map(([key, values]) => `${key}: ${values.join(", ")}`);
    return words.length === 0 ? [] : [words.join(", ")];
  }
  const chosen = Object.entries(place.where).map(([name, values]) => `${name}: ${values.join(", ")}`);
  const from = place.from.filter((one) => one !== "*").join(", ");
  const where = chosen.length === 0 ? "" : from === "" ? chosen.join("; ") : ` (${chosen.join("; ")})`;
  return `${from}${where}` === "" ? [] : [`${from}${where}`];
}

/** Indices, data models and tables that a native rule itself names. */
function namedPlaces({ answer }: MadeDetection): readonly string[] {
  const kinds = new Set(["index", "table", "data_source", "datamodel"]);
  const told = answer.document.logSources.filter((one) => one.kind === "index");
  if (told.length > 0) return told.map((one) => one.name);
  return answer.logic.stages.flatMap((stage) =>
    stage.type === "source" && kinds.has(stage.kind) ? stage.names.filter((name) => name !== "*") : [],
  );
}

function settingsOf(ties: readonly Tie[]): readonly string[] {
  return [...new Set(ties.flatMap(({ logging, providerLogging }) => logging ?? providerLogging ?? []))];
}

function eventsOf(ties: readonly Tie[]): LogNeed["events"] {
  const found = new Map(ties.map(({ provider, id, title }) => [`${provider}\n${id}`, { provider, id, title }]));
  return [...found.values()];
}
