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
    const dialect = jsonDialect(words);
    return { from, words, dialect, fields: null, time };
  }
  const dialect = flatDialect(words, kinds);
  return { from, words, dialect, fields: kinds, time };
}

/** `siem.events` as names in quotes, whatever stands in them. */
export function tableName({ engine }: ScanWords, name: string): string {
  return name.split(".").map(engine.name).join(".");
}

const time = "@timestamp";

/** Never a list. */
const ownColumns: ReadonlySet<string> = new Set(["event.id", "log_source", time]);

/** The column of the time is for finding events; the event has it as it was written. */
function jsonDialect(words: ScanWords): Dialect {
  const value: EventsTable["value"] = (engine, field) =>
    field === time ? engine.jsonText(engine.name("event"), field) : jsonTable.value(engine, field);
  const column = words.engine.name("event");
  return withLists(withTimes(words, value, sqlDialect(words.engine, { ...jsonTable, value })), (field) =>
    ownColumns.has(field) ? null : words.mayBeList(value(words.engine, field), column, field),
  );
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
