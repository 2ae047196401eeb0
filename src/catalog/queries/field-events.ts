import type { Database } from "../database.ts";

const most = 60;

/** Events that carry a field. */
export interface FieldEvents {
  readonly total: number;
  readonly shown: readonly FieldEvent[];
}

export interface FieldEvent {
  readonly provider: string;
  readonly eventId: string;
  readonly title: string;
  /** As the product logs the field. */
  readonly name: string;
  /** Active rules that need the event. */
  readonly rules: number;
}

/** `fields` is a JSON list of ids. */
export function eventsWithField(database: Database, fields: string): FieldEvents {
  const rows = database.all<FieldEvent & { total: number }>(
    `SELECT e.provider, e.event_id AS eventId, e.title, min(x.name) AS name, e.rules, count(*) OVER () AS total
     FROM event_field x JOIN event e ON e.provider = x.provider AND e.event_id = x.event_id
     WHERE x.field IN (SELECT value FROM json_each(?)) GROUP BY e.provider, e.event_id
     ORDER BY e.rules DESC, e.provider, e.event_id LIMIT ?`,
    fields,
    most,
  );
  return { total: rows[0]?.total ?? 0, shown: rows.map(({ total: _, ...one }) => one) };
}
