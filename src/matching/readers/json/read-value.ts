import type { BatchBuilder } from "../batch.ts";
import { unwrap } from "../exports/unwrap.ts";
import { isObject } from "./wrappers.ts";

/** Takes a parsed value of a log apart into its events. */
export function addValue(batch: BatchBuilder, value: unknown, offset: () => number): void {
  if (isObject(value)) {
    const events = unwrap(value);
    if (events === null) batch.record(value);
    else for (const one of events) addValue(batch, one, offset);
  } else if (Array.isArray(value)) {
    for (const one of value) if (isObject(one)) addValue(batch, one, offset);
    // One fault for all of them: a line of a million zeros is one piece of damage.
    if (!value.every(isObject)) notAnObject(batch, offset());
  } else {
    notAnObject(batch, offset());
  }
}

function notAnObject(batch: BatchBuilder, offset: number): void {
  batch.fault(offset, "json-not-object", "Is no object.");
}
