import type { TranslationKnowledge } from "../../platforms/translate.ts";
import type { EventData } from "../readers/log-format.ts";
import { openDerivedForms } from "./derived.ts";
import { openKinds, type Told } from "./kinds.ts";
import type { EventLayout, MadeField, Scalar, ViewReader } from "./layout.ts";
import { openLayouts } from "./layouts.ts";
import { isScalar, memberAt, type OpenPath, openPath, textsAt } from "./members.ts";
import type { RecognitionTables } from "./recognition.ts";
import { meetsTest, type OpenShape, openShape, unwrapped } from "./shapes.ts";
import { openSpellings } from "./spellings.ts";
import { readTime } from "./time.ts";
import { openValueSink, type ValueSink } from "./value-sink.ts";
import { dataValue, systemAttribute, systemValue, visitWindowsEvent } from "./windows-event.ts";

/** Distinct sets of telling members that are kept with their layout. */
const mostKeys = 50_000;

export function openViewReader(
  knowledge: Pick<TranslationKnowledge, "vocabulary" | "values" | "logSources">,
  recognition: RecognitionTables,
): ViewReader {
  const { vocabulary, values, logSources } = knowledge;
  const kinds = openKinds(logSources.all, recognition.windows);
  const layoutFor = openLayouts(vocabulary, recognition, kinds);
  const shapes = recognition.shapes.map(openShape);
  const flatten = new Map(recognition.shapes.map((one) => [one.id, new Set(one.flatten)]));
  const windows = shapes.find((one) => one.shape.structure === "windows_event");
  const fallback = shapes.at(-1);
  if (windows === undefined || fallback === undefined)
    throw new Error("No shape is known of Windows events, or none at all.");
  const byMembers = new Map<string, EventLayout>();
  const byChannel = new Map<unknown, Map<unknown, EventLayout>>();
  const sink = openValueSink();
  const paths = new Map<readonly string[], OpenPath>();
  const pathOf = (names: readonly string[]): OpenPath => {
    const before = paths.get(names);
    if (before !== undefined) return before;
    const made = openPath(names);
    paths.set(names, made);
    return made;
  };

  const findings = (shape: OpenShape, data: EventData, whole: EventData): EventLayout => {
    const told = new Map<string, readonly string[]>();
    for (const { field, paths: own } of shape.log) {
      for (const path of own) {
        const texts = textsAt(data, path);
        if (texts.length > 0) told.set(field, told.get(field) ?? texts);
      }
    }
    return layoutFor(findingsOf(shape, data, whole, told, kinds.ids));
  };

  /** The lookup for events of the Windows event log, which are read by the million. */
  const windowsLayout = (data: EventData): EventLayout => {
    const code = systemValue(data, "EventID");
    const channel = systemValue(data, "Channel") ?? systemAttribute(data, "Provider", "Name");
    const type = code === 12 || code === "12" ? dataValue(data, "EventType") : undefined;
    const id = type === undefined ? code : `12 ${type}`;
    const known = byChannel.get(channel)?.get(id);
    if (known !== undefined) return known;
    const told = new Map<string, readonly string[]>();
    const tell = (field: string, value: Scalar | undefined): void => {
      if (value !== undefined) told.set(field, [String(value)]);
    };
    tell("event.code", code);
    tell("winlog.channel", systemValue(data, "Channel"));
    tell("event.provider", systemAttribute(data, "Provider", "Name"));
    tell("winlog.event_data.EventType", type);
    const made = layoutFor(findingsOf(windows, data, data, told, kinds.ids));
    if (byChannel.size >= mostKeys / 50) byChannel.clear();
    const ids = byChannel.get(channel) ?? new Map<unknown, EventLayout>();
    if (ids.size >= mostKeys / 50) ids.clear();
    byChannel.set(channel, ids.set(id, made));
    return made;
  };

  const layoutOf = (given: EventData): EventLayout => {
    if (windows.is(given)) return windowsLayout(given);
    const data = unwrapped(given, recognition.wrappers);
    if (data !== given && windows.is(data)) return windowsLayout(data);
    const shape = shapes.find((one) => one.is(data)) ?? fallback;
    let key = shape.shape.id;
    for (const path of shape.telling)
      key += `\u0000${keyOf(memberAt(data, path) ?? (data === given ? undefined : memberAt(given, path)))}`;
    const known = byMembers.get(key);
    if (known !== undefined) return known;
    const made = findings(shape, data, given);
    if (byMembers.size >= mostKeys) byMembers.clear();
    byMembers.set(key, made);
    return made;
  };

  return {
    layoutOf,
    timeOf: (given, layout) => {
      const data = unwrapped(given, recognition.wrappers);
      for (const { path, unit } of layout.time) {
        const value = timeAt(data, layout, path, pathOf);
        const time = value === undefined ? null : readTime(value, unit);
        if (time !== null) return time;
      }
      return null;
    },
    visit: (given, layout, see) => {
      const data = unwrapped(given, recognition.wrappers);
      sink.open(see);
      if (layout.structure === "windows_event") visitWindowsEvent(data, sink);
      else visitMembers(data, flatten.get(layout.shape), sink);
      for (const made of layout.made) seeMade(data, layout, made, pathOf, sink);
    },
    derivedForms: openDerivedForms(vocabulary, values),
    spellings: openSpellings(vocabulary, recognition),
  };
}

