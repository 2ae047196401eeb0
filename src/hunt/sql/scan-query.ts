import type { ScanTable } from "./scan-table.ts";
import type { ScanBudget } from "./scan-words.ts";

/** A condition on the events of one kind of log. */
export interface ScanTest {
  /** Its rule, by its place among the rules. */
  readonly rule: number;
  /** Id of the kind of log; null: events of any. */
  readonly source: string | null;
  /** null: every event of the log. */
  readonly condition: string | null;
  /** Ids of the fields that it looks at. */
  readonly fields: readonly string[];
  /** Does it say what the rule says, no more and no less? */
  readonly exact: boolean;
}

/** Many conditions in one scan. */
export interface Scan {
  readonly source: string | null;
  /** The logs whose events are of that kind, as the table calls them; null: all. */
  readonly logs: readonly string[] | null;
  /** In the order of the numbers, from 1, that the result names them by. */
  readonly tests: readonly ScanTest[];
  readonly query: string;
}

export interface ScanRange {
  /** ISO 8601 with milliseconds, UTC. */
  readonly since?: string;
  /** The first moment that does not belong to it. */
  readonly until?: string;
}

/**
 * As few scans as the budget allows, none of which reads more than one kind of log. `logsOf`: what a table calls the
 * events of a kind, where it has others than its id.
 */
export function scansOf(
  table: ScanTable,
  tests: readonly ScanTest[],
  range: ScanRange = {},
  budget: ScanBudget = table.words.budget,
  logsOf: (source: string) => readonly string[] = (source) => [source],
): readonly Scan[] {
  const scans: Scan[] = [];
  for (const [source, own] of Map.groupBy(tests, (one) => one.source)) {
    const kind = { source, logs: source === null ? null : logsOf(source) };
    let from = 0;
    let bytes = 0;
    for (const [at, test] of own.entries()) {
      const size = bytesOf(test);
      if (at > from && (at - from >= budget.tests || bytes + size > budget.bytes)) {
        scans.push(scanOf(table, kind, own.slice(from, at), range));
        from = at;
        bytes = 0;
      }
      bytes += size;
    }
    scans.push(scanOf(table, kind, own.slice(from), range));
  }
  return scans;
}

/** The two halves of a scan that the database refused, so that one condition does not cost the others; none of a single one. */
export function halvesOf(table: ScanTable, scan: Scan, range: ScanRange): readonly Scan[] {
  const { tests } = scan;
  if (tests.length < 2) return [];
  const middle = tests.length >> 1;
  return [tests.slice(0, middle), tests.slice(middle)].map((some) => scanOf(table, scan, some, range));
}

function scanOf(
  table: ScanTable,
  { source, logs }: Pick<Scan, "source" | "logs">,
  tests: readonly ScanTest[],
  range: ScanRange,
): Scan {
  return { source, logs, tests, query: scanText(table, logs, tests, range) };
}

/** Of what a scan would read: a row for each kind of log, with how many events it has. */
export function countsQuery(table: ScanTable, range: ScanRange): string {
  const { engine } = table.words;
  const source = engine.name("log_source");
  const within = rangeOf(table, range);
  const where = within.length === 0 ? "" : `\nWHERE ${within.join("\n  AND ")}`;
  return `SELECT ${source} AS source, count(*) AS events\nFROM ${table.from}${where}\nGROUP BY ${source}`;
}

/**
 * The events of which one of the conditions holds: which event, its time (milliseconds since 1970, or text), the numbers of the conditions, and all that is known of it.
 */
function scanText(
  table: ScanTable,
  logs: readonly string[] | null,
  tests: readonly ScanTest[],
  range: ScanRange,
): string {
  const { words, fields } = table;
  const { engine } = words;
  const time = engine.name("@timestamp");
  const conditions = tests.map((one) => one.condition ?? "1 = 1");
  const names = [...table.names].filter(([name]) => conditions.some((one) => one.includes(name)));
  const event =
    fields === null
      ? [[words.asText(engine.name("event")), "event"] as const]
      : [...fields.keys()]
          .filter((one) => !ownColumns.has(one))
          .map((one) => [engine.name(one), engine.name(one)] as const);
  const columns = [
    [words.asText(engine.name("event.id")), "scan_id"],
    [table.time === "text" ? time : words.milliseconds(time, table.time), "scan_time"],
    [engine.name("log_source"), "scan_source"],
    ...event,
  ] as const;
  const met = `${words.met(conditions)} AS scan_met`;
  const inLog = logs === null ? [] : [chosen(engine.name("log_source"), logs.map(engine.text))];
  const where = [...inLog, ...rangeOf(table, range)];
  const as = ([value, name]: readonly [string, string]): string => (value === name ? name : `${value} AS ${name}`);
  const listed = (items: readonly string[]): string => items.join(",\n  ");
  if (words.aliases) {
    const known =
      names.length === 0 ? "" : `WITH\n  ${listed(names.map(([name, stands]) => `${stands} AS ${name}`))}\n`;
    const all = [...where, words.some("scan_met")].join("\n  AND ");
    return `${known}SELECT ${listed([...columns.map(as), met])}\nFROM ${table.from}\nWHERE ${all}`;
  }
  const own = [...columns.map(as), ...names.map(([name, stands]) => `${stands} AS ${name}`)];
  const kept = columns.map(([, name]) => name);
  const inner = where.length === 0 ? "" : `\nWHERE ${where.join("\n  AND ")}`;
  return `SELECT *\nFROM (\nSELECT ${listed([...kept, met])}\nFROM (\nSELECT ${listed(own)}\nFROM ${table.from}${inner}\n) AS events\n) AS scan\nWHERE ${words.some("scan_met")}`;
}

function chosen(column: string, values: readonly string[]): string {
  const [only] = values;
  return values.length === 1 && only !== undefined ? `${column} = ${only}` : `${column} IN (${values.join(", ")})`;
}

const ownColumns: ReadonlySet<string> = new Set(["event.id", "log_source"]);

function rangeOf({ words, time }: ScanTable, { since, until }: ScanRange): readonly string[] {
  const column = words.engine.name("@timestamp");
  const literal = (iso: string): string => (time === "text" ? words.engine.text(iso) : words.time(iso, time));
  return [
    ...(since === undefined ? [] : [`${column} >= ${literal(since)}`]),
    ...(until === undefined ? [] : [`${column} < ${literal(until)}`]),
  ];
}

function bytesOf({ condition }: ScanTest): number {
  return new TextEncoder().encode(condition ?? "").length + 40;
}
