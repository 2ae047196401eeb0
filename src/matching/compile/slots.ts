import type { DerivedForm } from "../view/layout.ts";

/** A field that rules ask for: one name of one schema, and what it means. */
export interface Slot {
  readonly id: number;
  /** The schema of the rules that call it so; null for a field of the vocabulary that is asked for as such. */
  readonly schema: string | null;
  readonly raw: string;
  readonly canonical: string | null;
  /** What it follows from where the event does not write it, best first. */
  readonly forms: readonly SlotForm[];
}

export interface SlotForm {
  readonly slot: number;
  readonly compute: DerivedForm["compute"];
}

/** Every field that the rules of an engine ask for. Grows while rules are compiled, and not afterwards. */
export interface SlotTable {
  readonly all: readonly Slot[];
  readonly slotFor: (schema: string | null, raw: string, canonical: string | null) => number;
}

export function openSlots(derivedForms: (field: string) => readonly DerivedForm[]): SlotTable {
  const all: Slot[] = [];
  const byKey = new Map<string, number>();
  const slotFor: SlotTable["slotFor"] = (schema, raw, canonical) => {
    const key = JSON.stringify([schema, raw, canonical]);
    const before = byKey.get(key);
    if (before !== undefined) return before;
    const id = all.length;
    const forms: SlotForm[] = [];
    all.push({ id, schema, raw, canonical, forms });
    byKey.set(key, id);
    for (const { from, compute } of canonical === null ? [] : derivedForms(canonical)) {
      forms.push({ slot: slotFor(null, from, from), compute });
    }
    return id;
  };
  return { all, slotFor };
}
