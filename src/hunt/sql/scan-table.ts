import type { Dialect } from "../../platforms/platform.ts";
import { isRefused, refused } from "../../platforms/platform.ts";
import { sqlDialect } from "../../platforms/sql/dialect.ts";
import { type EventsTable, flatTable, jsonTable } from "../../platforms/sql/events-table.ts";
import type { Operator } from "../../rule/expression.ts";
import type { ColumnKind, ScanWords } from "./scan-words.ts";

/** A table of events as a database has it. */
export interface ScanTable {
  /** In a query, quoted. */
  readonly from: string;
  readonly words: ScanWords;
  readonly dialect: Dialect;
  /** Name → what it stands for, of the names in conditions that are no columns: a scan works each out once for an event. */
  readonly names: ReadonlyMap<string, string>;
  /** The columns with a field each, and what they hold; null where one column of JSON has all fields. */
  readonly fields: ReadonlyMap<string, ColumnKind> | null;
  readonly time: ColumnKind;
}

/** Why a table cannot be scanned, as a sentence. */
export class TableFault extends Error {}

const needed = ["event.id", "@timestamp", "log_source"] as const;

/** What a table is, by its columns. Throws `TableFault`. */
export function openScanTable(words: ScanWords, name: string, columns: ReadonlyMap<string, string>): ScanTable {
  const missing = needed.filter((one) => !columns.has(one));
  if (missing.length > 0) {
    throw new TableFault(
      `The table ${name} has no column ${missing.join(", ")}. It needs "event.id", "@timestamp" and "log_source", and either a column "event" of JSON or a column for each field, named by the ids of the vocabulary.`,
    );
  }
  const kinds = new Map([...columns].map(([column, type]) => [column, words.kindOf(type)] as const));
  const from = tableName(words, name);
  const time = kinds.get("@timestamp") ?? "other";
  if (time !== "text" && time !== "time" && time !== "zoned-time" && time !== "seconds") {
    throw new TableFault(`The column "@timestamp" of ${name} holds no time: ${columns.get("@timestamp")}.`);
  }
  if (columns.has("event")) {
    const names = new Map<string, string>();
    return { from, words, dialect: jsonDialect(words, names), names, fields: null, time };
  }
  const dialect = flatDialect(words, kinds);
  return { from, words, dialect, names: new Map(), fields: kinds, time };
}

/** `siem.events` as names in quotes, whatever stands in them. */
export function tableName({ engine }: ScanWords, name: string): string {
  return name.split(".").map(engine.name).join(".");
}

const time = "@timestamp";

/** Never a list. */
const ownColumns: ReadonlySet<string> = new Set(["event.id", "log_source", time]);

/** The column of the time is for finding events; the event has it as it was written. */
function jsonDialect(words: ScanWords, names: Map<string, string>): Dialect {
  const { engine } = words;
  const column = engine.name("event");
  const known = new Map<string, string>();
  // Numbers, since DuckDB takes names that differ in letter case for one.
  const named = (stands: string): string => {
    const name = known.get(stands) ?? engine.name(`part_${known.size + 1}`);
    known.set(stands, name);
    names.set(name, stands);
    return name;
  };
  const value: EventsTable["value"] = (_, field) =>
    field === "event.id" || field === "log_source" ? engine.name(field) : named(engine.jsonText(column, field));
  const mayBeList = (field: string): string | null => {
    if (ownColumns.has(field)) return null;
    const text = value(engine, field);
    const test = words.mayBeList(text, column, field);
    return test.includes(column) ? named(test) : test;
  };
  const table: EventsTable = { ...jsonTable, value, original: () => value(engine, "event.original") };
  return withLists(withTimes(words, value, sqlDialect(engine, table)), mayBeList);
}

/** Times are in the order of their texts, also where they are compared with a year, which reads as a number. */
function withTimes({ engine }: ScanWords, value: EventsTable["value"], dialect: Dialect): Dialect {
  return {
    ...dialect,
    test: (test) => {
      const [wanted] = test.values;
      const sign = signs[test.operator];
      if (test.field?.name !== time || sign === undefined || wanted === undefined) return dialect.test(test);
      return { text: `${engine.ordered(value(engine, time))} ${sign} ${engine.text(String(wanted))}`, binds: "not" };
    },
  };
}

const signs: Readonly<Partial<Record<Operator, string>>> = { lt: "<", le: "<=", gt: ">", ge: ">=" };

function flatDialect(words: ScanWords, kinds: ReadonlyMap<string, ColumnKind>): Dialect {
  const { engine, asText, nothing } = words;
  const value = (field: string): string => {
    const kind = kinds.get(engine.column(field));
    // Several values are left to the engine, by `withLists`.
    if (kind === undefined || kind === "list") return nothing;
    return kind === "text" ? engine.name(field) : asText(engine.name(field));
  };
  const table: EventsTable = {
    ...flatTable,
    value: (_, field) => value(field),
    original: () => value("event.original"),
    shortened: () => null,
  };
  const isList = (field: string): string | null =>
    kinds.get(engine.column(field)) === "list" ? `${asText(engine.name(field))} NOT IN ('[]', '{}', '')` : null;
  const dialect = withLists(withTimes(words, table.value, sqlDialect(engine, table)), isList);
  if (kinds.has("event.original")) return dialect;
  return {
    ...dialect,
    test: (test) =>
      test.field === null
        ? refused("keyword", 'The table has no column "event.original" with the text of the event.')
        : dialect.test(test),
  };
}

/**
 * Several values of a field are a list, of which a test knows nothing: it lets the event pass, and the engine looks at all
 * of the values. Under `not` it is false for it.
 */
function withLists(dialect: Dialect, mayBeList: (field: string) => string | null): Dialect {
  return {
    ...dialect,
    test: (test) => {
      const made = dialect.test(test);
      if (isRefused(made) || test.operator === "exists" || test.operator === "is_null") return made;
      const fields = [test.field, ...test.others].flatMap((one) => (one === null ? [] : [one.name]));
      const lists = fields.flatMap((one) => mayBeList(one) ?? []);
      if (lists.length === 0) return made;
      const { text, remarks = [] } = made;
      return test.negated === true
        ? { text: [text, ...lists.map((one) => `NOT (${one})`)].join(" AND "), binds: "and", remarks }
        : { text: [text, ...lists].join(" OR "), binds: "or", remarks };
    },
  };
}
