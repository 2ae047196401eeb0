import type { TargetField } from "../platform.ts";
import { kustoKey, kustoName, kustoString } from "./literals.ts";

/** What a column or a path into one holds. */
type ColumnType = "text" | "number" | "boolean" | "time" | "dynamic";

/** A field as an expression. */
export interface Column {
  readonly type: ColumnType;
  /** As it stands: `LogonType`, `EventData.Image`. */
  readonly own: string;
  /** As a text: `tostring(EventData.Image)`. */
  readonly text: string;
  /** As a number. */
  readonly number: string;
  /** Name for the column that a projection makes of it; the column itself where it is one. */
  readonly alias: string;
  readonly isColumn: boolean;
  /** The lists of which only the first item is asked, in the order of the path. */
  readonly lists: readonly string[];
}

/** Types that the places of this platform give to columns; see `content/platforms/microsoft`. */
const lists: ReadonlySet<string> = new Set(["array", "json-array"]);

export function columnOf({ name, types = {}, listed }: TargetField): Column {
  const [column = "", ...keys] = split(name, types);
  // A name that its user has to supply is that of one column, whatever dots it has.
  if (!listed && keys.length > 0 && types[column] === undefined) return plainColumn(name, "text", false);
  if (keys.length === 0) return plainColumn(column, types[column] ?? "text", listed);
  const found: string[] = [];
  const objects: ReadonlySet<string> = new Set(["dynamic", "array", "keyed"]);
  let own = objects.has(types[column] ?? "") ? kustoName(column) : `parse_json(${kustoName(column)})`;
  let path = column;
  for (const key of keys) {
    if (lists.has(types[path] ?? "")) {
      own += "[0]";
      found.push(path);
    }
    own += kustoKey(key);
    path += `.${key}`;
  }
  return {
    type: "dynamic",
    own,
    text: `tostring(${own})`,
    number: `todouble(${own})`,
    alias: (keys.at(-1) ?? "").replace(/\W+/gu, "_"),
    isColumn: false,
    lists: found,
  };
}

/** Column and keys; below a keyed object the rest of the name is one key, dots and all. */
function split(name: string, types: Readonly<Record<string, string>>): readonly string[] {
  const keyed = Object.keys(types).find((one) => types[one] === "keyed" && name.startsWith(`${one}.`));
  return keyed === undefined ? name.split(".") : [keyed, name.slice(keyed.length + 1)];
}

/** A column that the table may lack is asked for in a way that does not fail. */
function plainColumn(name: string, stored: string, listed: boolean): Column {
  const own = listed ? kustoName(name) : `column_ifexists(${kustoString(name)}, "")`;
  const type = stored === "number" || stored === "boolean" || stored === "time" ? stored : "text";
  const isObject = stored === "dynamic" || stored === "array" || stored === "keyed";
  return {
    type: isObject ? "dynamic" : type,
    own,
    text: type === "text" && !isObject ? own : `tostring(${own})`,
    number: type === "number" ? own : `todouble(${own})`,
    alias: listed ? kustoName(name) : name.replace(/\W+/gu, "_"),
    isColumn: listed,
    lists: [],
  };
}

/** The column that says when: the first of that type. */
export function timeColumn(types: Readonly<Record<string, string>> = {}): string {
  return Object.keys(types).find((name) => types[name] === "time") ?? "TimeGenerated";
}

/** The column that names the machine; null for a table without one. */
export function hostColumn(types: Readonly<Record<string, string>> = {}): string | null {
  return Object.keys(types).find((name) => types[name] === "host") ?? null;
}

/** Columns without which Defender raises no alert from a result (https://learn.microsoft.com/en-us/defender-xdr/custom-detection-rules). */
export function entityColumns(types: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.keys(types).filter((name) => types[name] === "entity");
}
