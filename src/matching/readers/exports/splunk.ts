import { readAuditLine } from "../auditd/record.ts";
import { setMember } from "../batch.ts";
import { isObject } from "../json/wrappers.ts";
import type { EventData } from "../log-format.ts";
import { readEventText } from "../xml/read-event-text.ts";
import { keyValues } from "./key-values.ts";

/** What Splunk says of an event beside its own fields. Names that begin with `_` are such, too. */
const metadata = new Set([
  "host",
  "source",
  "sourcetype",
  "index",
  "linecount",
  "splunk_server",
  "splunk_server_group",
  "timestamp",
  "punct",
  "eventtype",
  "tag",
  "timestartpos",
  "timeendpos",
  "date_hour",
  "date_mday",
  "date_minute",
  "date_month",
  "date_second",
  "date_wday",
  "date_year",
  "date_zone",
]);

/** What stands beside an event that is sent to the HTTP Event Collector. */
const ofCollector = new Set(["time", "host", "source", "sourcetype", "index", "event", "fields"]);

function isForCollector(data: EventData): boolean {
  return Object.keys(data).every((name) => ofCollector.has(name));
}

/**
 * Lines of `output_mode=json` (`{"preview":…,"result":{…}}`), events with their raw text, and events as the HTTP Event Collector
 * gets them.
 */
export function unwrapSplunk(data: EventData): readonly EventData[] | null {
  if (Object.hasOwn(data, "preview") && !Object.hasOwn(data, "results")) {
    if (isObject(data.result)) return [data.result];
    return Object.hasOwn(data, "lastrow") ? [] : null;
  }
  if (data.sourcetype !== undefined && isObject(data.event) && isForCollector(data)) return [data.event];
  const raw = data._raw;
  if (typeof raw !== "string") return null;
  const event = eventOfRaw(raw);
  if (event !== null) return [event];
  if (hasOwnFields(data)) return null;
  const pairs = keyValues(raw);
  if (pairs === null) return null;
  const merged: Record<string, unknown> = {};
  for (const part of [pairs, data]) {
    for (const [name, value] of Object.entries(part)) if (name !== "_raw") setMember(merged, name, value);
  }
  return [merged];
}

/** The event that the raw text is, where it has a form of its own. */
function eventOfRaw(raw: string): EventData | null {
  const text = raw.trimStart();
  if (text.startsWith("<")) return readEventText(text);
  if (text.startsWith("{")) {
    try {
      const value: unknown = JSON.parse(text);
      return isObject(value) && !Object.hasOwn(value, "_raw") ? value : null;
    } catch {
      return null;
    }
  }
  return readAuditLine(text);
}

function hasOwnFields(data: EventData): boolean {
  return Object.keys(data).some((name) => !name.startsWith("_") && !metadata.has(name));
}
