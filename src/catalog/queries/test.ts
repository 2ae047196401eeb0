import type { DerivedEvent } from "../../emulation/derived-event.ts";
import type { Database } from "../database.ts";
import { byCertainty, firedOutcome, type OutcomeRow, outcomeColumns, silentOutcome } from "./proof.ts";
import { type RuleLineRow, ruleLine, ruleLineColumns } from "./rule-lines.ts";
import { techniqueFor } from "./technique-alias.ts";
import type { TestAnswer, TestEvent } from "./test-answers.ts";
import { type TestLineRow, testLine, testLineColumns, vendorsOf } from "./tests.ts";

interface Row extends TestLineRow {
  readonly corpus: string;
  readonly source: string;
  readonly licence: string;
  readonly url: string | null;
  readonly path: string;
  readonly description: string;
  readonly command: string;
  readonly cleanup: string;
  readonly prerequisites_json: string;
  readonly events_json: string;
  readonly unshown_json: string;
}

/** By GUID, or by technique and number: `T1059.001-3`, `T1059.001#3`. Null when there is none. */
export function test(database: Database, asked: string): TestAnswer | null {
  const guid = guidOf(database, asked);
  const row = database.one<Row>(
    `SELECT ${testLineColumns}, t.corpus, c.name AS source, c.licence, t.url, t.path, x.description, x.command, x.cleanup,
       x.prerequisites_json, x.events_json, x.unshown_json
     FROM test t JOIN test_text x ON x.test = t.key JOIN corpus c ON c.id = t.corpus WHERE t.guid = ?`,
    guid,
  );
  if (row === null) return null;
  const { corpus, source, licence, url, path, description, command, cleanup } = row;
  return {
    ...testLine(row),
    corpus,
    source: { name: source, licence, url, path },
    stands: database.one<{ id: string; name: string }>(
      "SELECT id, name FROM technique WHERE id = ?",
      techniqueFor(database, row.technique),
    ),
    description,
    command,
    cleanup,
    prerequisites: JSON.parse(row.prerequisites_json) as TestAnswer["prerequisites"],
    vendors: vendorsOf(database, row.key),
    derived: eventsOf(database, JSON.parse(row.events_json) as readonly DerivedEvent[]),
    unshown: JSON.parse(row.unshown_json) as readonly string[],
    rulesFired: rulesOf(database, row.key, "fired", `${byCertainty}, c.position`).map((one) => ({
      ...firedOutcome(one),
      rule: ruleLine(one),
    })),
    rulesSilent: rulesOf(database, row.key, "silent", "p.reasons, c.position").map((one) => ({
      ...silentOutcome(one),
      rule: ruleLine(one),
    })),
  };
}

/** GUIDs are kept in small letters. */
function guidOf(database: Database, asked: string): string {
  const text = asked.trim();
  const [, technique, number] = /^(T\d{4}(?:\.\d{3})?)[-#](\d{1,4})$/i.exec(text) ?? [];
  if (technique === undefined) return text.toLowerCase();
  const row = database.one<{ guid: string }>(
    "SELECT guid FROM test WHERE technique = ? AND number = ?",
    technique.toUpperCase(),
    Number(number),
  );
  return row?.guid ?? "";
}

function rulesOf(
  database: Database,
  test: number,
  outcome: "fired" | "silent",
  order: string,
): readonly (OutcomeRow & RuleLineRow)[] {
  return database.all<OutcomeRow & RuleLineRow>(
    `SELECT ${outcomeColumns}, ${ruleLineColumns} FROM proof p JOIN rule r ON r.key = p.rule JOIN corpus c ON c.id = r.corpus
     WHERE p.test = ? AND p.outcome = ? ORDER BY p.linked DESC, ${order}, r.title`,
    test,
    outcome,
  );
}

function eventsOf(database: Database, events: readonly DerivedEvent[]): readonly TestEvent[] {
  return events.map((one) => ({ ...one, known: knownEvent(database, one.data) }));
}

/** What the catalog knows of a Windows event. */
function knownEvent(database: Database, data: DerivedEvent["data"]): TestEvent["known"] {
  const system = (data as { Event?: { System?: { Provider?: { Name?: unknown }; EventID?: unknown } } }).Event?.System;
  const provider = system?.Provider?.Name;
  const id = system?.EventID;
  if (typeof provider !== "string" || (typeof id !== "number" && typeof id !== "string")) return null;
  return database.one<{ provider: string; eventId: string; title: string }>(
    "SELECT provider, event_id AS eventId, title FROM event WHERE provider = ? AND event_id = ?",
    provider,
    String(id),
  );
}
