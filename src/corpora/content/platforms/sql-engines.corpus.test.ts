import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AnalysedRule, analyseRule } from "../../../languages/analyse.ts";
import type { Platform, TargetBranch } from "../../../platforms/platform.ts";
import { type EventPair, eventPairs } from "../../../platforms/proof/equivalence.ts";
import { predicatesIn } from "../../../platforms/proof/satisfy.ts";
import { platformNamed } from "../../../platforms/registry.ts";
import { checkQueryOf } from "../../../platforms/sql/check.testing.ts";
import { type Engine, type EventRow, testEngines } from "../../../platforms/sql/engines/index.ts";
import { sqlColumn } from "../../../platforms/sql/index.ts";
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
const rulesOfTable = 100;

/** Of the rules in the order of their corpora, one in so many. */
const oneIn: Readonly<Record<string, number>> = { "clickhouse-old": 3, postgresql: 2, duckdb: 3 };

/** Queries that an engine is asked at the same time. */
const atOnce = 4;

const fewest = 2000;

interface Cases {
  readonly cases: readonly Case[];
  /** Rules with a regular expression that the reference evaluator, which runs RE2, does not read. */
  readonly undecided: readonly string[];
}

let read: readonly AnalysedRule[] | null = null;

/** The active rules of all corpora, with named fields. */
function allRules(): readonly AnalysedRule[] {
  read ??= ruleReaders.flatMap((reader) => {
    const { items, environment } = reader.read(corpusFolder(reader.id));
    return [...items].flatMap((item) =>
      item.type === "rule" && item.rule.lifecycle === "active"
        ? [nameRule(translationKnowledge().vocabulary, analyseRule(item.rule, environment))]
        : [],
    );
  });
  return read;
}

function casesFor(platform: Platform): Cases {
  const knowledge = translationKnowledge();
  const translator = openTranslator(knowledge);
  const cases: Case[] = [];
  const undecided: string[] = [];
  const step = oneIn[platform.id] ?? 1;
  for (const [index, rule] of allRules().entries()) {
    if (index % step !== 0) continue;
    const { translation, planned, target } = translator.trace(rule, platform);
    if (target?.type !== "selection" || translation.query === null) continue;
    const name = `${rule.document.corpus} ${rule.document.path}`;
    const pairs = pairsOrNull(() => eventPairs(knowledge, planned, platform, target.branches, { most: eventsOfRule }));
    if (pairs === null) {
      undecided.push(name);
      continue;
    }
    const ordered = orderedNames(target.branches);
    const fitting = pairs.filter(
      ({ source, target: event }) =>
        ordered.every((one) => isNumber(event[one])) && Object.values(source).every(isPlainNumber),
    );
    const rows = fitting.map(({ source, target: event }, at) => ({
      ...Object.fromEntries(Object.entries(event).map(([field, value]) => [sqlColumn(platform, field), value])),
      "event.id": `e${at}`,
      "event.original": Object.values(source).join("\n"),
    }));
    const expected = fitting.flatMap((one, at) => (one.expected ? [`e${at}`] : []));
    const shown = target.show.map((field) => sqlColumn(platform, field));
    const columns = [...new Set([...shown, ...rows.flatMap((one) => Object.keys(one))])];
    cases.push({ name, query: translation.query, columns, rows, expected });
  }
  return { cases, undecided };
}

const orders: ReadonlySet<string> = new Set(["lt", "le", "gt", "ge", "lt_field", "le_field", "gt_field", "ge_field"]);

/** Fields of which a rule asks an order. They hold numbers: what else could stand there has no place in it. */
function orderedNames(branches: readonly TargetBranch[]): readonly string[] {
  return branches.flatMap(({ expression, fields }) => {
    const asked = expression === null ? [] : predicatesIn(expression).filter((one) => orders.has(one.operator));
    const raw = asked.flatMap((one) => [
      one.field?.raw,
      ...(one.operator.endsWith("_field") ? one.values.map(String) : []),
    ]);
    return fields.filter((one) => raw.includes(one.raw)).map((one) => one.name);
  });
}

/** An event spells a number in one way: not `080`, which equals 80 to the reference evaluator and to no database. */
function isPlainNumber(value: string): boolean {
  return !/^\s*[+-]?\d+(?:\.\d+)?\s*$/u.test(value) || /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/u.test(value);
}

function isNumber(value: string | undefined): boolean {
  return value === undefined || /^[+-]?\d+(?:\.\d+)?$/u.test(value);
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

    test("find the events that the reference evaluator finds", { timeout: 600_000 }, async () => {
      const platform = platformNamed(platforms[0] ?? "");
      if (platform === null) throw new Error(`There is no platform ${platforms[0]}.`);
      const { cases, undecided } = casesFor(platform);
      const faults: string[] = [];
      for (let from = 0; from < cases.length; from += rulesOfTable) {
        const some = cases.slice(from, from + rulesOfTable);
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
      expect(cases.length).toBeGreaterThan(fewest);
      expect(undecided.length).toBeLessThan(cases.length / 100);
    });

    test("take the sequences, counts and searches for new values", { timeout: 600_000 }, async () => {
      const platform = platformNamed(platforms[0] ?? "");
      if (platform === null) throw new Error(`There is no platform ${platforms[0]}.`);
      const queries = groupQueries(platform);
      const faults: string[] = [];
      for (let from = 0; from < queries.length; from += rulesOfTable) {
        const some = queries.slice(from, from + rulesOfTable);
        const table = `groups_${from}`;
        const names = new Set(some.flatMap((one) => checkQueryOf(platform.id)(one.query).names));
        await engine.load({
          name: table,
          columns: {
            log_source: "text",
            "event.id": "text",
            ...Object.fromEntries([...names].map((name) => [name, "text"] as const)),
            "@timestamp": "time",
          },
          rows: [{ log_source: "none", "event.id": "e", "@timestamp": "2026-01-31 12:00:00" }],
        });
        for (const { name, query } of some) {
          const asked = query.replaceAll("FROM events\n", `FROM ${table}\n`);
          await engine.select(asked).catch((error) => faults.push(`${name}: ${error}`));
        }
      }
      expect(faults.slice(0, 20)).toEqual([]);
      expect(queries.length).toBeGreaterThan(100);
    });
  });
}

/** Queries that look at several events at once. */
function groupQueries(platform: Platform): readonly { readonly name: string; readonly query: string }[] {
  const translator = openTranslator(translationKnowledge());
  const queries: { name: string; query: string }[] = [];
  for (const rule of allRules()) {
    const { translation, target } = translator.trace(rule, platform);
    if (target === null || target.type === "selection" || translation.query === null) continue;
    queries.push({ name: `${rule.document.corpus} ${rule.document.path}`, query: translation.query });
  }
  const step = oneIn[platform.id] ?? 1;
  return queries.filter((_, index) => index % step === 0);
}

function faultOf({ name, query, rows }: Case, found: readonly string[], wanted: readonly string[]): string {
  const show = (ids: readonly string[], others: readonly string[]): string =>
    ids
      .filter((id) => !others.includes(id))
      .map((id) => JSON.stringify(rows.find((row) => row["event.id"] === id) ?? id))
      .join(", ");
  return `${name}\n  not found: ${show(wanted, found)}\n  too many: ${show(found, wanted)}\n${query}`;
}
