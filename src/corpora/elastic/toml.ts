import { parse, TomlError } from "smol-toml";
import { recordOf, type Untyped } from "../untyped.ts";

export type TomlReading =
  | { readonly type: "table"; readonly table: Untyped }
  | { readonly type: "fault"; readonly line: number; readonly message: string };

/** Levels of values within values; real rules use 4. */
const maximumDepth = 64;

/** Reads one TOML document from a stranger; never throws. */
export function readToml(text: string): TomlReading {
  try {
    return { type: "table", table: recordOf(parse(text, { maxDepth: maximumDepth })) };
  } catch (error) {
    const line = error instanceof TomlError ? error.line : 1;
    const message = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : "unknown fault";
    return { type: "fault", line, message };
  }
}
