/** What a reader sets in the address of a package: id of the knob → its value. */
export type KnobValues = ReadonlyMap<string, string>;

/** `knob.admin-hosts=PAW-01` sets the knob `admin-hosts`. */
export const knobParameter = "knob.";

/** The knobs in a query, the last of those that stand twice; one that is left empty is not set. */
export function knobsIn(query: URLSearchParams): KnobValues {
  const knobs = new Map<string, string>();
  for (const [name, value] of query) {
    if (name.startsWith(knobParameter) && value.trim() !== "")
      knobs.set(name.slice(knobParameter.length), value.trim());
  }
  return knobs;
}

/** Parameters of an address that sets the same knobs. */
export function knobQuery(knobs: KnobValues): Readonly<Record<string, string>> {
  return Object.fromEntries([...knobs].map(([id, value]) => [knobParameter + id, value]));
}
