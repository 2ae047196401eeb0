import type { Entry } from "../../languages/yara-l/index.ts";

/** The `meta` of a rule by key; keys are compared without case, and a key may stand several times. */
export interface Meta {
  /** The first of these keys that has a value, trimmed; empty where none has. */
  readonly text: (...keys: readonly string[]) => string;
  /** All values of these keys, cut at commas. */
  readonly list: (...keys: readonly string[]) => readonly string[];
  /** Whole values of these keys. */
  readonly values: (...keys: readonly string[]) => readonly string[];
  /** Every key but these, in order, with its values. */
  readonly others: (known: ReadonlySet<string>) => readonly (readonly [string, string])[];
}

export function openMeta(entries: readonly Entry[]): Meta {
  const byKey = new Map<string, string[]>();
  for (const { key, value } of entries) {
    const lower = key.toLowerCase();
    const list = byKey.get(lower) ?? [];
    byKey.set(lower, list);
    if (value.trim() !== "") list.push(value.trim());
  }
  const values = (...keys: readonly string[]): readonly string[] => keys.flatMap((key) => byKey.get(key) ?? []);
  return {
    text: (...keys) => values(...keys)[0] ?? "",
    list: (...keys) =>
      values(...keys)
        .flatMap((one) => one.split(","))
        .map((one) => one.trim())
        .filter((one) => one !== ""),
    values,
    others: (known) =>
      [...byKey]
        .filter(([key, list]) => !known.has(key) && list.length > 0)
        .map(([key, list]) => [key, list.join(", ")] as const),
  };
}
