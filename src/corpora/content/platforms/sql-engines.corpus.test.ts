import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyseRule } from "../../../languages/analyse.ts";
import type { Platform } from "../../../platforms/platform.ts";
import { type EventPair, eventPairs } from "../../../platforms/proof/equivalence.ts";
import { platformNamed } from "../../../platforms/registry.ts";
import { type Engine, type EventRow, testEngines } from "../../../platforms/sql/engines/index.ts";
import { openTranslator } from "../../../platforms/translate.ts";
import { nameRule } from "../../../vocabulary/name-rule.ts";
import { ruleReaders } from "../../registry.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../../testing.ts";
import { translationKnowledge } from "./index.ts";

/** A rule that is a query on events, and events that lie on either side of each of its tests. */
interface Case {
  readonly name: string;
  readonly query: string;
  readonly columns: readonly string[];
  readonly rows: readonly EventRow[];
  readonly expected: readonly string[];
}

const eventsOfRule = 24;

/** Rules of which the events stand in one table: a column for each field of all rules would be more than some engines take. */
const rulesOfTable = 200;

/** ClickHouse takes tens of milliseconds for a query over its shards, whatever it finds. */
const everyThird: ReadonlySet<string> = new Set(["clickhouse-old"]);

/** Queries that an engine is asked at the same time. */
const atOnce = 4;

const fewest = 2000;

interface Cases {
  readonly cases: readonly Case[];
  /** Rules with a regular expression that the reference evaluator, which runs RE2, does not read. */
  readonly undecided: readonly string[];
}

function casesFor(platform: Platform): Cases {
  const knowledge = translationKnowledge();
  const translator = openTranslator(knowledge);
  const cases: Case[] = [];
  const undecided: string[] = [];
  for (const reader of ruleReaders) {
    const { items, environment } = reader.read(corpusFolder(reader.id));
    for (const item of items) {
      if (item.type !== "rule" || item.rule.lifecycle !== "active") continue;
      const rule = nameRule(knowledge.vocabulary, analyseRule(item.rule, environment));
      const { translation, planned, target } = translator.trace(rule, platform);
      if (target?.type !== "selection" || translation.query === null) continue;
      const name = `${item.rule.corpus} ${item.rule.path}`;
      const pairs = pairsOrNull(() => eventPairs(knowledge, planned, platform, target.branches, eventsOfRule));
      if (pairs === null) {
        undecided.push(name);
        continue;
      }
      const rows = pairs.map(({ source, target: event }, index) => ({
        ...event,
        "event.id": `e${index}`,
        "event.original": Object.values(source).join("\n"),
      }));
      const expected = pairs.flatMap((one, index) => (one.expected ? [`e${index}`] : []));
      const columns = [...new Set([...target.show, ...rows.flatMap((one) => Object.keys(one))])];
      cases.push({ name, query: translation.query, columns, rows, expected });
    }
  }
  return { cases, undecided };
}

function pairsOrNull(make: () => readonly EventPair[]): readonly EventPair[] | null {
  try {
    return make().map(wellFormed);
  } catch (error) {
    if (error instanceof Error && error.name === "RE2JSSyntaxException") return null;
    throw error;
  }
}

/** No text of a database holds half of a character. */
function wellFormed(pair: EventPair): EventPair {
  const mend = (event: EventPair["source"]): EventPair["source"] =>
    Object.fromEntries(Object.entries(event).map(([name, value]) => [name, value.toWellFormed()]));
  return { ...pair, source: mend(pair.source), target: mend(pair.target) };
}

/** The query over the events of one rule: a part of a table that holds those of many. */
function ofRule(query: string, table: string, number: number): string {
  const [before, after] = query.split("\nFROM events\nWHERE ");
  if (after === undefined) throw new Error(`Not over the events table: ${query}`);
  return `${before}\nFROM ${table}\nWHERE rule_number = ${number} AND (${after}\n)`;
}

for (const { name, missing, start, platforms } of testEngines) {
  const title = missing === null ? corpusTitle(`rules of all corpora on ${name}`) : `${name}: skipped, ${missing}`;
  describe.skipIf(missing !== null || !corporaPresent)(title, () => {
    let engine: Engine;

    beforeAll(async () => {
      engine = await start();
    });

    afterAll(() => engine?.stop());

    test("find the events that the reference evaluator finds", { timeout: 300_000 }, async () => {
      const platform = platformNamed(platforms[0] ?? "");
      if (platform === null) throw new Error(`There is no platform ${platforms[0]}.`);
      const { cases, undecided } = casesFor(platform);
      const all = cases.filter((_, index) => !everyThird.has(platform.id) || index % 3 === 0);
      const faults: string[] = [];
      for (let from = 0; from < all.length; from += rulesOfTable) {
        const some = all.slice(from, from + rulesOfTable);
        const table = `events_${from}`;
        const columns = new Set(some.flatMap((one) => one.columns));
        await engine.load({
          name: table,
          columns: {
            rule_number: "integer",
            "event.id": "text",
            "@timestamp": "text",
            ...Object.fromEntries([...columns].map((column) => [column, "text"] as const)),
          },
          rows: some.flatMap((one, number) => one.rows.map((row) => ({ rule_number: number, ...row }))),
        });
        for (let at = 0; at < some.length; at += atOnce) {
          const asked = some.slice(at, at + atOnce).map(async (one, index) => {
            const found = await engine.select(ofRule(one.query, table, at + index)).catch((error) => [String(error)]);
            const wanted = [...one.expected].sort();
            if (JSON.stringify(found) !== JSON.stringify(wanted)) faults.push(faultOf(one, found, wanted));
          });
          await Promise.all(asked);
        }
      }
      expect(faults.slice(0, 20).join("\n")).toBe("");
      expect(all.length).toBeGreaterThan(fewest);
      expect(undecided.length).toBeLessThan(cases.length / 100);
    });
  });
}

function faultOf({ name, query, rows }: Case, found: readonly string[], wanted: readonly string[]): string {
  const show = (ids: readonly string[], others: readonly string[]): string =>
    ids
      .filter((id) => !others.includes(id))
      .map((id) => JSON.stringify(rows.find((row) => row["event.id"] === id) ?? id))
      .join(", ");
  return `${name}\n  not found: ${show(wanted, found)}\n  too many: ${show(found, wanted)}\n${query}`;
}
