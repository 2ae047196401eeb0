import type { Search } from "../compile/compile-rule.ts";
import type { Slot } from "../compile/slots.ts";
import type { EventValues } from "../evaluate/event-values.ts";
import { isNumeric } from "../evaluate/scalars.ts";
import type { EventLayout, Scalar } from "../view/layout.ts";
import { type Atom, indexed } from "./atom.ts";
import { openTextFinder } from "./text-finder.ts";
import { openCosts, witnessOf } from "./witness.ts";

/** The searches that an event may meet, out of many: some that it does not, and never one too few. */
export interface CandidateIndex {
  /** Calls `found` with the number of each search; those of `keywords` are left to the caller. */
  readonly find: (values: EventValues, layout: EventLayout, found: (search: number) => void) => void;
  /** Texts that may stand in any field → numbers of the searches, so that an event is looked through once for all logs. */
  readonly keywords: ReadonlyMap<string, readonly number[]>;
  /** Searches that every event is asked. */
  readonly always: number;
}

/** What is looked for in one field: text → twice the numbers of the searches, and one more for their second set of atoms. */
interface FieldIndex {
  readonly exact: Map<string, number[]>;
  readonly number: Map<string, number[]>;
  readonly part: Map<string, number[]>;
  /** One list, under the empty text. */
  readonly present: Map<string, number[]>;
}

/** The numbers are those of the list. */
export function openCandidates(searches: readonly Search[], slots: readonly Slot[]): CandidateIndex {
  const costOf = openCosts(searches.map((one) => one.condition));
  const always: number[] = [];
  const fields = new Map<number, FieldIndex>();
  const keywords = new Map<string, number[]>();
  /** Which of its two sets of atoms an event must have shown before a search is a candidate, as bits. */
  const wanted = new Uint8Array(searches.length);
  for (const [number, { condition }] of searches.entries()) {
    const witness = witnessOf(condition, costOf);
    if (witness === null) always.push(number);
    for (const [bit, atoms] of [witness?.first ?? [], witness?.second ?? []].entries()) {
      for (const atom of atoms) {
        if (atom.slot !== null) add(...placeIn(fields, atom, atom.slot), 2 * number + bit);
        else if (atom.type === "part") add(keywords, atom.text, number);
      }
    }
    wanted[number] = witness?.second == null ? 1 : 3;
  }
  const looks = [...fields].map(([slot, index], number): Look => ({ number, slot, run: openLook(slot, index) }));
  const bySlot = looksBySlot(looks, slots);
  const byFact = openFactLooks(looks, slots);
  const stamps = new Int32Array(looks.length);
  const marked = new Int32Array(searches.length);
  const marks = new Uint8Array(searches.length);
  return {
    find: (values, layout, found) => {
      const generation = values.generation();
      for (const number of always) found(number);
      const mark = (code: number): void => {
        const number = code >> 1;
        const before = marked[number] === generation ? (marks[number] ?? 0) : 0;
        const now = before | (1 << (code & 1));
        if (now === before) return;
        marked[number] = generation;
        marks[number] = now;
        if (now === wanted[number]) found(number);
      };
      const run = (look: Look): void => {
        if (stamps[look.number] === generation) return;
        stamps[look.number] = generation;
        look.run(values, mark);
      };
      for (const slot of values.present()) {
        const own = bySlot[slot];
        if (own !== undefined) for (const look of own) run(look);
      }
      for (const look of byFact(layout)) run(look);
    },
    keywords,
    always: always.length,
  };
}

/** The looks that a field which an event writes asks for: its own, and those of fields that follow from it. */
function looksBySlot(looks: readonly Look[], slots: readonly Slot[]): readonly (readonly Look[] | undefined)[] {
  const bySlot: Look[][] = [];
  for (const look of looks) {
    const reached = new Set<number>([look.slot]);
    for (const slot of reached) for (const { slot: from } of slots[slot]?.forms ?? []) reached.add(from);
    for (const slot of reached) {
      const own = bySlot[slot] ?? [];
      own.push(look);
      bySlot[slot] = own;
    }
  }
  return bySlot;
}

