import { isObject, wrappedEvents } from "../json/wrappers.ts";
import type { EventData } from "../log-format.ts";
import { unwrapCloud } from "./cloud.ts";
import { unwrapElastic } from "./elastic.ts";
import { unwrapSplunk } from "./splunk.ts";
import { unwrapTables } from "./tables.ts";

/**
 * The events inside of what a product wraps around them; null where the object is an event itself, none where it holds none.
 * One layer is taken off; whoever calls asks again of what comes out.
 */
export function unwrap(data: EventData): readonly EventData[] | null {
  const events = unwrapSplunk(data) ?? unwrapElastic(data) ?? unwrapCloud(data) ?? unwrapTables(data);
  if (events !== null) return events;
  const wrapped = wrappedEvents(data);
  return wrapped === null ? null : wrapped.filter(isObject);
}
