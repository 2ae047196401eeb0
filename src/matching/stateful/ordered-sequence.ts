import { keyOf } from "./group-key.ts";
import type { Group, Occurrence, StatefulOperator, StateLimits } from "./operator.ts";
import type { Stages } from "./stages.ts";
import { openWaitingStates, type Waiting, type WaitingState } from "./waiting-states.ts";

/** Events of a sequence from the last to the first. */
interface Chain<Ref> {
  readonly ref: Ref;
  readonly before: Chain<Ref> | null;
}

/** A sequence that has come as far as one of its stages. */
interface Pending<Ref> {
  readonly chain: Chain<Ref>;
  readonly length: number;
  readonly start: number;
  readonly last: number;
  /** When the last event was that must not happen before the first one. */
  readonly lead: number;
  /** Something happened in between that must not. It still takes the place of older ones, as it would in Elasticsearch. */
  readonly spoilt: boolean;
}

/** A sequence that is there, unless something happens up to its deadline. */
interface WaitingSequence<Ref> extends Waiting<Ref> {
  readonly last: number;
}

interface State<Ref> extends WaitingState<WaitingSequence<Ref>> {
  /** By stage: one sequence at most. */
  readonly pending: (Pending<Ref> | null)[];
  /** By gap: the two newest times at which something happened that must not. */
  readonly gaps: Map<number, { last: number; before: number }>;
}

const never = Number.NEGATIVE_INFINITY;

/**
 * Sequences as Elasticsearch matches them: a machine of states for each key, with one sequence in each state; a newer one
 * takes the place of an older one. See docs/matching-state.md.
 */
export function openOrderedSequence<Ref>(
  { roles, count, leading, trailing }: Stages,
  maxspan: number | null,
  { perRule, perHit }: StateLimits,
  idOf: (ref: Ref) => unknown,
): StatefulOperator<Ref> {
  const { states, report, wait, callOff, tell, given } = openWaitingStates<Ref, WaitingSequence<Ref>, State<Ref>>(
    perRule,
    () => ({ touched: never, held: 1, pending: new Array(count).fill(null), gaps: new Map(), waiting: new Set() }),
  );
  const span = maxspan ?? Number.POSITIVE_INFINITY;

  const put = (state: State<Ref>, stage: number, one: Pending<Ref>): void => {
    const older = state.pending[stage] ?? null;
    if (older !== null && older.last > one.last) return;
    state.pending[stage] = one;
    states.count(state, one.length - (older?.length ?? 0));
  };
  const complete = (state: State<Ref>, key: string, by: Group<Ref>["by"], one: Pending<Ref>): void => {
    if (one.spoilt) return;
    const group: Group<Ref> = { by, events: eventsOf(one.chain, perHit), count: one.length };
    const free = leading ? one.lead : one.start;
    if (leading && one.last - one.lead > span) {
      report(group);
    } else if (trailing) {
      const { last, length } = one;
      wait(state, { group, last, deadline: free + span, key, length, alive: true });
    } else if (!leading) report(group);
  };
  const happen = (state: State<Ref>, key: string, stage: number, { time, ref, by }: Occurrence<Ref>): void => {
    let next: Pending<Ref>;
    if (stage === 0) {
      const lead = leading ? before(state.gaps.get(0), time) : never;
      next = { chain: { ref, before: null }, length: 1, start: time, last: time, lead, spoilt: false };
    } else {
      const one = state.pending[stage - 1] ?? null;
      // An event never follows itself, nor what came after it.
      if (one === null || idOf(one.chain.ref) === idOf(ref) || one.last > time) return;
      state.pending[stage - 1] = null;
      states.count(state, -one.length);
      if (time - one.start > span) return;
      const spoilt = one.spoilt || before(state.gaps.get(stage), time) > one.last;
      next = { ...one, chain: { ref, before: one.chain }, length: one.length + 1, last: time, spoilt };
    }
    if (stage === count - 1) complete(state, key, by, next);
    else put(state, stage, next);
  };
  const miss = (state: State<Ref>, gap: number, time: number): void => {
    if (gap === count) {
      for (const one of state.waiting) {
        if (time > one.last && time <= one.deadline) callOff(state, one);
      }
      return;
    }
    const times = state.gaps.get(gap);
    if (times === undefined) state.gaps.set(gap, { last: time, before: never });
    else if (time > times.last) {
      times.before = times.last;
      times.last = time;
    } else if (time > times.before && time < times.last) times.before = time;
  };
  const stop = (state: State<Ref>, time: number): void => {
    for (const [stage, one] of state.pending.entries()) {
      if (one === null || one.last > time) continue;
      state.pending[stage] = null;
      states.count(state, -one.length);
    }
  };
  /** Done when the other steps of the event have had their turn. */
  let stopping: { readonly key: string; readonly id: unknown; readonly time: number } | null = null;
  const settle = (key: string, id: unknown): void => {
    if (stopping === null || (stopping.key === key && stopping.id === id)) return;
    const state = states.find(stopping.key);
    if (state !== undefined) {
      stop(state, stopping.time);
      if (isEmpty(state)) states.remove(stopping.key);
    }
    stopping = null;
  };
  const isEmpty = ({ pending, gaps, waiting }: State<Ref>): boolean =>
    gaps.size === 0 && waiting.size === 0 && pending.every((one) => one === null);
  return {
    push: (occurrence) => {
      const { time, step, by } = occurrence;
      const role = roles[step];
      tell(time);
      if (role === undefined || by.includes(null)) return given();
      states.expire(time - span);
      const key = keyOf(by);
      if (stopping !== null) settle(key, idOf(occurrence.ref));
      if (role.type === "until") {
        stopping = { key, id: idOf(occurrence.ref), time };
        return given();
      }
      // Only what begins a sequence, or must not happen, is worth remembering of a new key.
      if (states.find(key) === undefined && role.type === "happens" && role.first > 0) return given();
      const state = states.touch(key, time);
      if (role.type === "missing") miss(state, role.gap, time);
      else for (let at = role.runs - 1; at >= 0; at--) happen(state, key, role.first + at, occurrence);
      if (isEmpty(state)) states.remove(key);
      else states.limit();
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

/** The newest of the two times that is before this one. */
function before(times: { readonly last: number; readonly before: number } | undefined, time: number): number {
  if (times === undefined) return never;
  return times.last < time ? times.last : times.before;
}

/** The newest so many, in the order of time. */
function eventsOf<Ref>(chain: Chain<Ref>, most: number): readonly Ref[] {
  const events: Ref[] = [];
  for (let one: Chain<Ref> | null = chain; one !== null && events.length < most; one = one.before) events.push(one.ref);
  return events.reverse();
}
