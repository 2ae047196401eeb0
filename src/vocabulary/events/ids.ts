import type { Events } from "./events.ts";
import { like } from "./like.ts";
import { fillAll } from "./log-source.ts";
import type { IdSource, TieDefinition } from "./tables.ts";
import type { Unit } from "./units.ts";

interface NamedId {
  readonly provider: string;
  readonly id: string;
  /** How the rule names it. */
  readonly words: string;
}

/** The events that a rule names by their ids. */
export function idsNamed(events: Events, tie: TieDefinition, source: IdSource, unit: Unit): readonly NamedId[] {
  const named = [...byFields(events, tie, source, unit), ...byLogSource(events, tie, source, unit)];
  return source.known ? named.filter((one) => events.event(one.provider, one.id) !== null) : named;
}

function byFields(events: Events, tie: TieDefinition, source: IdSource, unit: Unit): readonly NamedId[] {
  const field = source.fields.find((one) => unit.facts.asked.has(one));
  if (field === undefined) return [];
  return (unit.facts.asked.get(field) ?? []).flatMap((value) =>
    idsOf(events, tie, source, unit, value).flatMap((id) =>
      writersOf(events, tie, source, unit, id).map((provider) => ({ provider, id, words: `names ${field} ${value}` })),
    ),
  );
}

/** A value that leaves something open stands for the events that the tables know of it. */
function idsOf(events: Events, tie: TieDefinition, source: IdSource, unit: Unit, value: string): readonly string[] {
  if (Object.keys(source.map).length > 0) {
    return Object.entries(source.map).flatMap(([key, ids]) => (value !== "*" && like(value, key) ? ids : []));
  }
  if (!value.includes("*")) return [value];
  if (value === "*") return [];
  const known = writersOf(events, tie, source, unit, "").flatMap((provider) => events.eventsOf(provider));
  return [...new Set(known.map((one) => one.id).filter((id) => id !== "*" && like(value, id)))];
}

/** Where several could have written the event, those of which the tables know it. */
function writersOf(events: Events, tie: TieDefinition, source: IdSource, unit: Unit, id: string): readonly string[] {
  const providers = providersOf(events, tie, source, unit, id);
  if (providers.length < 2) return providers;
  const sure = providers.filter((one) => events.event(one, id) !== null);
  return sure.length > 0 ? sure : providers;
}

function providersOf(events: Events, tie: TieDefinition, source: IdSource, unit: Unit, id: string): readonly string[] {
  for (const field of source.providers) {
    const values = unit.facts.asked.get(field)?.filter((one) => one !== "*") ?? [];
    if (values.length > 0) return [...new Set(values.flatMap((value) => providersLike(events, value)))];
  }
  const owner = Object.entries(source.owners).find(([, ids]) => ids.includes(id));
  return owner === undefined ? fillAll(source.provider, unit.context, tie.when) : [owner[0]];
}

function providersLike(events: Events, value: string): readonly string[] {
  if (!value.includes("*")) return [events.provider(value)?.name ?? value];
  return events.tables.providers.map((one) => one.name).filter((name) => like(value, name));
}

/** `Windows Event Log Security 4688` says with its name which event it is. */
function byLogSource(events: Events, tie: TieDefinition, source: IdSource, unit: Unit): readonly NamedId[] {
  const { rest } = source;
  if (rest === undefined) return [];
  const patterns = (tie.when[rest] ?? []).filter((one) => one.endsWith("*"));
  return (unit.context[rest] ?? []).flatMap((name) => {
    const pattern = patterns.find((one) => like(one, name));
    if (pattern === undefined) return [];
    const words = `its ${rest.replaceAll("_", " ")} is ${name}`;
    return name
      .slice(pattern.length - 1)
      .split(source.split ?? "\n")
      .flatMap((one) => restIds(source, one.trim()))
      .flatMap((id) => writersOf(events, tie, source, unit, id).map((provider) => ({ provider, id, words })));
  });
}

function restIds(source: IdSource, value: string): readonly string[] {
  const found = Object.entries(source.map).find(([key]) => key.toLowerCase() === value.toLowerCase());
  return found?.[1] ?? (value === "" ? [] : [value]);
}
