import type { Database } from "../database.ts";
import type { EventAnswer, IndicatorAnswer, TechniqueLink } from "./answers.ts";
import { type IndicatorRow, indicatorAnswer, indicatorColumns } from "./indicators.ts";
import { type EventRow, eventAnswer, tieColumns } from "./technique-events.ts";

export interface ProviderLine {
  readonly name: string;
  readonly title: string;
  readonly product: string;
  /** Events that active rules are tied to, and all that are known. */
  readonly eventsUsed: number;
  readonly events: number;
  readonly rules: number;
}

export interface ProviderAnswer extends Omit<ProviderLine, "events"> {
  readonly channels: readonly string[];
  /** How to switch its events on, as far as that is known as a fact. */
  readonly logging: string | null;
  /** Address of what says so. */
  readonly source: string;
  readonly events: readonly (EventAnswer & { readonly subcategory: string | null })[];
  readonly techniques: readonly TechniqueLink[];
  /** Before the lists are cut. */
  readonly totals: { readonly techniques: number };
}

export interface EventFieldAnswer {
  /** As the product logs it. */
  readonly name: string;
  readonly type: string;
  readonly field: string | null;
  readonly facet: string | null;
  /** Active rules tied to the event that filter on the field, or on another form of its facet. */
  readonly rules: number;
}

export interface EventPageAnswer extends EventAnswer {
  /** Audit policy subcategory, or what the product calls the kind of event. */
  readonly subcategory: string | null;
  readonly logging: string | null;
  readonly providerLogging: string | null;
  readonly channels: readonly string[];
  readonly source: string;
  readonly fields: readonly EventFieldAnswer[];
  /** Facets that its rules filter on and of which it has no form. */
  readonly otherFields: readonly { readonly facet: string; readonly rules: number }[];
  readonly values: readonly IndicatorAnswer[];
  readonly techniques: readonly TechniqueLink[];
  readonly vendors: readonly { readonly corpus: string; readonly rules: number }[];
  /** Other events that the same rules need. */
  readonly together: readonly EventAnswer[];
  /** Before the lists are cut. */
  readonly totals: {
    readonly otherFields: number;
    readonly values: number;
    readonly techniques: number;
    readonly together: number;
  };
}

const most = { values: 40, techniques: 40, together: 20, otherFields: 30 };

/** Every provider with the active rules that need one of its events, most rules first. */
export function providers(database: Database): readonly ProviderLine[] {
  return database.all<ProviderLine>(
    `SELECT p.name, p.title, p.product, p.rules, count(e.event_id) AS events, coalesce(sum(e.rules > 0), 0) AS eventsUsed
     FROM provider p LEFT JOIN event e ON e.provider = p.name GROUP BY p.name ORDER BY p.rules DESC, p.name`,
  );
}

interface ProviderRow {
  readonly name: string;
  readonly title: string;
  readonly product: string;
  readonly channels_json: string;
  readonly logging: string | null;
  readonly source: string;
  readonly rules: number;
}

export function provider(database: Database, name: string): ProviderAnswer | null {
  const row = providerRow(database, name);
  if (row === null) return null;
  const events = database
    .all<EventRow & { subcategory: string | null }>(
      `SELECT v.provider, v.event_id AS eventId, v.title, v.category AS subcategory, ${tieColumns} FROM event v
       LEFT JOIN (event_tie e JOIN rule r ON r.key = e.rule AND r.lifecycle = 'active') ON e.provider = v.provider AND e.event_id = v.event_id
       WHERE v.provider = ? GROUP BY v.event_id ORDER BY rules DESC, length(v.event_id), v.event_id`,
      name,
    )
    .map(({ subcategory, ...one }) => ({ ...eventAnswer(one), subcategory }));
  const { channels_json, ...known } = row;
  const techniques = techniquesOf(database, "e.provider = ?", [name]);
  return {
    ...known,
    channels: JSON.parse(channels_json) as readonly string[],
    eventsUsed: events.filter((one) => one.rules > 0).length,
    events,
    techniques: techniques.slice(0, most.techniques),
    totals: { techniques: techniques.length },
  };
}

function providerRow(database: Database, name: string): ProviderRow | null {
  return database.one<ProviderRow>(
    "SELECT name, title, product, channels_json, logging, source, rules FROM provider WHERE name = ?",
    name,
  );
}

/** The active rules tied to an event. */
const tiedRules = `rules (key) AS MATERIALIZED (SELECT e.rule FROM event_tie e JOIN rule r ON r.key = e.rule AND r.lifecycle = 'active'
  WHERE e.provider = ?1 AND e.event_id = ?2)`;