/** The looks at fields that a log tells without writing them. */
function openFactLooks(looks: readonly Look[], slots: readonly Slot[]): (layout: EventLayout) => readonly Look[] {
  const known = new WeakMap<EventLayout, readonly Look[]>();
  const isTold = (slot: number, layout: EventLayout, depth = 0): boolean => {
    const asked = slots[slot];
    if (asked === undefined || depth > 4) return false;
    if (asked.canonical !== null && layout.facts.has(asked.canonical)) return true;
    return asked.forms.some((one) => isTold(one.slot, layout, depth + 1));
  };
  return (layout) => {
    const before = known.get(layout);
    if (before !== undefined) return before;
    const told = looks.filter(({ slot }) => isTold(slot, layout));
    known.set(layout, told);
    return told;
  };
}

function add(lists: Map<string, number[]>, text: string, search: number): void {
  const own = lists.get(text);
  if (own === undefined) lists.set(text, [search]);
  else if (own.at(-1) !== search) own.push(search);
}

function placeIn(fields: Map<number, FieldIndex>, atom: Atom, slot: number): readonly [Map<string, number[]>, string] {
  let index = fields.get(slot);
  if (index === undefined) {
    index = { exact: new Map(), number: new Map(), part: new Map(), present: new Map() };
    fields.set(slot, index);
  }
  return [index[atom.type], atom.type === "present" ? "" : atom.text];
}

/** What one field of an event is looked up in. */
interface Look {
  readonly number: number;
  readonly slot: number;
  readonly run: (values: EventValues, found: (search: number) => void) => void;
}

function openLook(slot: number, index: FieldIndex): Look["run"] {
  const { exact, number, part, present } = index;
  const whenever = present.get("") ?? [];
  const isSilent = exact.size === 0 && number.size === 0 && part.size === 0;
  const searchesFor = remembered(openValueLook(index));
  return (values, found) => {
    const cell = values.at(slot);
    if (cell === null) return;
    for (const one of whenever) found(one);
    if (isSilent) return;
    for (const value of cell.values) {
      const searches = searchesFor(value);
      if (searches.length > 0) for (const one of searches) found(one);
    }
  };
}

/** The searches that one value may meet. */
type ValueLook = (value: Scalar) => readonly number[];

function openValueLook({ exact, number, part }: FieldIndex): ValueLook {
  const lists = [...part.values()];
  const finder = part.size === 0 ? null : openTextFinder([...part.keys()]);
  /** The look in which a text was found last: a value may repeat it without end. */
  const seen = new Int32Array(lists.length);
  let looks = 0;
  return (value) => {
    looks = (looks + 1) | 0;
    const all = new Set<number>();
    const text = indexed(String(value).toLowerCase());
    for (const one of exact.get(text) ?? []) all.add(one);
    if (number.size > 0 && isNumeric(value)) for (const one of number.get(String(Number(value))) ?? []) all.add(one);
    finder?.scan(text, (needle) => {
      if (seen[needle] === looks) return;
      seen[needle] = looks;
      for (const one of lists[needle] ?? []) all.add(one);
    });
    return all.size === 0 ? none : [...all];
  };
}

const none: readonly number[] = [];

/** Values of one field that are remembered, and the longest of them. */
const mostRemembered = 4_096;
const longestRemembered = 400;
/** Letters of all of them. */
const mostLetters = 65_536;
/** After so many values it is decided whether remembering them pays. */
const trial = 2_048;
/** Values that a full memory did not know, after which it begins anew: logs change, and what comes often is soon back. */
const mostMissed = 4 * mostRemembered;

/** Logs say the same again and again: images, users, hashes. Of fields that do not, nothing is kept. */
function remembered(look: ValueLook): ValueLook {
  const known = new Map<string, readonly number[]>();
  let asked = 0;
  let missed = 0;
  let pays = true;
  let letters = 0;
  return (value) => {
    if (!pays || typeof value !== "string" || value.length > longestRemembered) return look(value);
    const before = known.get(value);
    if (++asked === trial) {
      pays = missed * 2 < asked;
      if (!pays) known.clear();
    }
    if (before !== undefined) return before;
    const found = look(value);
    missed++;
    if (!pays) return found;
    if (known.size < mostRemembered && letters + value.length <= mostLetters) {
      known.set(value, found);
      letters += value.length;
    } else if (missed > mostMissed) {
      known.clear();
      letters = 0;
      missed = 0;
    }
    return found;
  };
}
