import type { Database } from "../database.ts";

/** What people mean by an event: one that the catalog knows, a provider, or nothing, with what is near. */
export type EventMeant =
  | { readonly type: "event"; readonly provider: string; readonly eventId: string }
  | { readonly type: "provider"; readonly provider: string }
  | { readonly type: "unknown"; readonly near: readonly string[] };

/** Names told where an event is not found. */
const mostNear = 5;

/**
 * `Microsoft-Windows-Sysmon 1`, `Sysmon/1`, `4688`: a provider by its name, its title or a part of either, and an id of its;
 * of several that fit, the one that most rules need. A provider alone stands for all of its events.
 */
export function eventMeant(database: Database, text: string): EventMeant {
  const wanted = text.trim();
  const events = database.all<{ provider: string; eventId: string }>(
    `SELECT v.provider, v.event_id AS eventId FROM event v JOIN provider p ON p.name = v.provider
     WHERE lower(?1) IN (lower(v.provider || ' ' || v.event_id), lower(v.provider || '/' || v.event_id), lower(p.title || ' ' || v.event_id), lower(v.event_id))
       OR (length(?1) > length(v.event_id) + 1 AND lower(substr(?1, -length(v.event_id))) = lower(v.event_id)
         AND substr(?1, -length(v.event_id) - 1, 1) IN (' ', '/')
         AND instr(lower(p.name || ' ' || p.title), lower(rtrim(substr(?1, 1, length(?1) - length(v.event_id) - 1)))) > 0)
     ORDER BY v.rules DESC, v.provider LIMIT 1`,
    wanted,
  );
  const [event] = events;
  if (event !== undefined) return { type: "event", ...event };
  const providers = database.all<{ name: string; exact: number }>(
    `SELECT name, lower(name) = lower(?1) OR lower(title) = lower(?1) AS exact FROM provider
     WHERE instr(lower(name || ' ' || title), lower(?1)) > 0 ORDER BY exact DESC, rules DESC, name`,
    wanted,
  );
  const [provider, ...others] = providers;
  if (provider !== undefined && (provider.exact === 1 || others.length === 0)) {
    return { type: "provider", provider: provider.name };
  }
  return { type: "unknown", near: providers.slice(0, mostNear).map((one) => one.name) };
}
