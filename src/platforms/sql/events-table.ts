import type { LogPlace, LogSource } from "../log-sources/tables.ts";
import type { TargetField } from "../platform.ts";
import type { Remark } from "../translation.ts";
import type { SqlEngine } from "./engine.ts";

/** How the table holds its events. */
export interface EventsTable {
  /** A field as text, NULL where the event has none. */
  readonly value: (engine: SqlEngine, field: string) => string;
  /** The same in a list of results, under the field's own name. */
  readonly shown: (engine: SqlEngine, field: string) => string;
  /** What a reader must know of columns that cannot have the name of their field; null where all have it. */
  readonly shortened: (engine: SqlEngine, fields: readonly TargetField[]) => Remark | null;
  /** The event as it came, as one text. */
  readonly original: (engine: SqlEngine) => string;
  readonly originalName: string;
}

/** Columns of every events table, whatever else it holds: which event, when it was, and what kind of log it is from. */
const ownColumns: readonly string[] = ["event.id", "@timestamp", "log_source"];

/** One column for each field, of text, with the id of the vocabulary for its name. */
export const flatTable: EventsTable = {
  value: (engine, field) => engine.name(field),
  shown: (engine, field) => engine.name(field),
  shortened: (engine, fields) => {
    const field = fields.find(({ name }) => engine.column(name) !== name);
    if (field === undefined) return null;
    const why = `${engine.title} has no room for the name ${field.name}: the column is called ${engine.column(field.name)}.`;
    return { code: "unlisted-field", why };
  },
  original: (engine) => engine.name("event.original"),
  originalName: "event.original",
};

/** One column `event` with a JSON object whose keys are ids of the vocabulary, beside the columns of every table. */
export const jsonTable: EventsTable = {
  value: jsonValue,
  shown: (engine, field) =>
    ownColumns.includes(field) ? engine.name(field) : `${jsonValue(engine, field)} AS ${engine.name(field)}`,
  shortened: () => null,
  original: (engine) => jsonValue(engine, "event.original"),
  originalName: "event.original",
};

function jsonValue(engine: SqlEngine, field: string): string {
  return ownColumns.includes(field) ? engine.name(field) : engine.jsonText(engine.name("event"), field);
}

/** Every kind of log stands in the one table. */
export function eventsPlace({ id }: LogSource): LogPlace {
  return {
    from: ["events"],
    where: { log_source: [id] },
    context: {},
    unlisted: {},
    has: [],
    lacks: [],
    says: {},
    source: "events table",
  };
}
