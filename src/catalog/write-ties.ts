import type { EventTie } from "../vocabulary/events/ties.ts";
import type { Database } from "./database.ts";

/** The events that a rule needs. `rule` is its key. */
export function writeTies(database: Database, rule: number, ties: readonly EventTie[]): void {
  for (const { provider, eventId, kind, reason, missing } of ties) {
    database.run(
      "INSERT INTO event_tie VALUES (?, ?, ?, ?, ?, ?)",
      rule,
      provider,
      eventId,
      kind,
      reason,
      JSON.stringify(missing),
    );
  }
}
