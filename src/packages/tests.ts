import type { Database } from "../catalog/database.ts";
import { test as testAnswer } from "../catalog/queries/test.ts";
import type { TestAnswer, TestEvent } from "../catalog/queries/test-answers.ts";
import { testsOfTechnique } from "../catalog/queries/tests.ts";
import { translationKnowledge } from "../corpora/content/platforms/index.ts";
import type { PackageTest } from "./detection-package.ts";

/** Characters of a value and fields of an event that a signal shows. */
const most = { value: 1000, fields: 40 } as const;

/** Tests of the techniques, with which of the detections fire on them. `built`: day on which that was found. */
export function packageTests(
  database: Database,
  techniques: readonly string[],
  detections: readonly string[],
  built: string,
): readonly PackageTest[] {
  const lines = techniques.flatMap((one) => testsOfTechnique(database, one));
  const all = firedOn(
    database,
    lines.map((one) => one.guid),
  );
  const rulesOn = openRulesOn(database);
  return lines.flatMap(({ guid }) => {
    const answer = testAnswer(database, guid);
    if (answer === null) return [];
    const fired = all.get(guid) ?? [];
    const fires = detections.filter((one) => fired.includes(one));
    return [packageTest(answer, fires, built, rulesOn)];
  });
}

/** GUID → rules that fire on it. */
function firedOn(database: Database, guids: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const rows = database.all<{ guid: string; rule: string }>(
    `SELECT t.guid, r.corpus || ':' || r.id AS rule FROM json_each(?) one JOIN test t ON t.guid = one.value
     JOIN proof p ON p.test = t.key AND p.outcome = 'fired' JOIN rule r ON r.key = p.rule`,
    JSON.stringify(guids),
  );
  return new Map([...Map.groupBy(rows, (one) => one.guid)].map(([guid, all]) => [guid, all.map((one) => one.rule)]));
}

function packageTest(answer: TestAnswer, fires: readonly string[], built: string, rulesOn: RulesOn): PackageTest {
  const { guid, name, platforms, description, shell, elevated, command, cleanup, events, source, corpus } = answer;
  return {
    id: guid,
    title: name,
    targets: platforms,
    behaviour: description.trim(),
    shell,
    elevated,
    prerequisites: answer.prerequisites.map((one) => one.description).filter((one) => one.trim() !== ""),
    command,
    cleanup,
    signals: answer.derived.map((one) => ({
      event: eventName(one),
      fields: fieldsOf(one.data, one.known === null ? new Map() : rulesOn(one.known.provider, one.known.eventId)),
      certainty: one.certainty,
    })),
    fires,
    proof: events === 0 ? null : { engine: "Detectionary", date: built, events },
    source: { corpus, rule: null, title: source.name, authors: [], licence: source.licence, url: source.url },
  };
}

/** `Microsoft-Windows-Sysmon 1: Process creation`; of what is no Windows event, the title of its log. */
function eventName({ known, kind }: TestEvent): string {
  if (known !== null) return `${known.provider} ${known.eventId}: ${known.title}`;
  return translationKnowledge().logSources.all.find((one) => one.id === kind)?.title ?? kind;
}

/** Names of fields whose values are others at each run: times, identities of processes and sessions. */
const differs = /(?:guid|logonid|processid|threadid|logonguid|utctime|time|timestamp|pid)$/iu;

/** Name of a field of an event → active rules that filter on what it holds. */
type RulesOn = (provider: string, eventId: string) => ReadonlyMap<string, number>;

function openRulesOn(database: Database): RulesOn {
  const known = new Map<string, ReadonlyMap<string, number>>();
  return (provider, eventId) => {
    const key = `${provider}\n${eventId}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const rows = database.all<{ name: string; rules: number }>(
      `SELECT e.name, f.rules FROM event_field e JOIN field f ON f.id = e.field WHERE e.provider = ? AND e.event_id = ?`,
      provider,
      eventId,
    );
    const rules = new Map(rows.map((one) => [one.name, one.rules]));
    known.set(key, rules);
    return rules;
  };
}

/**
 * What the event says, flat, and first what most rules look at; of a Windows event, its data without the system's own part.
 */
function fieldsOf(
  data: TestEvent["data"],
  rules: ReadonlyMap<string, number>,
): Readonly<Record<string, string | number>> {
  const { Event } = data as { Event?: { EventData?: unknown; UserData?: unknown } };
  const found = new Map<string, string | number>();
  collect("", Event === undefined ? data : (Event.EventData ?? Event.UserData ?? {}), found);
  const telling = [...found].filter(([name, value]) => !differs.test(name) && value !== "-" && value !== "");
  const ordered = telling.sort(([one], [other]) => (rules.get(other) ?? 0) - (rules.get(one) ?? 0));
  return Object.fromEntries(ordered.slice(0, most.fields));
}

function collect(name: string, value: unknown, found: Map<string, string | number>): void {
  if (typeof value === "number") found.set(name, value);
  else if (typeof value === "string")
    found.set(name, value.length > most.value ? `${value.slice(0, most.value)}…` : value);
  else if (typeof value === "boolean") found.set(name, String(value));
  else if (Array.isArray(value)) {
    const texts = value.map((one) => (typeof one === "object" ? JSON.stringify(one) : String(one)));
    collect(name, texts.join(", "), found);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) collect(name === "" ? key : `${name}.${key}`, inner, found);
  }
}
