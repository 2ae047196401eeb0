import { type Deadline, openDeadlines } from "./deadlines.ts";
import { type KeyedState, type KeyedStates, openKeyedStates } from "./keyed-states.ts";
import type { Group } from "./operator.ts";

/** Events that belong together, unless something happens up to their deadline. */
export interface Waiting<Ref> extends Deadline {
  readonly group: Group<Ref>;
  readonly key: string;
  /** Occurrences that it holds. */
  readonly length: number;
}

export interface WaitingState<Wait> extends KeyedState {
  readonly waiting: Set<Wait>;
}

/** States by key, the groups that wait in them, and the groups that are found. */
export interface WaitingStates<Ref, Wait, State extends KeyedState> {
  readonly states: KeyedStates<State>;
  readonly report: (group: Group<Ref>) => void;
  readonly wait: (state: State, one: Wait) => void;
  readonly callOff: (state: State, one: Wait) => void;
  /** Reports what waited for no longer than this. */
  readonly tell: (until: number) => void;
  /** What was reported since it was last given. */
  readonly given: () => readonly Group<Ref>[];
}

export function openWaitingStates<Ref, Wait extends Waiting<Ref>, State extends WaitingState<Wait>>(
  most: number,
  make: () => State,
): WaitingStates<Ref, Wait, State> {
  const waits = openDeadlines<Wait>();
  const states = openKeyedStates<State>(most, make, (state) => {
    for (const one of state.waiting) waits.callOff(one);
  });
  let found: Group<Ref>[] = [];
  return {
    states,
    report: (group) => void found.push(group),
    wait: (state, one) => {
      state.waiting.add(one);
      waits.add(one);
      states.count(state, one.length);
    },
    callOff: (state, one) => {
      waits.callOff(one);
      state.waiting.delete(one);
      states.count(state, -one.length);
    },
    tell: (until) => {
      for (const one of waits.due(until)) {
        found.push(one.group);
        const state = states.find(one.key);
        if (state?.waiting.delete(one) === true) states.count(state, -one.length);
      }
    },
    given: () => {
      const groups = found;
      if (groups.length > 0) found = [];
      return groups;
    },
  };
}
