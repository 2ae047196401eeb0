import type { SourceContext } from "../../vocabulary/context.ts";
import { like } from "../../vocabulary/events/like.ts";
import type { EventData } from "../readers/log-format.ts";
import { isScalar, memberAt, type OpenPath, openPath, textsAt } from "./members.ts";
import { openPlaces, type Places } from "./places.ts";
import type { RecognitionTables, Shape, ShapeCase, Wrapper } from "./recognition.ts";

interface OpenTest {
  /** Any of them. */
  readonly paths: readonly OpenPath[];
  readonly values: readonly string[];
}

/** A shape, ready to be asked. */
export interface OpenShape {
  readonly shape: Shape;
  /** What says which log an event is from. */
  readonly log: readonly {
    readonly field: string;
    readonly members: readonly { readonly path: OpenPath; readonly after: string | undefined; readonly too: boolean }[];
  }[];
  readonly from: readonly {
    readonly kind: string;
    readonly path: OpenPath;
    readonly after: string | undefined;
    readonly as: string | undefined;
  }[];
  readonly cases: readonly { readonly one: ShapeCase; readonly is: readonly OpenTest[] }[];
  /** Members whose values the layout depends on. */
  readonly telling: readonly OpenPath[];
  readonly places: Places | null;
  readonly flatten: ReadonlySet<string>;
}

export function openShape(shape: Shape, { places }: RecognitionTables): OpenShape {
  const log = Object.entries(shape.log).map(([field, members]) => ({
    field,
    members: members.map(({ path, after, too = false }) => ({ path: openPath(path), after, too })),
  }));
  const from = Object.entries(shape.from).flatMap(([kind, members]) =>
    members.map(({ path, after, as }) => ({ kind, path: openPath(path), after, as })),
  );
  const telling = [...log.flatMap((one) => one.members.map(({ path }) => path)), ...from.map((one) => one.path)];
  const platform = shape.platform === undefined ? undefined : places.get(shape.platform.id);
  return {
    shape,
    log,
    from,
    // A field of which the shape says where it stands is asked wherever it stands.
    cases: shape.cases.map((one) => ({
      one,
      is: one.is.map(({ path, values }) => {
        const members = log.find(({ field }) => field === path.join("."))?.members;
        return { paths: members?.map((member) => member.path) ?? [openPath(path)], values };
      }),
    })),
    telling: [...new Map(telling.map((path) => [path.joined.at(-1), path])).values()],
    places: shape.platform === undefined || platform === undefined ? null : openPlaces(shape.platform, platform),
    flatten: new Set(shape.flatten),
  };
}

interface Condition {
  readonly shape: OpenShape;
  readonly has: readonly OpenPath[];
  readonly lacks: readonly OpenPath[];
  readonly is: readonly OpenTest[];
}

/**
 * Which shape an event has: the first of which a condition holds. A condition is only asked where the event has the member
 * that it asks for first, so that the number of shapes costs nothing.
 */
export function openShapeOf(shapes: readonly OpenShape[]): (data: EventData) => OpenShape | undefined {
  const conditions = shapes.flatMap((shape) =>
    shape.shape.when.map(
      ({ has, lacks, is }): Condition => ({
        shape,
        has: has.map(openPath),
        lacks: lacks.map(openPath),
        is: is.map(openTest),
      }),
    ),
  );
  const byMember = new Map<string, number[]>();
  for (const [at, { has, is }] of conditions.entries()) {
    for (const name of (has[0] ?? is[0]?.paths[0])?.joined ?? []) {
      byMember.set(name, [...(byMember.get(name) ?? []), at]);
    }
  }
  return (data) => {
    const asked: number[] = [];
    for (const name in data) {
      const own = byMember.get(name);
      if (own !== undefined) asked.push(...own);
    }
    asked.sort((a, b) => a - b);
    for (const at of asked) {
      const condition = conditions[at];
      if (condition !== undefined && holds(condition, data)) return condition.shape;
    }
    return undefined;
  };
}

function holds({ has, lacks, is }: Condition, data: EventData): boolean {
  for (const path of has) if (!isThere(memberAt(data, path))) return false;
  for (const path of lacks) if (isThere(memberAt(data, path))) return false;
  for (const one of is) if (!meetsTest(data, one)) return false;
  return true;
}

