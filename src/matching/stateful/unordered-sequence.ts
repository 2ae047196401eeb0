import { keyOf } from "./group-key.ts";
import type { Group, Occurrence, StatefulOperator, StateLimits } from "./operator.ts";
import type { Stages } from "./stages.ts";
import { openWaitingStates, type Waiting, type WaitingState } from "./waiting-states.ts";

interface Seen<Ref> {
  readonly time: number;
  readonly ref: Ref;
  readonly id: unknown;
}

/** Events that are all there, unless something happens up to the deadline. */
interface WaitingEvents<Ref> extends Waiting<Ref> {
  readonly first: number;
}

interface State<Ref> extends WaitingState<WaitingEvents<Ref>> {
  /** By step: the newest events that are not used up, oldest first. */
  readonly seen: Seen<Ref>[][];
  /** The event that completed the last group: its other occurrences are used up, too. */
  spent: { readonly id: unknown } | null;
  /** When something happened last that must not. */
  missed: number;
  /** Without a time span there is one group for each key. */
  done: boolean;
}

const never = Number.NEGATIVE_INFINITY;

/**
 * Events that belong together in any order: a different event for each step, all within the time span. The newest ones
 * make a group, and are used up by it. See docs/matching-state.md.
 */
export function openUnorderedSequence<Ref>(
  { roles, count }: Stages,
  maxspan: number | null,
  { perRule, perHit }: StateLimits,
  idOf: (ref: Ref) => unknown,
): StatefulOperator<Ref> {
  const { states, report, wait, callOff, tell, given } = openWaitingStates<Ref, WaitingEvents<Ref>, State<Ref>>(
    perRule,
    () => ({
      touched: never,
      held: 1,
      seen: roles.map(() => []),
      spent: null,
      missed: never,
      done: false,
      waiting: new Set(),
    }),
  );
  const span = maxspan ?? Number.POSITIVE_INFINITY;
  const steps = roles.flatMap((role, step) => (role.type === "happens" ? [{ step, runs: role.runs }] : []));
  const absences = roles.some((one) => one.type === "missing");

  const clear = (state: State<Ref>): void => {
    for (const one of state.seen) {
      states.count(state, -one.length);
      one.length = 0;
    }
  };
  const happen = (state: State<Ref>, key: string, { time, step, by, ref }: Occurrence<Ref>): void => {
    const id = idOf(ref);
    if (state.done || (state.spent !== null && state.spent.id === id)) return;
    insert(state.seen[step] as Seen<Ref>[], { time, ref, id });
    states.count(state, 1);
    for (const one of state.seen) {
      // As many as there are steps are enough for any choice; older ones would never be taken.
      let old = Math.max(0, one.length - count);
      while (old < one.length && (one[old] as Seen<Ref>).time < state.touched - span) old += 1;
      if (old > 0) one.splice(0, old);
      states.count(state, -old);
    }
    const chosen = choose(state.seen, steps);
    if (chosen === null) return;
    clear(state);
    state.spent = { id };
    state.done = maxspan === null;
    const events = chosen.toSorted((one, other) => one.time - other.time);
    const group: Group<Ref> = { by, events: events.slice(-perHit).map((one) => one.ref), count };
    const first = events[0]?.time ?? time;
    if (!absences) report(group);
    else if (state.missed < first)
      wait(state, { group, first, deadline: first + span, key, length: count, alive: true });
  };
  const miss = (state: State<Ref>, time: number): void => {
    if (time > state.missed) state.missed = time;
    for (const one of state.waiting) {
      if (time >= one.first && time <= one.deadline) callOff(state, one);
    }
  };
  return {
    push: (occurrence) => {
      const { time, step, by } = occurrence;
      const role = roles[step];
      tell(time);
      if (role === undefined || by.includes(null)) return given();
      states.expire(time - span);
      const key = keyOf(by);
      if (role.type === "until" && states.find(key) === undefined) return given();
      const state = states.touch(key, time);
      if (role.type === "until") clear(state);
      else if (role.type === "missing") miss(state, time);
      else happen(state, key, occurrence);
      states.limit();
      return given();
    },
    advance: (time) => {
      tell(time);
      states.expire(time - span);
      return given();
    },
    finish: () => {
      tell(Number.POSITIVE_INFINITY);
      return given();
    },
    held: states.held,
    evicted: states.evicted,
  };
}

/** In the order of time; of the same time, what came first stands first. */
function insert<Ref>(seen: Seen<Ref>[], one: Seen<Ref>): void {
  let at = seen.length;
  while (at > 0 && (seen[at - 1] as Seen<Ref>).time > one.time) at -= 1;
  seen.splice(at, 0, one);
}

/** A different event for each step, newer ones first; null where there are too few. */
function choose<Ref>(
  seen: readonly (readonly Seen<Ref>[])[],
  steps: readonly { readonly step: number; readonly runs: number }[],
): readonly Seen<Ref>[] | null {
  if (steps.some(({ step, runs }) => (seen[step]?.length ?? 0) < runs)) return null;
  const places = steps.flatMap(({ step, runs }) => new Array<number>(runs).fill(step));
  const holder = new Map<unknown, number>();
  const taken: (Seen<Ref> | null)[] = places.map(() => null);
  // Makes room for a place by moving others to events that they may have as well.
  const seat = (place: number, tried: Set<unknown>): boolean => {
    const events = seen[places[place] as number] ?? [];
    for (let at = events.length - 1; at >= 0; at--) {
      const one = events[at] as Seen<Ref>;
      if (tried.has(one.id)) continue;
      tried.add(one.id);
      const other = holder.get(one.id);
      if (other !== undefined && !seat(other, tried)) continue;
      holder.set(one.id, place);
      taken[place] = one;
      return true;
    }
    return false;
  };
  for (let place = 0; place < places.length; place++) if (!seat(place, new Set())) return null;
  return taken.filter((one) => one !== null);
}
