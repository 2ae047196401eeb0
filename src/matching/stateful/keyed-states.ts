/** What a rule remembers of one combination of values. */
export interface KeyedState {
  /** Time of the newest occurrence that changed it. */
  touched: number;
  /** Occurrences and the like that it holds, itself among them. */
  held: number;
}

/** States by key, those that were not touched for longest first, and never more than is allowed. */
export interface KeyedStates<State extends KeyedState> {
  readonly find: (key: string) => State | undefined;
  /** The state of a key, made where there is none, as the one touched last. */
  readonly touch: (key: string, time: number) => State;
  readonly remove: (key: string) => void;
  /** Something of the state came or went. */
  readonly count: (state: State, change: number) => void;
  /** Forgets what nothing can come of any more: what was touched before this time last. */
  readonly expire: (before: number) => void;
  /** Forgets the states touched longest ago until few enough are held. */
  readonly limit: () => void;
  readonly held: () => number;
  readonly evicted: () => number;
  /** With their keys, those that were not touched for longest first. */
  readonly entries: () => Iterable<readonly [string, State]>;
}

export function openKeyedStates<State extends KeyedState>(
  most: number,
  make: (key: string) => State,
  /** Told of a state that is forgotten before its time. */
  forget: (state: State) => void = () => {},
): KeyedStates<State> {
  const states = new Map<string, State>();
  let newest: string | null = null;
  let held = 0;
  let evicted = 0;
  const remove = (key: string): void => {
    const state = states.get(key);
    if (state === undefined) return;
    states.delete(key);
    held -= state.held;
    if (newest === key) newest = null;
  };
  return {
    find: (key) => states.get(key),
    touch: (key, time) => {
      let state = states.get(key);
      if (state === undefined) {
        state = make(key);
        held += state.held;
        states.set(key, state);
      } else if (newest !== key) {
        states.delete(key);
        states.set(key, state);
      }
      newest = key;
      if (time > state.touched) state.touched = time;
      return state;
    },
    remove,
    count: (state, change) => {
      state.held += change;
      held += change;
    },
    expire: (before) => {
      for (const [key, state] of states) {
        if (state.touched >= before) return;
        remove(key);
      }
    },
    limit: () => {
      for (const [key, state] of states) {
        if (held <= most) return;
        evicted += state.held;
        forget(state);
        remove(key);
      }
    },
    held: () => held,
    evicted: () => evicted,
    entries: () => states,
  };
}