function openTest({ path, values }: ShapeCase["is"][number]): OpenTest {
  return { paths: [openPath(path)], values };
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function meetsTest(data: EventData, { paths, values }: OpenTest): boolean {
  return paths.some((path) => textsAt(data, path).some((text) => values.some((one) => like(one, text))));
}

/** The cases that hold of an event, by their place in the shape. */
export function casesOf({ cases }: OpenShape, data: EventData): readonly number[] {
  const holding: number[] = [];
  for (let at = 0; at < cases.length; at++) {
    if (cases[at]?.is.every((one) => meetsTest(data, one)) === true) holding.push(at);
  }
  return holding;
}

/** What the event says of its log, by the vocabulary's fields. */
export function toldBy(
  { log }: OpenShape,
  data: EventData,
  cases: readonly ShapeCase[],
): ReadonlyMap<string, readonly string[]> {
  const told = new Map<string, readonly string[]>();
  for (const { field, members } of log) {
    for (const { path, after, too } of members) {
      const before = told.get(field);
      if (before !== undefined && !too) continue;
      const texts = behind(textsAt(data, path), after);
      if (texts.length > 0) told.set(field, before === undefined ? texts : [...before, ...texts]);
    }
  }
  for (const { tells } of cases) {
    for (const [field, values] of Object.entries(tells)) if (!told.has(field)) told.set(field, values);
  }
  return told;
}

function behind(texts: readonly string[], after: string | undefined): readonly string[] {
  if (after === undefined) return texts;
  return texts.flatMap((one) => {
    const at = one.toLowerCase().indexOf(after.toLowerCase());
    return at === -1 ? [] : [one.slice(at + after.length)];
  });
}

/** The context that the event itself gives; `whole`: the event with what an export wraps around it. */
export function contextGiven(
  { shape, from }: OpenShape,
  data: EventData,
  whole: EventData,
  cases: readonly ShapeCase[],
): SourceContext {
  const context: Record<string, readonly string[]> = { ...shape.context };
  const add = (kind: string, names: readonly string[]): void => {
    if (names.length > 0) context[kind] = [...(context[kind] ?? []), ...names];
  };
  for (const { kind, path, after, as } of from) {
    const own = textsAt(data, path);
    const texts = behind(own.length > 0 || data === whole ? own : textsAt(whole, path), after);
    add(kind, as === undefined ? texts : texts.map((text) => as.replace("{}", text)));
  }
  for (const one of cases) for (const [kind, names] of Object.entries(one.context)) add(kind, names);
  return context;
}

/** The event itself: out of what an export wraps around it, in the names of its schema. */
export function openUnwrapped({ wrappers, recased }: RecognitionTables): (data: EventData) => EventData {
  const paths = recased.map(openPath);
  const recasedBefore = new WeakMap<EventData, EventData>();
  return (given) => {
    const data = unwrapped(given, wrappers);
    if (!paths.some((path) => isThere(memberAt(data, path)))) return data;
    const before = recasedBefore.get(data);
    if (before !== undefined) return before;
    const made = snakeCased(data) as EventData;
    recasedBefore.set(data, made);
    return made;
  };
}

/** Members of one event that are renamed at most; what is behind them is left as it is. */
const mostRenamed = 10_000;

function snakeCased(data: unknown): unknown {
  let left = mostRenamed;
  const walk = (value: unknown, depth: number): unknown => {
    if (typeof value !== "object" || value === null || depth > 24 || left <= 0) return value;
    if (Array.isArray(value)) return value.map((one) => walk(one, depth + 1));
    const entries = Object.entries(value).map(([name, inner]) => {
      left--;
      return [
        name.replace(/(?<=[a-z0-9])[A-Z]/gu, (sign) => `_${sign.toLowerCase()}`),
        walk(inner, depth + 1),
      ] as const;
    });
    return Object.fromEntries(entries);
  };
  return walk(data, 0);
}

function unwrapped(data: EventData, wrappers: readonly Wrapper[]): EventData {
  for (const { member, beside, begins } of wrappers) {
    const inner = data[member];
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) continue;
    if (beside !== undefined && data[beside] === undefined) continue;
    const sign = data[beside ?? ""];
    if (begins !== undefined && !(isScalar(sign) && String(sign).startsWith(begins))) continue;
    return inner as EventData;
  }
  return data;
}
