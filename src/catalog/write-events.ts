import type { EventFacts, EventReading } from "../corpora/event-source.ts";
import type { Events } from "../vocabulary/events/events.ts";
import { fieldContext } from "../vocabulary/events/field-context.ts";
import type { EventDefinition } from "../vocabulary/events/tables.ts";
import type { Vocabulary } from "../vocabulary/vocabulary.ts";
import type { Database } from "./database.ts";

/** Address for what is only known because rules name it. */
const namedByRules = "";

interface Counted {
  readonly provider: string;
  readonly event_id: string;
  readonly rules: number;
}

/**
 * Providers and events with the number of active rules that need them, after the last rule is written: all that the
 * tables know, and all that a tie names. Our own tables come before what upstreams say.
 */
export function writeEvents(
  database: Database,
  events: Events,
  vocabulary: Vocabulary,
  upstreams: readonly EventReading[],
): void {
  writeProviders(database, events);
  const counts = database.all<Counted>(
    `SELECT t.provider, t.event_id, sum(r.lifecycle = 'active') AS rules
     FROM event_tie t JOIN rule r ON r.key = t.rule GROUP BY t.provider, t.event_id`,
  );
  const rulesOf = new Map(counts.map((one) => [keyOf(one.provider, one.event_id), one.rules]));
  for (const one of events.tables.events) {
    writeEvent(database, events, vocabulary, upstreams, one, rulesOf.get(keyOf(one.provider, one.id)) ?? 0);
  }
  for (const { provider, event_id: id, rules } of counts) {
    if (events.event(provider, id) !== null) continue;
    const source = events.provider(provider)?.source ?? namedByRules;
    const title = id === "*" ? `${events.provider(provider)?.title ?? provider}, any event` : id;
    const bare: EventDefinition = { provider, id, title, source, fields: [], absent: [] };
    writeEvent(database, events, vocabulary, upstreams, bare, rules);
  }
}

function writeProviders(database: Database, events: Events): void {
  const counts = database.all<{ readonly provider: string; readonly rules: number }>(
    `SELECT t.provider, count(DISTINCT CASE WHEN r.lifecycle = 'active' THEN r.key END) AS rules
     FROM event_tie t JOIN rule r ON r.key = t.rule GROUP BY t.provider`,
  );
  const rulesOf = new Map(counts.map((one) => [one.provider, one.rules]));
  const write = "INSERT INTO provider VALUES (?, ?, ?, ?, ?, ?, ?)";
  for (const { name, title, product, channels, logging, source } of events.tables.providers) {
    const rules = rulesOf.get(name) ?? 0;
    database.run(write, name, title, product, JSON.stringify(channels), logging ?? null, source, rules);
  }
  for (const { provider, rules } of counts) {
    if (events.provider(provider)?.name === provider) continue;
    database.run(write, provider, provider, "other", "[]", null, namedByRules, rules);
  }
}

function writeEvent(
  database: Database,
  events: Events,
  vocabulary: Vocabulary,
  upstreams: readonly EventReading[],
  event: EventDefinition,
  rules: number,
): void {
  const { provider, id, category, logging, source } = event;
  const place = { name: provider, channels: events.provider(provider)?.channels ?? [] };
  const facts = upstreams.flatMap((one) => one.find(place, id) ?? []);
  const title = event.title === id ? (facts.find((one) => one.title !== null)?.title ?? id) : event.title;
  database.run(
    "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)",
    provider,
    id,
    title,
    category ?? null,
    logging ?? null,
    source,
    rules,
  );
  const meaning = fieldMeaning(events, vocabulary, provider, id);
  fieldsOf(event, facts).forEach(({ name, type, field }, position) => {
    database.run(
      "INSERT INTO event_field VALUES (?, ?, ?, ?, ?, ?)",
      provider,
      id,
      position,
      name,
      type,
      field ?? meaning(name),
    );
  });
}

/** Our own list counts before that of an upstream. */
function fieldsOf(event: EventDefinition, facts: readonly EventFacts[]): EventDefinition["fields"] {
  if (event.fields.length > 0) return event.fields;
  return facts.map((one) => one.fields).find((one) => one.length > 0) ?? [];
}

/** What the names of an event's data are in the vocabulary. Sigma names data of Windows as the event does, Kusto columns as the table does. */
function fieldMeaning(
  events: Events,
  vocabulary: Vocabulary,
  provider: string,
  id: string,
): (name: string) => string | null {
  const isTable = events.provider(provider)?.channels.includes(provider) ?? false;
  const schema = vocabulary.schemaOf(isTable ? "kusto" : "sigma");
  if (schema === null) return () => null;
  const context = isTable ? { table: [provider] } : fieldContext(events, provider, id);
  return (name) => schema.read(name, context)?.field ?? null;
}

function keyOf(provider: string, id: string): string {
  return `${provider}\n${id}`;
}
