import { like } from "../../vocabulary/events/like.ts";
import type { EventData } from "../readers/log-format.ts";
import { memberAt, type OpenPath, openPath, textsAt } from "./members.ts";
import type { Shape, ShapeCase, Wrapper } from "./recognition.ts";

interface OpenTest {
  readonly path: OpenPath;
  readonly values: readonly string[];
}

/** A shape, ready to be asked. */
export interface OpenShape {
  readonly shape: Shape;
  readonly is: (data: EventData) => boolean;
  /** What says which log an event is from. */
  readonly log: readonly { readonly field: string; readonly paths: readonly OpenPath[] }[];
  readonly from: readonly { readonly kind: string; readonly path: OpenPath; readonly as: string | undefined }[];
  readonly cases: readonly { readonly one: ShapeCase; readonly is: readonly OpenTest[] }[];
  /** Every member that the layout depends on. */
  readonly telling: readonly OpenPath[];
}

export function openShape(shape: Shape): OpenShape {
  const tests = shape.when.map(({ has, is }) => ({ has: has.map(openPath), is: is.map(openTest) }));
  const log = Object.entries(shape.log).map(([field, paths]) => ({ field, paths: paths.map(openPath) }));
  const from = Object.entries(shape.from).flatMap(([kind, members]) =>
    members.map(({ path, as }) => ({ kind, path: openPath(path), as })),
  );
  const cases = shape.cases.map((one) => ({ one, is: one.is.map(openTest) }));
  const telling = new Map<string, OpenPath>();
  for (const path of [
    ...log.flatMap((one) => one.paths),
    ...from.map((one) => one.path),
    ...cases.flatMap((one) => one.is.map(({ path }) => path)),
  ]) {
    telling.set(path.joined.at(-1) ?? "", path);
  }
  return {
    shape,
    is: (data) =>
      tests.some(({ has, is }) => {
        for (const path of has) {
          const found = memberAt(data, path);
          if (found === undefined || found === null) return false;
        }
        for (const one of is) if (!meetsTest(data, one)) return false;
        return true;
      }),
    log,
    from,
    cases,
    telling: [...telling.values()],
  };
}

function openTest({ path, values }: ShapeCase["is"][number]): OpenTest {
  return { path: openPath(path), values };
}

export function meetsTest(data: EventData, { path, values }: OpenTest): boolean {
  const texts = textsAt(data, path);
  return texts.some((text) => values.some((one) => like(one, text)));
}

/** The event in what an export wraps around it. */
export function unwrapped(data: EventData, wrappers: readonly Wrapper[]): EventData {
  for (const { member, beside } of wrappers) {
    const inner = data[member];
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) continue;
    if (beside !== undefined && data[beside] === undefined) continue;
    return inner as EventData;
  }
  return data;
}
