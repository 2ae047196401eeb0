import type { TranslationKnowledge } from "../../platforms/translate.ts";
import type { EventData } from "../readers/log-format.ts";
import { openDerivedForms } from "./derived.ts";
import { openKinds } from "./kinds.ts";
import type { EventLayout, MadeField, Scalar, ViewReader } from "./layout.ts";
import { openLayouts } from "./layouts.ts";
import { isScalar, memberAt, type OpenPath, openPath, tellingText } from "./members.ts";
import type { RecognitionTables, ShapeCase } from "./recognition.ts";
import { casesOf, contextGiven, type OpenShape, openShape, openShapeOf, openUnwrapped, toldBy } from "./shapes.ts";
import { openSpellings } from "./spellings.ts";
import { readTime } from "./time.ts";
import { openValueSink, type ValueSink } from "./value-sink.ts";
import { dataValue, isWindowsEvent, systemAttribute, systemValue, visitWindowsEvent } from "./windows-event.ts";

/** Sets of telling members that are kept with their layout, and channels with their ids. Past that all are forgotten and found anew. */
const most = { sets: 20_000, ids: 20_000 } as const;

/** Layouts of events whose first members are alike, by the further members on which they depend. */
interface Branch {
  readonly telling: readonly OpenPath[];
  readonly layouts: Map<string, EventLayout>;
}

export function openViewReader(
  { vocabulary, values, logSources }: Pick<TranslationKnowledge, "vocabulary" | "values" | "logSources">,
  recognition: RecognitionTables,
): ViewReader {
  const kinds = openKinds(logSources.all, recognition.windows);
  const layoutFor = openLayouts(vocabulary, recognition, kinds);
  const shapes = recognition.shapes.map((one) => openShape(one, recognition));
  const windows = shapes.find((one) => one.shape.structure === "windows_event");
  const fallback = shapes.at(-1);
  if (windows === undefined || fallback === undefined)
    throw new Error("No form of Windows events is known, or none at all.");
  const shapeOf = openShapeOf(shapes);
  const unwrapped = openUnwrapped(recognition);
  const eventIn = (given: EventData, { structure }: EventLayout): EventData =>
    structure === "windows_event" && isWindowsEvent(given) ? given : unwrapped(given);
  const branches = new Map<string, Branch>();
  const byChannel = new Map<unknown, Map<unknown, EventLayout>>();
  const kept = { sets: 0, ids: 0 };
  const flattened = new Map(shapes.map((one) => [one.shape.id, one.flatten]));
  const split = new Map<Scalar, string>();
  for (const { id, name } of recognition.windows.split) split.set(id, name).set(Number(id), name);
  const sink = openValueSink();
  const pathOf = rememberPaths();

  /** The lookup for events of the Windows event log, which are read by the million. */
  const windowsLayout = (data: EventData): EventLayout => {
    const code = telling(systemValue(data, "EventID"));
    const channel = telling(systemValue(data, "Channel") ?? systemAttribute(data, "Provider", "Name"));
    const name = split.get(code ?? "");
    const type = name === undefined ? undefined : telling(dataValue(data, name));
    const id = type === undefined ? code : `${code} ${type}`;
    const known = byChannel.get(channel)?.get(id);
    if (known !== undefined) return known;
    const told = new Map<string, readonly string[]>();
    const tell = (field: string, value: Scalar | undefined): void => {
      if (value !== undefined) told.set(field, [tellingText(value)]);
    };
    tell("event.code", code);
    tell("winlog.channel", systemValue(data, "Channel"));
    tell("event.provider", systemAttribute(data, "Provider", "Name"));
    if (name !== undefined) tell(`winlog.event_data.${name}`, type);
    const { shape } = windows;
    const made = layoutFor({ shape, told, context: shape.context, cases: [], named: [], places: [] });
    if (kept.ids++ >= most.ids) {
      byChannel.clear();
      kept.ids = 1;
    }
    byChannel.set(channel, (byChannel.get(channel) ?? new Map<unknown, EventLayout>()).set(id, made));
    return made;
  };

  const layoutOf = (given: EventData): EventLayout => {
    if (isWindowsEvent(given)) return windowsLayout(given);
    const data = unwrapped(given);
    if (data !== given && isWindowsEvent(data)) return windowsLayout(data);
    const shape = shapeOf(data) ?? fallback;
    const holding = casesOf(shape, data);
    let key = shape.shape.id;
    for (const at of holding) key += `\u0004${at}`;
    for (const path of shape.telling) {
      key += `\u0000${keyOf(memberAt(data, path) ?? (data === given ? undefined : memberAt(given, path)))}`;
    }
    let branch = branches.get(key);
    if (branch === undefined) {
      const cases = holding.map((at) => shape.shape.cases[at]).filter((one) => one !== undefined);
      const containers = containersOf(shape, contextGiven(shape, data, given, cases));
      const asked = new Set(shape.telling.map((path) => path.joined.at(-1)));
      const telling = shape.places?.telling(containers).filter((path) => !asked.has(path.joined.at(-1))) ?? [];
      branch = { telling, layouts: new Map() };
      branches.set(key, branch);
    }
    let further = "";
    for (const path of branch.telling) further += `\u0000${keyOf(memberAt(data, path))}`;
    const known = branch.layouts.get(further);
    if (known !== undefined) return known;
    const cases = holding.map((at) => shape.shape.cases[at]).filter((one) => one !== undefined);
    const made = layoutFor(findingsOf(shape, data, given, cases, kinds.ids));
    branch.layouts.set(further, made);
    if (kept.sets++ >= most.sets) {
      branches.clear();
      kept.sets = 0;
    }
    return made;
  };

  return {
    layoutOf,
    timeOf: (given, layout) => {
      const data = eventIn(given, layout);
      for (const { path, and, unit } of layout.time) {
        const day = timeAt(data, layout, path, pathOf);
        const value = and === undefined ? day : withTimeOfDay(day, timeAt(data, layout, and, pathOf));
        const time = value === undefined ? null : readTime(value, unit);
        if (time !== null) return time;
      }
      return null;
    },
    visit: (given, layout, see) => {
      const data = eventIn(given, layout);
      sink.open(see);
      if (layout.structure === "windows_event") visitWindowsEvent(data, sink);
      else visitMembers(data, flattened.get(layout.shape), sink);
      const flat = flattened.get(layout.shape);
      for (const made of layout.made) seeMade(data, flat, layout, made, pathOf, sink);
      return sink.whole();
    },
    derivedForms: openDerivedForms(vocabulary, values),
    spellings: openSpellings(vocabulary, recognition),
  };
}

