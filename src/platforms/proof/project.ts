import type { Platform as OperatingSystem } from "../../vocabulary/platform.ts";
import type { Values } from "../../vocabulary/values/values.ts";
import type { Field } from "../../vocabulary/vocabulary.ts";

/** One value in two forms, as an event has both: the source's own and the target's. */
export interface TwoForms {
  readonly source: string;
  readonly target: string;
}

/** How long hashes are. */
const digits: ReadonlySet<number> = new Set([32, 40, 64, 96, 128]);

/**
 * For tests: a value of a field as an event would have it, and the same thing in another form. null where no event has
 * such a value (a base name with folders in it, a hash of other letters).
 */
export function bothForms(
  value: string,
  from: Field,
  to: Field,
  system: OperatingSystem,
  { hashLabels }: Values,
): TwoForms | null {
  if (from.id === to.id) return { source: value, target: value };
  const separator = system === "unix" ? "/" : "\\";
  if (from.type === "path" && to.type === "name") {
    const path = /^(?:[A-Za-z]:|\\|\/)/u.test(value) ? value : `${separator}folder${separator}${value}`;
    const name = path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1);
    return { source: path, target: name };
  }
  if (from.type === "name" && to.type === "path") {
    return /[\\/]/u.test(value)
      ? null
      : { source: value, target: `${system === "unix" ? "" : "C:"}${separator}folder${separator}${value}` };
  }
  if (from.type === "hashes" && to.type === "hash") {
    const label = hashLabels.get(to.form ?? "") ?? "";
    const found = new RegExp(`^(?:${label}=)?([0-9a-f]+)$`, "iu").exec(value)?.[1];
    return found === undefined || !digits.has(found.length) ? null : { source: `${label}=${found}`, target: found };
  }
  if (from.type === "hash" && to.type === "hashes") {
    const label = hashLabels.get(from.form ?? "") ?? "";
    return /^[0-9a-f]+$/iu.test(value) && digits.has(value.length)
      ? { source: value, target: `${label}=${value}` }
      : null;
  }
  if (from.form === "extension" && (to.type === "name" || to.type === "path")) {
    return /^\w+$/u.test(value)
      ? { source: value, target: `${to.type === "path" ? `${separator}folder${separator}` : ""}file.${value}` }
      : null;
  }
  return null;
}
