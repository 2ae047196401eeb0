import type { Scalar } from "./layout.ts";
import { isObject, isScalar } from "./members.ts";

/** What is read of one event at most; no real event comes near it. */
export const eventLimits = { values: 10_000, depth: 24, nameLetters: 1_024 } as const;

/** Where values go, and the walk through members that hold others. */
export interface ValueSink {
  readonly see: (name: string, value: Scalar) => void;
  /** All scalars in a value, each by the names on its way. */
  readonly walk: (name: string, value: unknown) => void;
  /** `outer.inner`, the same text every time. */
  readonly under: (outer: string, inner: string, between?: string) => string;
  readonly full: () => boolean;
  /** Says that something is left out. */
  readonly cut: () => void;
  /** Was everything read? */
  readonly whole: () => boolean;
  /** Begins an event. */
  readonly open: (see: (name: string, value: Scalar) => void) => void;
}

/** Distinct names that are kept; those of a hostile log are made anew. */
const mostNames = 50_000;

/** One for all events of a reader, so that names are made once and a walk makes no garbage. */
export function openValueSink(): ValueSink {
  const names = new Map<string, Map<string, string>>();
  let kept = 0;
  let left = 0;
  let whole = true;
  let out: (name: string, value: Scalar) => void = () => {};
  const under = (outer: string, inner: string, between = "."): string => {
    const key = between === "." ? outer : `${outer}${between}`;
    const before = names.get(key);
    const known = before?.get(inner);
    if (known !== undefined) return known;
    const name = `${outer}${between}${inner}`;
    if (kept >= mostNames) return name;
    kept++;
    if (before === undefined) names.set(key, new Map([[inner, name]]));
    else before.set(inner, name);
    return name;
  };
  const see = (name: string, value: Scalar): void => {
    if (left <= 0) {
      whole = false;
      return;
    }
    left--;
    out(name, value);
  };
  const walk = (name: string, value: unknown, depth: number): void => {
    if (isScalar(value)) see(name, value);
    else if (depth >= eventLimits.depth || left <= 0) whole = false;
    else if (Array.isArray(value)) {
      for (const one of value) {
        if (left <= 0) {
          whole = false;
          return;
        }
        walk(name, one, depth + 1);
      }
      // A member that holds nothing counts as well, or a list of a million nulls would cost a walk for nothing.
    } else if (isObject(value)) {
      for (const inner in value) {
        if (left <= 0) {
          whole = false;
          return;
        }
        const next = value[inner];
        if (next === null || next === undefined) {
          left--;
          continue;
        }
        // Long names under each other would make ever longer ones.
        if (name.length + inner.length > eventLimits.nameLetters) {
          left--;
          whole = false;
          continue;
        }
        walk(name === "" ? inner : under(name, inner), next, depth + 1);
      }
    } else left--;
  };
  return {
    see,
    walk: (name, value) => walk(name, value, 0),
    under,
    full: () => left <= 0,
    cut: () => {
      whole = false;
    },
    whole: () => whole,
    open: (next) => {
      out = next;
      left = eventLimits.values;
      whole = true;
    },
  };
}
