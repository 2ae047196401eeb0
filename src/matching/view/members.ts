import type { Scalar } from "./layout.ts";

/** A path into an event, ready to be followed: every way to cut it into names that hold dots themselves. */
export interface OpenPath {
  readonly names: readonly string[];
  /** How many names, less one → those names from the first on, joined by dots. */
  readonly joined: readonly string[];
  /** The same from the second name on, from the third … */
  readonly rest: readonly (readonly string[])[];
}

export function openPath(names: readonly string[]): OpenPath {
  const from = (start: number): readonly string[] =>
    names.slice(start).map((_, at) => names.slice(start, start + at + 1).join("."));
  return { names, joined: from(0), rest: names.slice(1).map((_, at) => from(at + 1)) };
}

/** What stands at a path, undefined for nothing. `{"a.b": 1}` and `{"a": {"b": 1}}` both have `a.b`. */
export function memberAt(data: unknown, path: OpenPath): unknown {
  const { names, joined } = path;
  const first = names[0];
  if (!isObject(data) || first === undefined) return undefined;
  if (names.length === 1) return own(data, first);
  const whole = own(data, joined[names.length - 1] ?? first);
  if (whole !== undefined) return whole;
  const inner = own(data, first);
  if (names.length === 2) {
    if (isObject(inner)) return own(inner, names[1] ?? "");
    return undefined;
  }
  return step(data, path, 0);
}

/** `start`: how many names of the path are behind. */
function step(data: Readonly<Record<string, unknown>>, path: OpenPath, start: number): unknown {
  const joined = start === 0 ? path.joined : (path.rest[start - 1] ?? []);
  for (let count = joined.length; count > 0; count--) {
    const next = own(data, joined[count - 1] ?? "");
    if (next === undefined) continue;
    const behind = start + count;
    if (behind === path.names.length) return next;
    const found = isObject(next) ? step(next, path, behind) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function own(data: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = data[name];
  // What every object has by birth is no member of an event.
  return typeof value === "function" || (name === "__proto__" && !Object.hasOwn(data, name)) ? undefined : value;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isScalar(value: unknown): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** What tells events apart is never longer. */
const longestTelling = 512;

/** The beginning of a text that is kept for longer than its event. */
export function tellingText(value: Scalar): string {
  const text = String(value);
  // Put together anew, or the whole text would be kept for the sake of its beginning.
  return text.length > longestTelling ? ` ${text.slice(0, longestTelling)}`.slice(1) : text;
}

/** The texts of a member: of a list all, of an element of XML what stands in it. At most `most`. */
export function textsAt(data: unknown, path: OpenPath, most = 32): readonly string[] {
  const value = memberAt(data, path);
  if (value === undefined || value === null) return [];
  if (isScalar(value)) return [tellingText(value)];
  if (Array.isArray(value)) {
    const texts: string[] = [];
    for (let at = 0; at < value.length && at < most; at++) if (isScalar(value[at])) texts.push(tellingText(value[at]));
    return texts;
  }
  const text = isObject(value) ? value["#text"] : undefined;
  return isScalar(text) ? [tellingText(text)] : [];
}