export function event(database: Database, providerName: string, eventId: string): EventPageAnswer | null {
  const row = database.one<EventRow & { subcategory: string | null; logging: string | null; source: string }>(
    `SELECT v.provider, v.event_id AS eventId, v.title, v.category AS subcategory, v.logging, v.source, ${tieColumns} FROM event v
     LEFT JOIN (event_tie e JOIN rule r ON r.key = e.rule AND r.lifecycle = 'active') ON e.provider = v.provider AND e.event_id = v.event_id
     WHERE v.provider = ? AND v.event_id = ? GROUP BY v.event_id`,
    providerName,
    eventId,
  );
  if (row === null) return null;
  const { subcategory, logging, source, ...counts } = row;
  const owner = providerRow(database, providerName);
  const used = fieldUses(database, providerName, eventId);
  const fields = database
    .all<Omit<EventFieldAnswer, "rules">>(
      `SELECT e.name, e.type, e.field, coalesce(f.facet, e.field) AS facet FROM event_field e LEFT JOIN field f ON f.id = e.field
       WHERE e.provider = ? AND e.event_id = ? ORDER BY e.position`,
      providerName,
      eventId,
    )
    .map((one) => ({ ...one, rules: one.facet === null ? 0 : (used.get(one.facet) ?? 0) }));
  const own = new Set(fields.map((one) => one.facet));
  const otherFields = [...used].filter(([facet]) => !own.has(facet)).map(([facet, rules]) => ({ facet, rules }));
  const values = valuesOf(database, providerName, eventId);
  const techniques = techniquesOf(database, "e.provider = ? AND e.event_id = ?", [providerName, eventId]);
  const together = togetherWith(database, providerName, eventId);
  return {
    ...eventAnswer(counts),
    subcategory,
    logging,
    providerLogging: owner?.logging ?? null,
    channels: owner === null ? [] : (JSON.parse(owner.channels_json) as readonly string[]),
    source,
    fields,
    otherFields: otherFields.slice(0, most.otherFields),
    values: values.shown,
    techniques: techniques.slice(0, most.techniques),
    together: together.slice(0, most.together),
    totals: {
      otherFields: otherFields.length,
      values: values.total,
      techniques: techniques.length,
      together: together.length,
    },
    vendors: database.all<{ corpus: string; rules: number }>(
      `WITH ${tiedRules} SELECT r.corpus, count(*) AS rules FROM rules JOIN rule r ON r.key = rules.key GROUP BY r.corpus ORDER BY rules DESC, r.corpus`,
      providerName,
      eventId,
    ),
  };
}

function togetherWith(database: Database, providerName: string, eventId: string): readonly EventAnswer[] {
  return database
    .all<EventRow>(
      `WITH ${tiedRules} SELECT e.provider, e.event_id AS eventId, v.title, ${tieColumns} FROM rules CROSS JOIN event_tie e ON e.rule = rules.key
       JOIN event v ON v.provider = e.provider AND v.event_id = e.event_id WHERE NOT (e.provider = ?1 AND e.event_id = ?2)
       GROUP BY e.provider, e.event_id ORDER BY rules DESC, e.provider, e.event_id`,
      providerName,
      eventId,
    )
    .map(eventAnswer);
}

/** Facet → active rules tied to the event that filter on it, most rules first. */
function fieldUses(database: Database, providerName: string, eventId: string): ReadonlyMap<string, number> {
  const rows = database.all<{ facet: string; rules: number }>(
    `WITH ${tiedRules} SELECT p.facet, count(DISTINCT p.rule) AS rules FROM rules CROSS JOIN predicate p ON p.rule = rules.key
     WHERE p.derived = 0 AND p.selects = 0 AND p.facet IS NOT NULL GROUP BY p.facet ORDER BY rules DESC, p.facet`,
    providerName,
    eventId,
  );
  return new Map(rows.map((one) => [one.facet, one.rules]));
}

function valuesOf(
  database: Database,
  providerName: string,
  eventId: string,
): { readonly shown: readonly IndicatorAnswer[]; readonly total: number } {
  const rows = database.all<IndicatorRow & { rulesHere: number; total: number }>(
    `WITH ${tiedRules}, used AS MATERIALIZED (SELECT u.indicator, count(*) AS rules FROM rules CROSS JOIN rule_indicator u ON u.rule = rules.key
       WHERE u.negated = 0 GROUP BY 1)
     SELECT ${indicatorColumns}, used.rules AS rulesHere, (SELECT count(*) FROM used) AS total FROM used JOIN indicator i ON i.key = used.indicator
     ORDER BY rulesHere DESC, i.reach DESC, i.key LIMIT ?3`,
    providerName,
    eventId,
    most.values,
  );
  return { shown: rows.map((one) => indicatorAnswer(one, one.rulesHere)), total: rows[0]?.total ?? 0 };
}

function techniquesOf(database: Database, where: string, values: readonly string[]): readonly TechniqueLink[] {
  return database.all<TechniqueLink>(
    `SELECT x.technique AS id, coalesce(t.name, '') AS name, count(DISTINCT e.rule) AS rules FROM event_tie e
     JOIN rule r ON r.key = e.rule AND r.lifecycle = 'active' JOIN rule_technique x ON x.rule = e.rule
     LEFT JOIN technique t ON t.id = x.technique WHERE ${where} GROUP BY x.technique ORDER BY rules DESC, id`,
    ...values,
  );
}
