import { join } from "node:path";
import { type Events, openEvents } from "../../../vocabulary/events/events.ts";
import type { EventDefinition, EventTables } from "../../../vocabulary/events/tables.ts";
import { readCheckedYaml } from "../checked-yaml.ts";
import { contentFolder } from "../folder.ts";
import { checkedTieFile, type EventFile, eventFile, type KnownEvents, straysOf, tieFile } from "./event-files.ts";
import { refuseTwice, tableFiles } from "./table-files.ts";

/** The tables of events and ties. Throws with file and line of every fault: whoever edits a table is to see it. */
export function readEventTables(folder = join(contentFolder, "vocabulary")): EventTables {
  const files = tableFiles(folder, "events").map(({ name, text }) => ({
    name,
    ...readCheckedYaml(name, text, eventFile),
  }));
  const providers = files.flatMap((one) => one.providers);
  refuseTwice(
    "provider",
    providers.map((one) => one.name),
  );
  const byName = new Map(providers.map((one) => [one.name, one]));
  const events = [...providers.flatMap(eventsOf), ...files.flatMap((one) => operationsOf(one, byName))];
  refuseTwice(
    "event",
    events.map((one) => `${one.provider} ${one.id}`),
  );
  const { conditions, ties } = readTies(folder, new Set(byName.keys()), events);
  return {
    providers: providers.map(({ events: _events, events_source: _source, ...one }) => one),
    events,
    conditions,
    ties,
  };
}

function readTies(
  folder: string,
  providers: ReadonlySet<string>,
  events: readonly EventDefinition[],
): Pick<EventTables, "conditions" | "ties"> {
  const files = tableFiles(folder, "ties").map((one) => ({
    ...one,
    file: readCheckedYaml(one.name, one.text, tieFile),
  }));
  const conditions = files.flatMap((one) => one.file.conditions);
  refuseTwice(
    "condition",
    conditions.map((one) => one.name),
  );
  const ids = new Set(events.map((one) => `${one.provider}\n${one.id}`));
  const conditionNames = new Set(conditions.map((one) => one.name));
  const known: KnownEvents = {
    provider: (name) => providers.has(name),
    event: (provider, id) => ids.has(`${provider}\n${id}`),
    condition: (name) => conditionNames.has(name),
  };
  for (const { name, text, file } of files) {
    // Reading is what takes long; only a file with a fault is read again, to say where.
    if (straysOf(file, known).length > 0) readCheckedYaml(name, text, checkedTieFile(known));
  }
  return { conditions, ties: files.flatMap((one) => one.file.ties) };
}

let known: Events | null = null;

/** The events that ship with this version, read once. */
export function events(): Events {
  known ??= openEvents(readEventTables());
  return known;
}

type Provider = EventFile["providers"][number];

function eventsOf({ name, source, events_source, events }: Provider): readonly EventDefinition[] {
  return events.map((one) => ({ ...one, provider: name, source: one.source ?? events_source ?? source }));
}

function operationsOf(
  file: EventFile & { readonly name: string },
  providers: ReadonlyMap<string, Provider>,
): readonly EventDefinition[] {
  return Object.entries(file.operations).flatMap(([name, categories]) => {
    const provider = providers.get(name);
    if (provider === undefined) throw new Error(`${file.name}: operations: No provider is called ${name}.`);
    const source = provider.events_source ?? provider.source;
    return Object.entries(categories).flatMap(([category, ids]) =>
      ids.map((id) => ({ provider: name, id, title: id, category, source, fields: [], absent: [] })),
    );
  });
}
