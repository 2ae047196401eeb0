import type { Search } from "../compile/compile-rule.ts";
import { foldedOf } from "../evaluate/cell.ts";
import type { EventValues } from "../evaluate/event-values.ts";
import { isNumeric } from "../evaluate/scalars.ts";
import { type Atom, indexed } from "./atom.ts";
import { openTextFinder } from "./text-finder.ts";
import { openCosts, witnessOf } from "./witness.ts";

/** The searches that an event may meet, out of many: some that it does not, and never one too few. */
export interface CandidateIndex {
  /** Calls `found` with the number of each search, perhaps more than once; those of `keywords` are left to the caller. */
  readonly find: (values: EventValues, found: (search: number) => void) => void;
  /** Texts that may stand in any field → numbers of the searches, so that an event is looked through once for all logs. */
  readonly keywords: ReadonlyMap<string, readonly number[]>;
  /** Searches that every event is asked. */
  readonly always: number;
}

/** What is looked for in one field: text → numbers of the searches. */
interface FieldIndex {
  readonly exact: Map<string, number[]>;
  readonly number: Map<string, number[]>;
  readonly part: Map<string, number[]>;
  /** One list, under the empty text. */
  readonly present: Map<string, number[]>;
}

/** The numbers are those of the list. */
export function openCandidates(searches: readonly Search[]): CandidateIndex {
  const costOf = openCosts(searches.map((one) => one.condition));
  const always: number[] = [];
  const fields = new Map<number, FieldIndex>();
  const keywords = new Map<string, number[]>();
  for (const [number, { condition }] of searches.entries()) {
    const witness = witnessOf(condition, costOf);
    if (witness === null) always.push(number);
    for (const atom of witness ?? []) {
      if (atom.slot !== null) add(...placeIn(fields, atom, atom.slot), number);
      else if (atom.type === "part") add(keywords, atom.text, number);
    }
  }
  const looks = [...fields].map(([slot, index]) => openLook(slot, index));
  return {
    find: (values, found) => {
      for (const number of always) found(number);
      for (const look of looks) look(values, found);
    },
    keywords,
    always: always.length,
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

type Look = (values: EventValues, found: (search: number) => void) => void;

function openLook(slot: number, { exact, number, part, present }: FieldIndex): Look {
  const needles = [...part.keys()];
  const lists = [...part.values()];
  const finder = needles.length === 0 ? null : openTextFinder(needles);
  const whenever = present.get("") ?? [];
  return (values, found) => {
    const cell = values.at(slot);
    if (cell === null) return;
    for (const one of whenever) found(one);
    if (exact.size === 0 && number.size === 0 && finder === null) return;
    const texts = foldedOf(cell);
    for (const [at, value] of cell.values.entries()) {
      const text = indexed(texts[at] ?? "");
      if (exact.size > 0) for (const one of exact.get(text) ?? []) found(one);
      if (number.size > 0 && isNumeric(value)) for (const one of number.get(String(Number(value))) ?? []) found(one);
      finder?.scan(text, (needle) => {
        for (const one of lists[needle] ?? []) found(one);
      });
    }
  };
}
