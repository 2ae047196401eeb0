import { setMember } from "../batch.ts";
import { isObject } from "../json/wrappers.ts";
import type { EventData } from "../log-format.ts";

/** Actions of the bulk interface, which stand on a line before the event. */
const actions = ["index", "create"];
const ofAction = new Set(["_index", "_id", "_type", "routing", "version", "version_type", "pipeline", "require_alias"]);

/** Hits of a search (`_source`, or `fields` with a list a value), and lines for the bulk interface. */
export function unwrapElastic(data: EventData): readonly EventData[] | null {
  if (isObject(data._source)) return [data._source];
  if (Object.hasOwn(data, "_index") && isObject(data.fields)) return [ofFields(data.fields)];
  return isAction(data) ? [] : null;
}

function isAction(data: EventData): boolean {
  if (data.index === undefined && data.create === undefined) return false;
  const [name, second] = Object.keys(data);
  if (name === undefined || second !== undefined || !actions.includes(name)) return false;
  const action = data[name];
  return isObject(action) && Object.keys(action).every((one) => ofAction.has(one));
}

/** Every value is a list there, also where there is only one. */
function ofFields(fields: EventData): EventData {
  const event: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    setMember(event, name, Array.isArray(value) && value.length === 1 ? value[0] : value);
  }
  return event;
}
