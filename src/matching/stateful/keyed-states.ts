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
  /** The one that was not touched for longest. */
  readonly first: () => { readonly key: string; readonly state: State } | null;
  /** Forgets what nothing can come of any more: what was touched before this time last. */
  readonly expire: (before: number) => void;
  /** Forgets the states touched longest ago until few enough are held. */
  readonly limit: () => void;
  readonly held: () => number;
  readonly evicted: () => number;
}

/** In a row from the one touched longest ago to the newest. */
interface Link<State> {
  readonly key: string;
  readonly state: State;
  older: Link<State> | null;
  newer: Link<State> | null;
}

/** The row is our own: a Map walks over all that was deleted at its front whenever it is asked for its first entry. */
export function openKeyedStates<State extends KeyedState>(
  most: number,
  make: () => State,
  /** Told of a state that is forgotten before its time. */
  forget: (state: State) => void = () => {},
): KeyedStates<State> {
  const links = new Map<string, Link<State>>();
  let oldest: Link<State> | null = null;
  let newest: Link<State> | null = null;
  let held = 0;
  let evicted = 0;
  const unlink = (link: Link<State>): void => {
    if (link.older === null) oldest = link.newer;
    else link.older.newer = link.newer;
    if (link.newer === null) newest = link.older;
    else link.newer.older = link.older;
  };
  const append = (link: Link<State>): void => {
    link.older = newest;
    link.newer = null;
    if (newest === null) oldest = link;
    else newest.newer = link;
    newest = link;
  };
  const drop = (link: Link<State>): void => {
    links.delete(link.key);
    unlink(link);
    held -= link.state.held;
  };
  return {
    find: (key) => links.get(key)?.state,
    touch: (key, time) => {
      let link = links.get(key);
      if (link === undefined) {
        link = { key, state: make(), older: null, newer: null };
        links.set(key, link);
        held += link.state.held;
        append(link);
      } else if (link !== newest) {
        unlink(link);
        append(link);
      }
      const { state } = link;
      if (time > state.touched) state.touched = time;
      return state;
    },
    remove: (key) => {
      const link = links.get(key);
      if (link !== undefined) drop(link);
    },
    count: (state, change) => {
      state.held += change;
      held += change;
    },
    first: () => oldest,
    expire: (before) => {
      while (oldest !== null && oldest.state.touched < before) drop(oldest);
    },
    limit: () => {
      while (held > most && oldest !== null) {
        evicted += oldest.state.held;
        forget(oldest.state);
        drop(oldest);
      }
    },
    held: () => held,
    evicted: () => evicted,
  };
}
