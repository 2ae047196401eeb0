import type { LogSource } from "../../platforms/log-sources/tables.ts";
import type { SourceContext } from "../../vocabulary/context.ts";
import { like } from "../../vocabulary/events/like.ts";
import { names } from "../../vocabulary/events/log-source.ts";
import type { WindowsTables } from "./recognition.ts";

/** What an event says of which log it is from: field of the vocabulary → its values. */
export type Told = ReadonlyMap<string, readonly string[]>;

/** Which log sources an event is of. */
export interface Kinds {
  /** By the signs of log sources: what rules ask for to read a log, its events say. */
  readonly bySigns: (context: SourceContext, told: Told) => readonly string[];
  /** Of an event of the Windows event log (`always`: its form says that it is one): the service of its channel, and the categories of its id. */
  readonly ofWindows: (told: Told, always: boolean) => readonly string[];
  /** Who may have written it, in small letters: its provider, or those of its channel where an export leaves the provider out. */
  readonly writersOf: (told: Told) => readonly string[];
  /** With the kinds of which these are a part (`process_creation` of `windows.process_creation`), the narrow ones first; no id twice. */
  readonly whole: (kinds: readonly string[]) => readonly string[];
  /** Does nothing that the event says of its log speak against it? */
  readonly allows: (id: string, told: Told, ignores?: readonly string[]) => boolean;
  readonly source: (id: string) => LogSource | undefined;
  readonly ids: ReadonlySet<string>;
}

export function openKinds(all: readonly LogSource[], windows: WindowsTables): Kinds {
  const byId = new Map(all.map((one) => [one.id, one]));
  const services = servicesByChannel(all);
  const channels = new Map(windows.providers.map((one) => [one.name.toLowerCase(), one.channels]));
  const categories = new Map<string, string[]>();
  for (const { kind, provider, ids } of windows.categories) {
    for (const id of ids) {
      const key = `${provider.toLowerCase()}\n${id}`;
      categories.set(key, [...(categories.get(key) ?? []), kind]);
    }
  }
  const foreign = new Map(Object.entries(windows.foreign).map(([name, product]) => [name.toLowerCase(), product]));
  const narrowed = (id: string, told: Told): boolean => {
    const own = windows.narrowed[id];
    return own === undefined || Object.entries(own).every(([field, values]) => agrees(told.get(field), values));
  };
  const providersOf = new Map<string, string[]>();
  for (const { name, channels: own } of windows.providers) {
    for (const channel of own) {
      const key = channel.toLowerCase();
      providersOf.set(key, [...(providersOf.get(key) ?? []), name.toLowerCase()]);
    }
  }
  const writersOf = (told: Told): readonly string[] => {
    const [provider] = told.get("event.provider") ?? [];
    if (provider !== undefined) return [provider.toLowerCase()];
    const [channel] = told.get("winlog.channel") ?? [];
    return channel === undefined ? [] : (providersOf.get(channel.toLowerCase()) ?? []);
  };
  const askable = all.flatMap((source) =>
    source.signs
      .filter((sign) => sign.differs === undefined && Object.keys(sign.when).every((kind) => isEventContext(kind)))
      .map((sign) => ({ source, sign })),
  );
  return {
    bySigns: (context, told) => {
      const found = new Set<string>();
      for (const { source, sign } of askable) {
        if (found.has(source.id)) continue;
        if (!isSaid(sign.asks, told) || !isInContext(context, sign.when)) continue;
        if (contradicts(source, told) || !narrowed(source.id, told)) continue;
        found.add(source.id);
      }
      return [...found];
    },
    ofWindows: (told, always) => {
      const [provider] = told.get("event.provider") ?? [];
      const named = provider?.toLowerCase();
      const [channel = channels.get(named ?? "")?.at(0)] = told.get("winlog.channel") ?? [];
      // The provider of an event that is none of Windows is a service of the cloud, say.
      if (!always && channel === undefined && !channels.has(named ?? "")) return [];
      const [code] = told.get("event.code") ?? [];
      const key = channel?.toLowerCase() ?? "";
      const own = writersOf(told).flatMap((one) => [
        ...(categories.get(`${one}\n${code}`) ?? []),
        ...(categories.get(`${one}\n*`) ?? []),
      ]);
      const narrow = own.filter((id) => narrowed(id, told));
      return [...narrow, ...(services.get(key) ?? []), foreign.get(key) ?? "windows"];
    },
    writersOf,
    whole: (kinds) => {
      const wider = kinds.flatMap((id) => {
        const dot = id.indexOf(".");
        const general = dot === -1 ? undefined : byId.get(id.slice(dot + 1));
        const product = dot === -1 ? undefined : byId.get(id.slice(0, dot));
        return [...(general?.sigma?.product === undefined ? [general] : []), product].flatMap((one) => one?.id ?? []);
      });
      return [...new Set([...kinds, ...wider])].filter((id) => byId.has(id));
    },
    allows: (id, told, ignores) => {
      const source = byId.get(id);
      return source !== undefined && !contradicts(source, told, ignores) && narrowed(id, told);
    },
    source: (id) => byId.get(id),
    ids: new Set(byId.keys()),
  };
}

/** Kinds of log source in a context that events can name, too: rules alone name macros and data models. */
function isEventContext(kind: string): boolean {
  return kind === "index" || kind === "table" || kind === "data_source";
}

function isInContext(context: SourceContext, when: Readonly<Record<string, readonly string[]>>): boolean {
  for (const kind in when) {
    const patterns = when[kind] ?? [];
    if (!(context[kind] ?? []).some((value) => patterns.some((one) => names(one, value)))) return false;
  }
  return true;
}

function isSaid(asks: Readonly<Record<string, readonly string[]>>, told: Told): boolean {
  for (const field in asks) {
    const values = told.get(field);
    if (values === undefined || values.length === 0) return false;
    const patterns = asks[field] ?? [];
    if (!values.some((value) => patterns.some((one) => like(one, value)))) return false;
  }
  return true;
}

/** Does the event say something that no event of the log says? */
function contradicts({ facts }: LogSource, told: Told, ignores: readonly string[] = []): boolean {
  for (const field in facts) {
    if (!agrees(told.get(field), facts[field] ?? []) && !ignores.some((one) => like(one, field))) return true;
  }
  return false;
}

function agrees(values: readonly string[] | undefined, held: readonly string[]): boolean {
  if (values === undefined || values.length === 0) return true;
  return values.some((value) => held.some((one) => like(one, value)));
}

/** Logs that are a channel each: those that Sigma calls services, and their like. */
function servicesByChannel(all: readonly LogSource[]): ReadonlyMap<string, readonly string[]> {
  const services = new Map<string, string[]>();
  for (const { id, facts, sigma } of all) {
    if (facts["event.code"] !== undefined || sigma?.category !== undefined) continue;
    for (const channel of facts["winlog.channel"] ?? []) {
      const key = channel.toLowerCase();
      services.set(key, [...(services.get(key) ?? []), id]);
    }
  }
  return services;
}
