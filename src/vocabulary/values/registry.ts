import { isPattern, type Operator, type Value } from "../../rule/expression.ts";
import { changed, type Step } from "./draft.ts";
import type { HiveSpellings, RegistryData } from "./tables.ts";

interface Spelling {
  readonly folded: string;
  readonly short: string;
  readonly atStart: boolean;
}

/** Operators that look at the beginning of the whole path. */
const fromStart: ReadonlySet<Operator> = new Set(["eq", "starts_with", "wildcard"]);

/** The root of a registry path is spelled in its short form: `HKEY_LOCAL_MACHINE\x` and `\REGISTRY\MACHINE\x` are `HKLM\x`. */
export function hiveStep(hives: readonly HiveSpellings[]): Step {
  const spellings = hives.flatMap(({ short, anywhere, atStart }): Spelling[] => [
    ...anywhere.map((one) => ({ folded: one.toLowerCase(), short, atStart: false })),
    ...atStart.map((one) => ({ folded: one.toLowerCase(), short, atStart: true })),
  ]);
  return (draft) => {
    const text = beginning(draft.value);
    if (text === null) return draft;
    const folded = text.toLowerCase();
    const found = spellings.find(
      (one) =>
        folded.startsWith(one.folded) && (folded.length === one.folded.length || folded[one.folded.length] === "\\"),
    );
    if (found === undefined || (found.atStart && !fromStart.has(draft.operator))) return draft;
    const rest = text.slice(found.folded.length);
    // A lone word behind which anything may follow could be the beginning of another name.
    if (rest === "" && (found.atStart || draft.value !== text)) return draft;
    return changed(draft, { value: withBeginning(draft.value, found.short + rest) }, `hive spelled ${found.short}`);
  };
}

/** The literal text at the beginning of a value; null where a wildcard stands there. */
function beginning(value: Value): string | null {
  if (typeof value === "string") return value;
  const first = isPattern(value) ? value.tokens[0] : undefined;
  return first?.type === "literal" ? first.text : null;
}

function withBeginning(value: Value, text: string): Value {
  return isPattern(value) ? { ...value, tokens: [{ type: "literal", text }, ...value.tokens.slice(1)] } : text;
}

/** A number of the registry stands alone: `DWORD (0x00000001)` is `0x00000001`. */
export function registryDataStep({ words }: RegistryData): Step {
  const number = new RegExp(`^(?:${words.join("|")}) \\((0x[0-9a-f]{8}(?:-0x[0-9a-f]{8})?)\\)$`, "iu");
  return (draft) => {
    if (draft.operator !== "eq" || typeof draft.value !== "string") return draft;
    const value = number.exec(draft.value)?.[1];
    return value === undefined ? draft : changed(draft, { value }, "number without its type");
  };
}