function findingsOf(
  { shape, from, cases }: OpenShape,
  data: EventData,
  whole: EventData,
  told: Told,
  known: ReadonlySet<string>,
): Parameters<ReturnType<typeof openLayouts>>[0] {
  const context: Record<string, readonly string[]> = { ...shape.context };
  const holding = cases.filter(({ is }) => is.every((one) => meetsTest(data, one))).map(({ one }) => one);
  for (const one of holding) {
    for (const [kind, names] of Object.entries(one.context)) context[kind] = [...(context[kind] ?? []), ...names];
  }
  for (const { kind, path, as } of from) {
    const own = textsAt(data, path);
    const texts = own.length > 0 || data === whole ? own : textsAt(whole, path);
    const names = as === undefined ? texts : texts.map((text) => as.replace("{}", text));
    if (names.length > 0) context[kind] = [...(context[kind] ?? []), ...names];
  }
  const named = (context.log_source ?? []).filter((id) => known.has(id));
  const { log_source: _named, ...rest } = context;
  return { shape, told, context: rest, cases: holding, named };
}

/** Two events with the same key are alike: what stands in a member, as far as it is a value or a list of values. */
function keyOf(value: unknown): string {
  if (typeof value === "string") return value.length > 256 ? value.slice(0, 256) : value;
  if (value === undefined || value === null) return "\u0001";
  if (isScalar(value)) return String(value);
  if (Array.isArray(value))
    return value
      .slice(0, 8)
      .map((one) => (isScalar(one) ? String(one) : "\u0002"))
      .join("\u0003");
  return "\u0002";
}

function timeAt(
  data: EventData,
  layout: EventLayout,
  path: readonly string[],
  pathOf: (names: readonly string[]) => OpenPath,
): unknown {
  if (layout.structure !== "windows_event") return memberAt(data, pathOf(path));
  const [name = "", attribute] = path;
  return attribute === undefined
    ? (systemValue(data, name) ?? dataValue(data, name))
    : systemAttribute(data, name, attribute);
}

function visitMembers(data: EventData, flatten: ReadonlySet<string> | undefined, sink: ValueSink): void {
  for (const name in data) {
    if (sink.full()) return;
    const value = data[name];
    if (isScalar(value)) sink.see(name, value);
    else if (value === null || value === undefined) continue;
    else if (flatten?.has(name) === true) sink.walk("", value);
    else sink.walk(name, value);
  }
}

function seeMade(
  data: EventData,
  layout: EventLayout,
  { field, from, between }: MadeField,
  pathOf: (names: readonly string[]) => OpenPath,
  sink: ValueSink,
): void {
  const parts: string[] = [];
  for (const names of from) {
    const value =
      layout.structure === "windows_event" ? dataValue(data, names[0] ?? "") : memberAt(data, pathOf(names));
    if (!isScalar(value)) {
      if (parts.length === 0) return;
      break;
    }
    if (from.length === 1) return sink.see(field, value);
    parts.push(String(value));
  }
  while (parts.length > 1 && parts.at(-1) === "") parts.pop();
  if (parts.length > 0) sink.see(field, parts.join(between));
}
