import type { PatternToken } from "../../rule/expression.ts";
import { tidy } from "../../rule/pattern.ts";
import type { Slot } from "../compile/slots.ts";
import type { EventData } from "../readers/log-format.ts";
import type { EventLayout, Scalar, ViewReader } from "../view/layout.ts";
import { type Cell, cellOf } from "./cell.ts";
import { beginEffort, wasCut } from "./effort.ts";
import { openGlob } from "./glob.ts";

/** What one event has for the fields that rules ask for. Holds one event at a time. */
export interface EventValues {
  readonly load: (data: EventData, layout: EventLayout) => void;
  /** The values of a field; null where the event has none. */
  readonly at: (slot: number) => Cell | null;
  /** The fields that the event writes, in no order; others may still follow from them. The list is the next event's, too. */
  readonly present: () => readonly number[];
  /** Every value that the event writes, whatever its field; null for an empty event. */
  readonly everything: () => Cell | null;
  /** The same, in the order of the event. The list is the next event's, too. */
  readonly written: () => readonly Scalar[];
  /** Was more in the event than is looked at? */
  readonly cut: () => boolean;
  /** Grows with each event, so that what was worked out for one can be told from what holds of the next. */
  readonly generation: () => number;
}

/** The rule's own name in an event of its own schema goes before what another name means. */
const own = 0;
const meant = 1;
const worked = 2;

interface Target {
  readonly slot: number;
  readonly tier: number;
  /** What the name means, where the rule calls it otherwise and may spell its values otherwise; else null. */
  readonly field: string | null;
}

/** What is looked at of one event at most, beside the limits of the view; no real event comes near it. */
export const valueLimits = {
  /** Letters of all its texts. */
  letters: 131_072,
  /** Values of one field. */
  each: 1_000,
  /** Letters of a name. */
  name: 1_024,
} as const;

/** `slots` must not grow any more. */
export function openEventValues(view: ViewReader, slots: readonly Slot[]): EventValues {
  const targetsIn = openTargets(slots);
  const stamps = new Int32Array(slots.length);
  const tiers = new Uint8Array(slots.length);
  const cells: (Cell | null)[] = slots.map(() => null);
  /** The field by which the values of a cell are still to be spelled. */
  const spelledAs: (string | null)[] = slots.map(() => null);
  let generation = 0;
  let layout: EventLayout | null = null;
  let targetsOf: (name: string) => readonly Target[] = () => [];
  const written: Scalar[] = [];
  const present: number[] = [];
  let all: Cell | null = null;
  /** The values of a cell that is of one slot alone, and the event for which it is. */
  const lists: Scalar[][] = slots.map(() => []);
  const grown = new Int32Array(slots.length);
  let letters = 0;
  let cut = false;

  const see = (name: string, whole: Scalar): void => {
    let value = whole;
    if (typeof whole === "string") {
      if (whole.length > letters) {
        value = whole.slice(0, letters);
        cut = true;
      }
      letters -= String(value).length;
    }
    if (name.length > valueLimits.name) cut = true;
    written.push(value);
    let plain: Cell | null = null;
    for (const { slot, tier, field } of targetsOf(name)) {
      const before = stamps[slot] === generation ? (cells[slot] ?? null) : null;
      if (before !== null && tier > (tiers[slot] ?? 0)) continue;
      if (before !== null && tier === tiers[slot]) {
        if (before.values.length >= valueLimits.each) {
          cut = true;
          continue;
        }
        let list = lists[slot];
        if (list === undefined || grown[slot] !== generation) {
          list = [...before.values];
          lists[slot] = list;
          grown[slot] = generation;
          cells[slot] = cellOf(list);
        }
        list.push(value);
        continue;
      }
      if (before === null) present.push(slot);
      plain ??= cellOf([value]);
      stamps[slot] = generation;
      tiers[slot] = tier;
      cells[slot] = plain;
      grown[slot] = 0;
      spelledAs[slot] = field;
    }
  };
  /** Other rules may spell a value otherwise; how, is worked out for the fields that are asked for. */
  const spelled = (slot: number, field: string): Cell | null => {
    const cell = cells[slot] ?? null;
    spelledAs[slot] = null;
    const spellings = cell?.values.map((value) => view.spellings(field, value) ?? [value]) ?? [];
    if (spellings.every((one) => one.length === 1)) return cell;
    const whole = cellOf(spellings.flat());
    cells[slot] = whole;
    return whole;
  };
  const keep = (slot: number, cell: Cell | null): Cell | null => {
    stamps[slot] = generation;
    tiers[slot] = worked;
    spelledAs[slot] = null;
    cells[slot] = cell;
    return cell;
  };
  const at = (slot: number): Cell | null => {
    if (stamps[slot] === generation) {
      const field = spelledAs[slot] ?? null;
      return field === null ? (cells[slot] ?? null) : spelled(slot, field);
    }
    const asked = slots[slot];
    // Until it is worked out it has no value, so that two forms of each other do not ask each other for ever.
    keep(slot, null);
    if (asked === undefined) return null;
    for (const { slot: from, compute } of asked.forms) {
      const base = at(from);
      if (base === null) continue;
      const values = base.values.flatMap((one) => compute(one) ?? []);
      if (values.length > 0) return keep(slot, cellOf(values));
    }
    const facts = asked.canonical === null ? undefined : layout?.facts.get(asked.canonical);
    return facts === undefined || facts.length === 0 ? null : keep(slot, cellOf(facts));
  };
  return {
    load: (data, next) => {
      generation++;
      if (layout !== next) {
        layout = next;
        targetsOf = targetsIn(next);
      }
      written.length = 0;
      present.length = 0;
      all = null;
      letters = valueLimits.letters;
      cut = false;
      beginEffort();
      if (!view.visit(data, next, see)) cut = true;
    },
    at,
    present: () => present,
    everything: () => {
      if (all === null && written.length > 0) all = cellOf([...written]);
      return all;
    },
    written: () => written,
    cut: () => cut || wasCut(),
    generation: () => generation,
  };
}

