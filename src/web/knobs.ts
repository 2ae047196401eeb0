import type { KnobSettings } from "../corpora/content/authored/index.ts";
import type { TuningKnob } from "../packages/detection-package.ts";

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

export type KnobReading =
  | { readonly type: "settings"; readonly settings: KnobSettings }
  | { readonly type: "invalid"; readonly why: string };

/** Reads what was set against the knobs that there are: values are divided by commas, numbers are whole, spans as Sigma writes them. */
export function readKnobs(
  knobs: KnobValues,
  declared: readonly Pick<TuningKnob, "id" | "kind" | "paste">[],
): KnobReading {
  const known = declared.filter((one) => one.paste === null);
  const settings = new Map<string, readonly (string | number)[]>();
  for (const [id, value] of knobs) {
    const knob = known.find((one) => one.id === id);
    if (knob === undefined) {
      const ids = known.map((one) => one.id).join(", ");
      const why = ids === "" ? "This package has no knobs." : `The knobs of this package are ${ids}.`;
      return { type: "invalid", why };
    }
    const read = valuesOf(knob.kind, value);
    if (read === null) return { type: "invalid", why: `${knobParameter}${id} must be ${forms[knob.kind]}.` };
    settings.set(id, read);
  }
  return { type: "settings", settings };
}

const forms = {
  exclude: "a value, or several with commas between them",
  threshold: "a whole number from 1 to 999999",
  window: "a time span: 30s, 10m, 2h or 1d",
} as const satisfies Readonly<Record<TuningKnob["kind"], string>>;

/** null for what is no such value. */
function valuesOf(kind: TuningKnob["kind"], text: string): readonly (string | number)[] | null {
  switch (kind) {
    case "exclude": {
      const values = text
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== "");
      return values.length === 0 ? null : values;
    }
    case "threshold":
      return /^[1-9]\d{0,5}$/.test(text) ? [Number(text)] : null;
    case "window":
      return /^[1-9]\d{0,5}[smhd]$/.test(text) ? [text] : null;
    default:
      return kind satisfies never;
  }
}
