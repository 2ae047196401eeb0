import type { EventData } from "../../matching/readers/log-format.ts";
import type { SqlRow } from "./connection.ts";

/** A row that a scan found. */
export interface FoundEvent {
  readonly id: string;
  /** The log as which it was found. */
  readonly source: string;
  /** Milliseconds since 1970; null where its time does not read as one. */
  readonly time: number | null;
  /** Its fields by the ids of the vocabulary, with `@timestamp`. */
  readonly data: EventData;
  /** Numbers, from 1, of the conditions that hold. */
  readonly met: readonly number[];
}

export function foundEvent(row: SqlRow): FoundEvent {
  const { scan_id, scan_time, scan_source, scan_met, event, ...columns } = row;
  const known = event === undefined ? present(columns) : objectOf(event);
  // ClickHouse keeps the beginning of 1970 for a time that is missing.
  const kept = timeOf(scan_time);
  const time = kept === 0 ? null : kept;
  const written = known["@timestamp"];
  const own = typeof written === "string" && event !== undefined ? written : null;
  const when = own ?? (time === null ? (kept === 0 ? null : textOf(scan_time)) : new Date(time).toISOString());
  return {
    id: textOf(scan_id) ?? "",
    source: textOf(scan_source) ?? "",
    time: own === null ? time : (timeOf(own) ?? time),
    data: when === null ? known : { ...known, "@timestamp": when },
    met: Array.isArray(scan_met) ? scan_met.map(Number) : [],
  };
}

/** May a field have several values? Its tests let the event pass, so that they say no more than that. */
export function mayHoldLists({ data }: FoundEvent, fields: readonly string[]): boolean {
  return fields.some((one) => {
    const value = data[one];
    return Array.isArray(value) || (typeof value === "string" && value.startsWith("["));
  });
}

function present(columns: SqlRow): EventData {
  return Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}

function objectOf(event: unknown): EventData {
  const value: unknown = typeof event === "string" ? parsed(event) : event;
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as EventData) : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Databases give 64 bits as text; a column of text holds ISO 8601. */
function timeOf(value: unknown): number | null {
  const text = textOf(value);
  if (text === null) return null;
  const time = /^-?\d{1,17}$/u.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? time : null;
}

/** Events that this program loaded are called by their file and record. */
export function placeOf(id: string): { readonly file: string; readonly record: number } {
  const found = /^(.*)#([1-9]\d{0,14})$/su.exec(id);
  return found === null ? { file: id, record: 1 } : { file: found[1] ?? "", record: Number(found[2]) };
}