/** Names of which it is remembered what they mean, of all layouts and of one; hostile events can have any number. */
const mostNames = { all: 200_000, layout: 20_000 } as const;

/** Which fields a name of a layout is a value of. */
function openTargets(slots: readonly Slot[]): (layout: EventLayout) => (name: string) => readonly Target[] {
  const byName = Map.groupBy(
    slots.filter((one) => !one.raw.includes("*")),
    (one) => one.raw,
  );
  const byField = Map.groupBy(
    slots.filter((one) => one.canonical !== null),
    (one) => one.canonical ?? "",
  );
  const patterns = slots
    .filter((one) => one.raw.includes("*"))
    .map((slot) => ({ slot, meets: openGlob(tokensOf(slot.raw), false) }));
  const resolve = (layout: EventLayout, name: string): readonly Target[] => {
    if (name.length > valueLimits.name) return [];
    const tiers = new Map<number, number>();
    const isOwn = ({ schema, canonical }: Slot): boolean =>
      layout.schema === null || canonical === null || schema === layout.schema;
    // The name of an object asks for all that is in it.
    for (let end = name.length; end > 0; end = name.lastIndexOf(".", end - 1)) {
      for (const one of byName.get(name.slice(0, end)) ?? []) if (isOwn(one)) tiers.set(one.id, own);
    }
    for (const { slot, meets } of patterns) if (isOwn(slot) && meets(name)) tiers.set(slot.id, own);
    const field = layout.canonicalOf(name);
    for (const one of field === null ? [] : (byField.get(field) ?? [])) {
      if (!tiers.has(one.id)) tiers.set(one.id, meant);
    }
    return [...tiers].map(([slot, tier]) => ({ slot, tier, field: tier === meant ? field : null }));
  };
  let byLayout = new WeakMap<EventLayout, (name: string) => readonly Target[]>();
  let kept = 0;
  return (layout) => {
    const before = byLayout.get(layout);
    if (before !== undefined) return before;
    if (kept >= mostNames.all) {
      byLayout = new WeakMap();
      kept = 0;
    }
    const known = new Map<string, readonly Target[]>();
    const targets = (name: string): readonly Target[] => {
      let found = known.get(name);
      if (found === undefined) {
        found = resolve(layout, name);
        if (known.size < mostNames.layout && kept < mostNames.all) {
          known.set(name, found);
          kept++;
        }
      }
      return found;
    };
    byLayout.set(layout, targets);
    return targets;
  };
}

/** In a name only `*` stands for something else. */
function tokensOf(name: string): readonly PatternToken[] {
  return tidy(name.split("*").flatMap((text, at) => [...(at === 0 ? [] : [any]), { type: "literal", text } as const]));
}

const any: PatternToken = { type: "any" };
