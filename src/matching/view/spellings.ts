import ipaddr from "ipaddr.js";
import type { CodeTable } from "../../vocabulary/values/tables.ts";
import type { Field, Vocabulary } from "../../vocabulary/vocabulary.ts";
import type { Scalar, ViewReader } from "./layout.ts";
import type { RecognitionTables } from "./recognition.ts";

/** Other spellings of a text; null where there is none. */
type Spell = (text: string) => readonly Scalar[] | null;

/** Longer values are no codes, addresses or keys. */
const longest = 32_768;

/** How the values of each field are spelled, worked out once for each. */
export function openSpellings(vocabulary: Vocabulary, { values }: RecognitionTables): ViewReader["spellings"] {
  const registry = hives(values);
  const known = new Map<string, readonly Spell[] | null>();
  const spellsOf = (id: string): readonly Spell[] | null => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const field = vocabulary.field(id);
    const spells =
      field === null
        ? []
        : [
            ...values.registryData.filter((one) => one.fields.includes(id)).map((one) => registryNumber(one.words)),
            ...values.codes
              .filter((one) => one.fields.includes(id) || one.types.includes(field.type))
              .map((one) => codes(one)),
            ...ofType(field, registry),
          ];
    const made = spells.length === 0 ? null : spells;
    if (known.size < 20_000) known.set(id, made);
    return made;
  };
  return (field, value) => {
    const spells = spellsOf(field);
    if (spells === null || typeof value === "boolean") return null;
    const text = typeof value === "string" ? value : String(value);
    if (text.length > longest) return null;
    let found: Scalar[] | null = null;
    for (const spell of spells) {
      const others = spell(text);
      if (others === null) continue;
      found ??= [];
      for (const one of others) if (!found.includes(one)) found.push(one);
    }
    if (found === null) return null;
    if (!found.includes(value)) found.push(value);
    return found;
  };
}

function ofType(field: Field, registry: Spell): readonly Spell[] {
  switch (field.type) {
    case "registry_path":
      return [registry];
    case "ip":
      return [address];
    case "number":
      return [number];
    case "hex_number":
      return [hexadecimal];
    case "keyword":
      return field.form === "either" ? [address] : /(?:entity_id|guid)$/iu.test(field.id) ? [guid] : [];
    case "path":
    case "name":
    case "command_line":
    case "hash":
    case "hashes":
    case "domain":
    case "url":
    case "sid":
    case "boolean":
    case "date":
    case "text":
      return [];
    default:
      return field.type satisfies never;
  }
}

/** The root of a registry path in every way that names it; the short one is the normal form. */
function hives({ hives: all }: RecognitionTables["values"]): Spell {
  const roots = all.flatMap(({ short, anywhere, atStart }) => {
    const spelled = [short, ...anywhere, ...atStart.filter((one) => one.startsWith("\\"))];
    return [short, ...anywhere, ...atStart].map((one) => ({ folded: one.toLowerCase(), spelled }));
  });
  return (text) => {
    const folded = text.toLowerCase();
    for (const root of roots) {
      const { length } = root.folded;
      if (!folded.startsWith(root.folded) || (folded.length > length && folded[length] !== "\\")) continue;
      const rest = text.slice(length);
      return root.spelled.map((one) => one + rest);
    }
    return null;
  };
}

/**
 * `DWORD (0x00000001)` of Sysmon is `0x00000001` for Splunk and Elastic, and 1 for Defender. The word that a short number
 * had is the first one.
 */
function registryNumber(words: readonly string[]): Spell {
  const pattern = new RegExp(`^(?:${words.join("|")}) \\((0x[0-9a-f]{8})(?:-0x([0-9a-f]{8}))?\\)$`, "iu");
  const [short = "DWORD"] = words;
  return (text) => {
    if (/^0x[0-9a-f]{8}$/iu.test(text)) return [text, String(Number.parseInt(text, 16)), `${short} (${text})`];
    if (/^(?:0|[1-9]\d{0,9})$/u.test(text) && Number(text) <= 0xffff_ffff) {
      const hex = `0x${Number(text).toString(16).padStart(8, "0")}`;
      return [text, hex, `${short} (${hex})`];
    }
    const found = pattern.exec(text);
    if (found === null) return null;
    const [, high = "", low] = found;
    const whole = low === undefined ? high : `${high}${low}`;
    const shown = low === undefined ? high : `${high}-0x${low}`;
    return [shown, BigInt(whole).toString(), text];
  };
}

/** A code and the words that products show in its place; a list of codes is spelled code by code. */
function codes(table: CodeTable): Spell {
  const groups = new Map(table.values.flatMap((own) => own.map((one) => [one.toLowerCase(), own] as const)));
  return (text) => {
    const whole = groups.get(text.trim().toLowerCase());
    if (whole !== undefined) return whole.length > 1 ? whole : null;
    if (!text.includes("%%")) return null;
    const parts = text.split(/\s+/u).flatMap((one) => groups.get(one.toLowerCase()) ?? []);
    return parts.length === 0 ? null : [text, ...parts];
  };
}

function number(text: string): readonly Scalar[] | null {
  const hex = /^0x([0-9a-f]{1,13})$/iu.exec(text)?.[1];
  return hex === undefined ? null : [String(Number.parseInt(hex, 16)), text];
}

function hexadecimal(text: string): readonly Scalar[] | null {
  const digits = /^0x0*([0-9a-f]{1,16})$/iu.exec(text)?.[1];
  if (digits === undefined) return null;
  const short = `0x${digits.toLowerCase()}`;
  return short === text ? null : [short, text];
}

/** `::ffff:192.0.2.1` is 192.0.2.1, and an IPv6 address is spelled short. */
function address(text: string): readonly Scalar[] | null {
  if (!text.includes(":") || !ipaddr.IPv6.isValid(text)) return null;
  const read = ipaddr.IPv6.parse(text);
  const normal = read.isIPv4MappedAddress() ? read.toIPv4Address().toString() : read.toString();
  return normal === text ? null : [normal, text];
}

/** With braces, as Windows shows it, and without, as decoders of its log do. */
function guid(text: string): readonly Scalar[] | null {
  const bare = /^\{?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\}?$/iu.exec(text)?.[1];
  return bare === undefined ? null : [`{${bare}}`, bare];
}
