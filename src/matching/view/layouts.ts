import type { SourceContext } from "../../vocabulary/context.ts";
import { like } from "../../vocabulary/events/like.ts";
import type { Schema } from "../../vocabulary/fields/names.ts";
import type { Vocabulary } from "../../vocabulary/vocabulary.ts";
import { contextFor, filledWith } from "./contexts.ts";
import type { Kinds, Told } from "./kinds.ts";
import type { EventLayout, MadeField } from "./layout.ts";
import type { Found } from "./places.ts";
import type { RecognitionTables, Shape, ShapeCase, WindowsEvent } from "./recognition.ts";

/** What is known of an event before its layout is made: its form, what it says of its log, and the cases that hold. */
export interface Findings {
  readonly shape: Shape;
  readonly told: Told;
  readonly context: SourceContext;
  readonly cases: readonly ShapeCase[];
  /** Log sources that the event names itself. */
  readonly named: readonly string[];
  /** Places of platforms in which it stands. */
  readonly places: readonly Found[];
}

/** Layouts that are kept, and names over all of them; past that, names are looked up each time. */
const most = { layouts: 5_000, names: 200_000 } as const;

/** Makes layouts, the same one for the same findings. */
export function openLayouts(
  vocabulary: Vocabulary,
  tables: RecognitionTables,
  kinds: Kinds,
): (findings: Findings) => EventLayout {
  const schemas = new Map(vocabulary.schemas.map((one) => [one.id, one]));
  const events = new Map<string, WindowsEvent[]>();
  for (const one of tables.windows.events) {
    const key = `${one.provider.toLowerCase()}\n${one.id}`;
    events.set(key, [...(events.get(key) ?? []), one]);
  }
  const isSensor = (field: string): boolean => tables.windows.sensor.some((one) => like(one, field));
  const made = new Map<string, EventLayout>();
  const kept: Kept = { names: 0 };
  return (findings) => {
    const { shape, told, cases, named } = findings;
    // A place may hold logs of several systems, where the event says which one it is from.
    const places = findings.places.filter(({ kind }) => kinds.allows(kind, told, shape.platform?.ignores));
    const context = withPlaces(findings.context, places);
    const own = kinds.whole([
      ...named,
      ...cases.flatMap((one) => one.kinds),
      ...kinds.ofWindows(told, shape.windows),
      ...places.map((one) => one.kind),
      ...(shape.signs ? kinds.bySigns(context, told) : []),
      ...shape.kinds,
    ]);
    const isWindows = shape.windows || own.includes("windows");
    const single = isWindows ? windowsEvents(events, kinds.writersOf(told), told) : [];
    const whole = contextFor(shape.schema, own, told, context, tables.contexts, kinds.source);
    const facts = factsFor(kinds, own, told, isSensor, [
      ...single.map((one) => one.facts),
      ...cases.map((one) => one.facts),
      shape.facts,
      isWindows ? filled(tables.windows.said, told) : {},
    ]);
    const held = cases.map((one) => shape.cases.indexOf(one));
    const key = JSON.stringify([shape.id, own, whole, [...facts], held, single.map((one) => one.id)]);
    const before = made.get(key);
    if (before !== undefined) return before;
    const names = Object.assign(
      {},
      isWindows ? tables.windows.names : {},
      shape.names,
      ...single.map((one) => one.names),
      ...cases.map((one) => one.names),
    );
    const envelope = new Map(isWindows ? Object.entries(tables.windows.envelope) : []);
    const layout: EventLayout = {
      shape: shape.id,
      structure: shape.structure,
      schema: shape.schema,
      kinds: own,
      context: whole,
      facts,
      time: shape.time,
      made: [...cases.flatMap((one) => one.made), ...shape.made, ...single.flatMap((one) => alsoMade(one))],
      canonicalOf: openCanonical(
        kept,
        names,
        (name) => readName(schemas.get(shape.schema ?? ""), vocabulary, name, whole) ?? envelope.get(name) ?? null,
      ),
    };
    if (made.size >= most.layouts) {
      made.clear();
      // Whoever holds a layout that was forgotten holds its names, too; the new ones begin anew.
      kept.names = 0;
    }
    made.set(key, layout);
    return layout;
  };
}

function filled(
  said: Readonly<Record<string, readonly string[]>>,
  told: Told,
): Readonly<Record<string, readonly string[]>> {
  const facts = Object.entries(said).map(([field, texts]) => {
    return [field, texts.map((one) => filledWith(one, told)).filter((one) => one !== null)] as const;
  });
  return Object.fromEntries(facts.filter(([, values]) => values.length > 0));
}

function withPlaces(context: SourceContext, places: readonly Found[]): SourceContext {
  const whole: Record<string, readonly string[]> = { ...context };
  for (const place of places) {
    for (const [kind, names] of Object.entries(place.context)) {
      // What the event says itself needs no telling by its place.
      if (context[kind] !== undefined) continue;
      whole[kind] = [...new Set([...(whole[kind] ?? []), ...names])];
    }
  }
  return whole;
}

function windowsEvents(
  events: ReadonlyMap<string, readonly WindowsEvent[]>,
  writers: readonly string[],
  told: Told,
): readonly WindowsEvent[] {
  const [code] = told.get("event.code") ?? [];
  return code === undefined ? [] : writers.flatMap((one) => events.get(`${one}\n${code}`) ?? []);
}

function alsoMade({ also }: WindowsEvent): readonly MadeField[] {
  return Object.entries(also).map(([field, name]) => ({ field, from: [[name]], between: "" }));
}

/** What the event says otherwise is no fact; of several kinds, what the narrow one says goes before. */
function factsFor(
  kinds: Kinds,
  own: readonly string[],
  told: Told,
  isSensor: (field: string) => boolean,
  given: readonly Readonly<Record<string, readonly string[]>>[],
): ReadonlyMap<string, readonly string[]> {
  const facts = new Map<string, readonly string[]>();
  for (const one of given)
    for (const [field, values] of Object.entries(one)) if (!facts.has(field)) facts.set(field, values);
  for (const id of own) {
    const source = kinds.source(id);
    const isEvent = source?.sigma?.category !== undefined;
    for (const [field, values] of Object.entries(source?.facts ?? {})) {
      if (values.length !== 1 || values[0]?.includes("*") !== false || facts.has(field)) continue;
      if (!isEvent || !isSensor(field)) facts.set(field, values);
    }
  }
  for (const [field, values] of told) {
    const own = facts.get(field);
    if (own !== undefined && !own.some((one) => values.some((value) => like(one, value)))) facts.delete(field);
  }
  return facts;
}

type Reading = (name: string) => string | null;

/** How much is remembered over all layouts. */
interface Kept {
  names: number;
}

function openCanonical(kept: Kept, names: Readonly<Record<string, string>>, read: Reading): Reading {
  const known = new Map<string, string | null>(Object.entries(names));
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = read(name);
    if (kept.names < most.names) {
      known.set(name, found);
      kept.names++;
    }
    return found;
  };
}

/** An event may write a field of the vocabulary as such, whatever the names of the rest. */
function readName(
  schema: Schema | undefined,
  vocabulary: Vocabulary,
  name: string,
  context: SourceContext,
): string | null {
  const isField = (name.includes(".") || name === "@timestamp") && vocabulary.field(name) !== null;
  if (isField && schema?.id !== "ecs") return name;
  return schema?.read(name, context)?.field ?? (isField ? name : null);
}
