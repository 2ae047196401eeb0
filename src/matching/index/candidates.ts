import type { Search } from "../compile/compile-rule.ts";
import { foldedOf } from "../evaluate/cell.ts";
import type { EventValues } from "../evaluate/event-values.ts";
import { isNumeric } from "../evaluate/scalars.ts";
import { type Atom, indexed } from "./atom.ts";
import { openTextFinder } from "./text-finder.ts";
import { openCosts, witnessOf } from "./witness.ts";

/** The searches that an event may meet, out of many: some that it does not, and never one too few. */
export interface CandidateIndex {
  /** Calls `found` with the number of each search, perhaps more than once. */
  readonly find: (values: EventValues, found: (search: number) => void) => void;
  /** Searches that every event is asked. */
  readonly always: number;
}

/** What is looked for in one field: text → numbers of the searches. */
interface FieldIndex {
  readonly exact: Map<string, number[]>;
  readonly number: Map<string, number[]>;
  readonly part: Map<string, number[]>;
  readonly present: number[];
}

/** The numbers are those of the list. */
export function openCandidates(searches: readonly Search[]): CandidateIndex {
  const costOf = openCosts(searches.map((one) => one.condition));
  const always: number[] = [];
  const fields = new Map<number | null, FieldIndex>();
  for (const [number, { condition }] of searches.entries()) {
    const witness = witnessOf(condition, costOf);
    if (witness === null) always.push(number);
    else for (const atom of witness) put(fields, atom, number);
  }
  const looks = [...fields].map(([slot, index]) => openLook(slot, index));
  return {
    find: (values, found) => {
      for (const number of always) found(number);
      for (const look of looks) look(values, found);
    },
    always: always.length,
  };
}

function put(fields: Map<number | null, FieldIndex>, atom: Atom, search: number): void {
  let index = fields.get(atom.slot);
  if (index === undefined) {
    index = { exact: new Map(), number: new Map(), part: new Map(), present: [] };
    fields.set(atom.slot, index);
  }
  if (atom.type === "present") {
    index.present.push(search);
    return;
  }
  const texts = index[atom.type];
  const own = texts.get(atom.text);
  if (own === undefined) texts.set(atom.text, [search]);
  else if (own.at(-1) !== search) own.push(search);
}

type Look = (values: EventValues, found: (search: number) => void) => void;

function openLook(slot: number | null, { exact, number, part, present }: FieldIndex): Look {
  const needles = [...part.keys()];
  const lists = [...part.values()];
  const finder = needles.length === 0 ? null : openTextFinder(needles);
  return (values, found) => {
    const cell = slot === null ? values.everything() : values.at(slot);
    if (cell === null) return;
    for (const one of present) found(one);
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