/** Numbers stay numbers. */
function telling(value: Scalar | undefined): Scalar | undefined {
  return typeof value === "string" ? tellingText(value) : value;
}

function containersOf({ shape }: OpenShape, context: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return shape.platform === undefined ? [] : (context[shape.platform.container] ?? []);
}

function findingsOf(
  open: OpenShape,
  data: EventData,
  whole: EventData,
  cases: readonly ShapeCase[],
  known: ReadonlySet<string>,
): Parameters<ReturnType<typeof openLayouts>>[0] {
  const { log_source: ids = [], ...context } = contextGiven(open, data, whole, cases);
  const found = open.places?.of(data, containersOf(open, context)) ?? [];
  return {
    shape: open.shape,
    told: toldBy(open, data, cases),
    context,
    cases,
    named: ids.filter((id) => known.has(id)),
    places: found,
  };
}

/** Two events with the same key are alike: what stands in a member, as far as it is a value or a list of values. */
function keyOf(value: unknown): string {
  if (typeof value === "string") return value.length > 128 ? value.slice(0, 128) : value;
  if (value === undefined || value === null) return "\u0001";
  if (isScalar(value)) return String(value);
  if (!Array.isArray(value)) return "\u0002";
  return value
    .slice(0, 8)
    .map((one) => (isScalar(one) ? String(one).slice(0, 64) : "\u0002"))
    .join("\u0003");
}

function rememberPaths(): (names: readonly string[]) => OpenPath {
  const paths = new Map<readonly string[], OpenPath>();
  return (names) => {
    const before = paths.get(names);
    if (before !== undefined) return before;
    const made = openPath(names);
    paths.set(names, made);
    return made;
  };
}

function timeAt(
  data: EventData,
  { structure }: EventLayout,
  path: readonly string[],
  pathOf: (names: readonly string[]) => OpenPath,
): unknown {
  if (structure !== "windows_event") return memberAt(data, pathOf(path));
  const [name = "", attribute] = path;
  return attribute === undefined
    ? (systemValue(data, name) ?? dataValue(data, name))
    : systemAttribute(data, name, attribute);
}

function withTimeOfDay(day: unknown, time: unknown): unknown {
  return typeof day === "string" && typeof time === "string" ? `${day} ${time}` : undefined;
}

function visitMembers(data: EventData, flatten: ReadonlySet<string> | undefined, sink: ValueSink): void {
  for (const name in data) {
    if (sink.full()) {
      sink.cut();
      return;
    }
    sink.walk(flatten?.has(name) === true ? "" : name, data[name]);
  }
}

/** `flat`: members of the event whose own members count as its own. */
function seeMade(
  data: EventData,
  flat: ReadonlySet<string> | undefined,
  { structure }: EventLayout,
  { field, from, between, before = "" }: MadeField,
  pathOf: (names: readonly string[]) => OpenPath,
  sink: ValueSink,
): void {
  let whole: string | null = null;
  for (const names of from) {
    let value = structure === "windows_event" ? dataValue(data, names[0] ?? "") : memberAt(data, pathOf(names));
    if (value === undefined && flat !== undefined && structure !== "windows_event") {
      for (const name of flat) value ??= memberAt(data[name], pathOf(names));
    }
    if (!isScalar(value) || value === "") break;
    whole = whole === null ? `${before}${value}` : `${whole}${between}${value}`;
  }
  if (whole !== null) sink.see(field, whole);
}
