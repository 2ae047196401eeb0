import type { Database } from "../database.ts";
import type { EventAnswer } from "./answers.ts";
import { activeRules } from "./field-table.ts";

/** Counts of ties, for a select list over active rules; the table must be named `e`. */
export const tieColumns = `count(DISTINCT e.rule) AS rules,
  count(DISTINCT CASE WHEN e.kind = 'stated' THEN e.rule END) AS stated,
  count(DISTINCT CASE WHEN e.kind = 'category' THEN e.rule END) AS category,
  count(DISTINCT CASE WHEN e.kind = 'inferred' THEN e.rule END) AS inferred,
  count(DISTINCT CASE WHEN e.missing_json <> '[]' THEN e.rule END) AS partial`;

export interface EventRow {
  readonly provider: string;
  readonly eventId: string;
  readonly title: string;
  readonly rules: number;
  readonly stated: number;
  readonly category: number;
  readonly inferred: number;
  readonly partial: number;
}

export function eventAnswer({ stated, category, inferred, ...row }: EventRow): EventAnswer {
  return { ...row, ties: { stated, category, inferred } };
}

/** The events that active rules of some techniques need, most rules first. */
export function eventsOfTechniques(database: Database, techniques: readonly string[]): readonly EventAnswer[] {
  return database
    .all<EventRow>(
      `WITH ${activeRules} SELECT e.provider, e.event_id AS eventId, v.title, ${tieColumns}
       FROM rules CROSS JOIN event_tie e ON e.rule = rules.key JOIN event v ON v.provider = e.provider AND v.event_id = e.event_id
       GROUP BY e.provider, e.event_id ORDER BY rules DESC, e.provider, e.event_id`,
      JSON.stringify(techniques),
    )
    .map(eventAnswer);
}
