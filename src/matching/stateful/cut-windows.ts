import { keyOf } from "./group-key.ts";
import { type KeyedState, openKeyedStates } from "./keyed-states.ts";
import { type Asked, isLasting } from "./measure.ts";
import type { Group, Occurrence, StatefulOperator, StateLimits } from "./operator.ts";
import { openTally, type Tally } from "./tally.ts";

/**
 * How time is cut. `clock`: at multiples of the span since 1970, the end of one being the start of the next. `first`: from
 * the first event of a group to the span later, both included; the next window begins with the next event. `whole`: all
 * events are one window.
 */
export type Cut =
  | { readonly type: "clock"; readonly span: number }
  | { readonly type: "first"; readonly span: number }
  | { readonly type: "whole" };

interface Window<Ref> extends KeyedState {
  readonly by: Group<Ref>["by"];
  /** Where it ends: the first moment behind it where the clock cuts, else the last one in it. */
  readonly end: number;
  /** null when it was told. */
  tally: Tally | null;
  refs: Ref[];
}

/**
 * Counts in windows that stand side by side. A group is told once in a window: as soon as the conditions hold where more
 * events cannot change that, and else when the window closes. Of too many, the windows that were opened first are forgotten.
 */
export function openCutWindows<Ref>(
  asked: readonly Asked[],
  cut: Cut,
  absentGroups: boolean,
  { perRule, perHit }: StateLimits,
): StatefulOperator<Ref> {
  let opening: Pick<Window<Ref>, "by" | "end"> = { by: [], end: 0 };
  const windows = openKeyedStates<Window<Ref>>(perRule, () => ({
    ...opening,
    touched: Number.NEGATIVE_INFINITY,
    held: 1,
    tally: openTally(asked),
    refs: [],
  }));
  const atOnce = asked.every(isLasting);

  const groupOf = ({ by, refs }: Window<Ref>, tally: Tally): Group<Ref> => {
    return { by, events: refs.slice(-perHit), count: tally.events(), measured: tally.measured() };
  };
  const endOf = ({ key, state }: { readonly key: string; readonly state: Window<Ref> }): readonly Group<Ref>[] => {
    windows.remove(key);
    return !atOnce && state.tally?.holds() === true ? [groupOf(state, state.tally)] : [];
  };
  /** Closes what ends before this time. */
  const close = (time: number): readonly Group<Ref>[] => {
    const found: Group<Ref>[] = [];
    for (let first = windows.first(); first !== null; first = windows.first()) {
      const { end } = first.state;
      if (cut.type === "clock" ? time < end : time <= end) break;
      found.push(...endOf(first));
    }
    return found;
  };
  const windowOf = (key: string, by: Group<Ref>["by"], time: number): Window<Ref> | null => {
    const start = cut.type === "clock" ? Math.floor(time / cut.span) * cut.span : time;
    const name = cut.type === "clock" ? `${start} ${key}` : key;
    const window = windows.find(name);
    if (window !== undefined) {
      // What came late may be from before the window.
      return cut.type === "first" && time < window.end - cut.span ? null : window;
    }
    const end = cut.type === "whole" ? Number.POSITIVE_INFINITY : start + cut.span;
    opening = { by, end };
    return windows.touch(name, time);
  };
  const add = (window: Window<Ref>, { values, ref }: Occurrence<Ref>): Group<Ref> | null => {
    const { tally } = window;
    if (tally === null) return null;
    windows.count(window, tally.add(values) + (window.refs.length < perHit ? 1 : 0));
    window.refs.push(ref);
    if (window.refs.length >= 2 * perHit + 16) window.refs = window.refs.slice(-perHit);
    if (!atOnce || !tally.holds()) return null;
    const group = groupOf(window, tally);
    windows.count(window, 1 - window.held);
    window.tally = null;
    window.refs = [];
    return group;
  };
  return {
    push: (occurrence) => {
      const { time, by } = occurrence;
      const closed = close(time);
      if (!absentGroups && by.includes(null)) return closed;
      const window = windowOf(keyOf(by), by, time);
      if (window === null) return closed;
      const group = add(window, occurrence);
      windows.limit();
      return group === null ? closed : [...closed, group];
    },
    advance: close,
    finish: () => {
      const found: Group<Ref>[] = [];
      for (let first = windows.first(); first !== null; first = windows.first()) found.push(...endOf(first));
      return found;
    },
    held: windows.held,
    evicted: windows.evicted,
  };
}
