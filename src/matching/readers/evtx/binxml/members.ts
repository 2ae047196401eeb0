import type { MutableData } from "./program.ts";

/** Adds a member. One that is there already becomes an array with both. */
export function put(into: MutableData, key: string, value: unknown, list: boolean): void {
  if (Object.hasOwn(into, key)) {
    const before = into[key];
    if (Array.isArray(before)) for (const one of itemsOf(value)) before.push(one);
    else define(into, key, [before, ...itemsOf(value)]);
    return;
  }
  // A copy, since further elements may be added to it.
  define(into, key, list || Array.isArray(value) ? [...itemsOf(value)] : value);
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function define(into: MutableData, key: string, value: unknown): void {
  // Assigned, this name would set the object's prototype.
  if (key === "__proto__") {
    Object.defineProperty(into, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    into[key] = value;
  }
}
