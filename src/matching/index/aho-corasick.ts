/**
 * Finds which of many texts stand in a text, in one pass. A node is a row of the table, with a column for each letter that
 * any of them has; all other letters lead back to the root.
 */
export interface Automaton {
  /** Calls `found` with the number of every needle that stands in the text, as often as it ends there; true ends the search. */
  readonly scan: (text: string, found: (needle: number) => boolean | undefined) => void;
  /** Does any of them stand in the text? */
  readonly hasAny: (text: string) => boolean;
  /** Of the table. */
  readonly bytes: number;
}

/** Letters of this code and above are looked up in a map. */
const plainCodes = 256;

export function openAutomaton(needles: readonly string[]): Automaton {
  const plain = new Uint16Array(plainCodes);
  const other = new Map<number, number>();
  let columns = 1;
  for (const needle of needles) {
    for (let at = 0; at < needle.length; at++) {
      const code = needle.charCodeAt(at);
      if (code < plainCodes ? plain[code] !== 0 : other.has(code)) continue;
      if (code < plainCodes) plain[code] = columns;
      else other.set(code, columns);
      columns++;
    }
  }
  const columnOf = (code: number): number => (code < plainCodes ? plain[code] : other.get(code)) ?? 0;
  const { table, ends } = trieOf(needles, columns, columnOf);
  const outputs = linked(table, ends, columns);
  const isEnd = Uint8Array.from({ length: table.length / columns }, (_, state) =>
    outputs[state] === undefined ? 0 : 1,
  );
  const scan: Automaton["scan"] = (text, found) => {
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      state = table[state * columns + columnOf(code)] ?? 0;
      if (isEnd[state] === 0) continue;
      for (const needle of outputs[state] ?? []) if (found(needle) === true) return;
    }
  };
  return {
    scan,
    hasAny: (text) => {
      let any = false;
      scan(text, () => {
        any = true;
        return true;
      });
      return any;
    },
    bytes: table.byteLength,
  };
}

interface Trie {
  readonly table: Int32Array;
  /** The needles that end in a state. */
  readonly ends: (number[] | undefined)[];
}

function trieOf(needles: readonly string[], columns: number, columnOf: (code: number) => number): Trie {
  const most = needles.reduce((sum, one) => sum + one.length, 1);
  const table = new Int32Array(most * columns).fill(-1);
  const ends: (number[] | undefined)[] = [];
  let states = 1;
  for (const [number, needle] of needles.entries()) {
    let state = 0;
    for (let at = 0; at < needle.length; at++) {
      const cell = state * columns + columnOf(needle.charCodeAt(at));
      if (table[cell] === -1) table[cell] = states++;
      state = table[cell] ?? 0;
    }
    const own = ends[state] ?? [];
    own.push(number);
    ends[state] = own;
  }
  return { table: table.slice(0, states * columns), ends };
}

/** Fills the table so that every letter leads on from every state, and gives each state the needles that end there. */
function linked(table: Int32Array, ends: Trie["ends"], columns: number): readonly (readonly number[] | undefined)[] {
  const states = table.length / columns;
  const fail = new Int32Array(states);
  const outputs: (readonly number[] | undefined)[] = ends.slice();
  const queue: number[] = [];
  for (let column = 0; column < columns; column++) {
    const next = table[column] ?? -1;
    if (next > 0) queue.push(next);
    else table[column] = 0;
  }
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    const back = fail[state] ?? 0;
    const inherited = outputs[back];
    if (inherited !== undefined) outputs[state] = [...(outputs[state] ?? []), ...inherited];
    for (let column = 0; column < columns; column++) {
      const cell = state * columns + column;
      const next = table[cell] ?? -1;
      const otherwise = table[back * columns + column] ?? 0;
      if (next === -1) table[cell] = otherwise;
      else {
        fail[next] = otherwise;
        queue.push(next);
      }
    }
  }
  return outputs;
}
