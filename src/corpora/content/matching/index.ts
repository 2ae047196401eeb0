import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MatchingKnowledge } from "../../../matching/engine.ts";
import type { MatchingTables } from "../../../matching/knowledge.ts";
import { openViewReader } from "../../../matching/view/reader.ts";
import type { RecognitionTables, Shape, WindowsEvent, WindowsTables } from "../../../matching/view/recognition.ts";
import type { EventTables } from "../../../vocabulary/events/tables.ts";
import { readCheckedYaml } from "../checked-yaml.ts";
import { contentFolder } from "../folder.ts";
import { translationKnowledge } from "../platforms/index.ts";
import { readEventTables } from "../vocabulary/events.ts";
import { fieldTables } from "../vocabulary/index.ts";
import { valueTables } from "../vocabulary/value-files.ts";
import {
  contextsFile,
  type ShapesFile,
  shapesFile,
  type WindowsEventsFile,
  windowsEventsFile,
} from "./recognition-files.ts";

/** How events are recognised. Throws with file and line of every fault. */
export function readRecognition(folder = join(contentFolder, "matching", "recognition")): RecognitionTables {
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  const place = (name: string): string => `content/matching/recognition/${name}`;
  const names = readdirSync(folder).filter((name) => name.startsWith("shapes-") && name.endsWith(".yaml"));
  // The number in a file's name says when its forms are tried.
  const files = names.sort().map((name) => readCheckedYaml(place(name), read(name), shapesFile));
  const windows = readCheckedYaml(place("windows-events.yaml"), read("windows-events.yaml"), windowsEventsFile);
  const contexts = readCheckedYaml(place("contexts.yaml"), read("contexts.yaml"), contextsFile);
  const events = readEventTables();
  const shapes = files.flatMap((one) => one.shapes.map((shape) => withTables(shape, events)));
  const { places } = translationKnowledge();
  const tables: RecognitionTables = {
    places,
    wrappers: files.flatMap((one) => one.wrappers),
    recased: files.flatMap((one) => one.recased),
    shapes,
    windows: windowsTables(windows, events),
    contexts,
    values: valueTables(),
  };
  refuseStrays(tables);
  return tables;
}

/** Exports that do not say which table they are of: its ids tell. */
function withTables({ source: _source, tables, ...shape }: ShapesFile["shapes"][number], events: EventTables): Shape {
  if (tables === undefined) return shape;
  const cases = tables.names.map((name): Shape["cases"][number] => {
    const values = events.events.filter((one) => one.provider === name).map((one) => one.id);
    const context = { table: [name] };
    return { is: [{ path: tables.member, values }], tells: {}, kinds: [], context, facts: {}, made: [], names: {} };
  });
  return { ...shape, cases: [...shape.cases, ...cases] };
}

/** Categories are those of the ties: which events a log source of Sigma means is said once. */
function windowsTables(file: WindowsEventsFile, events: EventTables): WindowsTables {
  const fromTies = events.ties.flatMap(({ kind, when, events: own }) => {
    const isCategory = kind === "category" && when.product?.includes("windows") === true;
    const [category] = isCategory ? (when.category ?? []) : [];
    if (category === undefined || category.includes("*")) return [];
    return Object.entries(own).map(([provider, ids]) => ({ kind: `windows.${category}`, provider, ids }));
  });
  return {
    categories: [...fromTies, ...file.categories],
    providers: [
      ...events.providers.filter((one) => one.product === "windows"),
      ...file.providers.filter((one) => one.channels.length > 0),
    ],
    events: [...namedData(events), ...file.providers.flatMap(eventsOf)],
    split: file.split,
    sensor: file.sensor,
    said: file.said,
    foreign: file.foreign,
    narrowed: file.narrowed,
    names: file.names,
    envelope: file.envelope,
  };
}

/** Names of which the tables of events say what they mean in one event. */
function namedData({ events }: EventTables): readonly WindowsEvent[] {
  return events.flatMap(({ provider, id, fields }) => {
    const names = fields.flatMap(({ name, field }) => (field === undefined ? [] : [[name, field] as const]));
    return names.length === 0 ? [] : [{ provider, id, facts: {}, names: Object.fromEntries(names), also: {} }];
  });
}

function eventsOf({ name, ecs, also }: WindowsEventsFile["providers"][number]): readonly WindowsEvent[] {
  const said = Object.entries(ecs).map(([id, own]): WindowsEvent => {
    const facts = Object.entries(own).map(([key, values]) => [`event.${key}`, values ?? []] as const);
    return { provider: name, id, facts: Object.fromEntries(facts), names: {}, also: {} };
  });
  const more = also.flatMap(({ ids, fields }) =>
    ids.map((id): WindowsEvent => ({ provider: name, id, facts: {}, names: {}, also: fields })),
  );
  return [...said, ...more];
}

/** Log sources and fields that are named here are known ones. */
function refuseStrays({ shapes, windows, contexts }: RecognitionTables): void {
  const { logSources, vocabulary } = translationKnowledge();
  const ids = new Set(logSources.all.map((one) => one.id));
  const named = [
    ...shapes.flatMap((one) => [
      ...one.kinds,
      ...(one.platform?.unsure ?? []),
      ...one.cases.flatMap((own) => own.kinds),
    ]),
    ...windows.categories.map((one) => one.kind),
    ...Object.keys(windows.narrowed),
    ...contexts.flatMap((one) => one.kinds.filter((kind) => !kind.includes("*"))),
  ];
  const strays = new Set(named.filter((id) => !ids.has(id)));
  const fields = [
    ...shapes.flatMap((one) => [
      ...Object.keys(one.log),
      ...Object.keys(one.facts),
      ...Object.values(one.names),
      ...one.made.map(({ field }) => field),
      ...one.cases.flatMap((own) => [
        ...Object.keys(own.facts),
        ...Object.values(own.names),
        ...Object.keys(own.tells),
        ...own.made.map(({ field }) => field),
      ]),
    ]),
    ...Object.keys(windows.said),
    ...Object.values(windows.names),
    ...Object.values(windows.envelope),
    ...windows.events.flatMap((one) => [...Object.keys(one.facts), ...Object.keys(one.also)]),
  ];
  const schemas = new Set(vocabulary.schemas.map((one) => one.id));
  const all = [
    ...[...strays].map((id) => `no such log source: ${id}`),
    ...[...new Set(fields)].filter((id) => vocabulary.field(id) === null).map((id) => `no such field: ${id}`),
    ...shapes.flatMap(({ id, schema }) =>
      schema !== null && !schemas.has(schema) ? [`${id}: no such schema: ${schema}`] : [],
    ),
  ];
  if (all.length > 0) throw new Error(`content/matching/recognition: ${all.join("; ")}.`);
}

let matching: MatchingKnowledge | null = null;

/** All that matching is done with, as it ships with this version, read once. */
export function matchingKnowledge(): MatchingKnowledge {
  if (matching !== null) return matching;
  const { vocabulary, values, logSources } = translationKnowledge();
  const view = openViewReader({ vocabulary, values, logSources }, recognitionTables());
  matching = { vocabulary, values, logSources, view };
  return matching;
}

/** What `matchingKnowledge` is made of, for other threads. */
export function matchingTables(): MatchingTables {
  return {
    fields: fieldTables(),
    values: valueTables(),
    logSources: translationKnowledge().logSources.all,
    recognition: recognitionTables(),
  };
}

let known: RecognitionTables | null = null;

/** How events are recognised, as it ships with this version, read once. */
export function recognitionTables(): RecognitionTables {
  known ??= readRecognition();
  return known;
}
