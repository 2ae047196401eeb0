import type { AnalysedRule } from "../../languages/analyse.ts";
import type { Engine, EngineReport } from "../../matching/engine.ts";
import type { Hit, NotRun } from "../../matching/hit.ts";
import type { ViewReader } from "../../matching/view/layout.ts";
import type { RuleLookup } from "../../platforms/plan/plan-rule.ts";
import type { TranslationKnowledge } from "../../platforms/translate.ts";
import { type SqlConnection, SqlRefusal } from "./connection.ts";
import { type FoundEvent, foundEvent, mayHoldLists, placeOf } from "./found-event.ts";
import { planScans } from "./scan-plan.ts";
import { countsQuery, halvesOf, type Scan, type ScanRange, scansOf } from "./scan-query.ts";
import { openScanTable, TableFault } from "./scan-table.ts";

export interface HuntRequest {
  readonly knowledge: TranslationKnowledge;
  readonly connection: SqlConnection;
  /** Name of the table, dots between its parts. */
  readonly table: string;
  /** They have passed `nameRule`. */
  readonly rules: readonly AnalysedRule[];
  readonly related?: RuleLookup;
  readonly range?: ScanRange;
  /** Runs these very rules. */
  readonly engine: Engine;
  readonly view: ViewReader;
  /** Events that are kept for rules that look at several of them; more are left out and counted. */
  readonly mostHeld?: number;
  /** Told of rows that are read, of those that there are. */
  readonly progress?: (label: string, done: number, total: number) => void;
}

export interface HuntReport {
  readonly database: string;
  /** Rows of the table in the range of time: an event has one for each kind of log that it is of. */
  readonly rows: number;
  readonly scans: number;
  /** Rows that came back. */
  readonly found: number;
  readonly running: number;
  readonly notRun: readonly NotRun[];
  /** Rules of which some log is not searched, or some part is refused by the database, and why. */
  readonly inPart: readonly NotRun[];
  /** Rule → events that its query, which says just what the rule says, finds, and the engine does not. A fault of ours. */
  readonly unconfirmed: ReadonlyMap<string, Unconfirmed>;
  /** Events of rules that look at several that were more than are kept. */
  readonly notHeld: number;
  readonly engine: EngineReport;
}

export interface Unconfirmed {
  readonly events: number;
  /** Id of the first. */
  readonly example: string;
}

const mostHeldUsually = 500_000;

/** An event that waits for the others of its rules. */
interface Held {
  readonly event: FoundEvent;
  readonly sources: Set<string>;
  readonly rules: Set<string>;
}

/**
 * Runs rules over a table of a database. The database finds the events that may matter, many rules in one scan; the engine,
 * which also runs over files, says what a hit is, so that the hits are the same. Yields hits as they come, and returns
 * what was done. Throws `TableFault`, `SqlRefusal`, `SqlOffline`.
 */
export async function* hunt(request: HuntRequest): AsyncGenerator<Hit, HuntReport> {
  const { knowledge, connection, rules, related, range = {}, engine, progress = () => {} } = request;
  const columns = await connection.columns(request.table);
  if (columns === null) throw new TableFault(`There is no table ${request.table}.`);
  const table = openScanTable(connection.words, request.table, columns);
  const ids = rules.map(({ document }) => `${document.corpus}:${document.id}`);
  const plan = planScans(knowledge, table, rules, related);
  const { grouping } = plan;
  const engineRefuses = new Set(engine.notRun.map((one) => one.rule));
  const tests = plan.tests.filter((one) => !engineRefuses.has(ids[one.rule] ?? ""));

  const counts = new Map<string, number>();
  for await (const rows of connection.select(countsQuery(table, range))) {
    for (const row of rows) counts.set(String(row.source), Number(row.events));
  }
  const all = [...counts.values()].reduce((sum, one) => sum + one, 0);
  // A table may name an event by its narrowest kind alone: what is `windows.process_creation` is `process_creation`, too.
  const present = [...counts.keys()].map((log) => ({ log, kinds: request.view.layoutOf({ log_source: log }).kinds }));
  const logsOf = (source: string): readonly string[] => [
    source,
    ...present.filter(({ log, kinds }) => log !== source && kinds.includes(source)).map(({ log }) => log),
  ];
  const eventsOf = ({ logs }: Scan): number =>
    logs === null ? all : logs.reduce((sum, one) => sum + (counts.get(one) ?? 0), 0);
  // What has no events needs no scan.
  const waiting = scansOf(table, tests, range, table.words.budget, logsOf).filter((one) => eventsOf(one) > 0);
  const total = waiting.reduce((sum, one) => sum + eventsOf(one), 0);

  const asked = waiting.flatMap((one) => one.tests.map(({ rule }) => rule));
  const refusals = new Map<number, { readonly why: string; readonly tests: number }>();
  const unconfirmed = new Map<string, Unconfirmed>();
  const told = new Set<string>();
  const held = new Map<string, Held>();
  const done = { rows: 0, scans: 0, found: 0, notHeld: 0 };

  const judge = (scan: Scan, event: FoundEvent): readonly Hit[] => {
    const flagged = event.met.flatMap((number) => scan.tests[number - 1] ?? []);
    const alone = new Set(flagged.filter((one) => !grouping.has(one.rule)).map((one) => ids[one.rule] ?? ""));
    const together = flagged.filter((one) => grouping.has(one.rule)).map((one) => ids[one.rule] ?? "");
    if (together.length > 0) hold(event, together);
    if (alone.size === 0) return [];
    const hits = engine.push({ ...event.data, log_source: event.source }, placeOf(event.id), alone);
    const met = new Set(hits.map((one) => one.rule));
    for (const test of flagged) {
      const rule = ids[test.rule] ?? "";
      if (test.exact && alone.has(rule) && !met.has(rule) && !mayHoldLists(event, test.fields)) {
        const { events, example } = unconfirmed.get(rule) ?? { events: 0, example: event.id };
        unconfirmed.set(rule, { events: events + 1, example });
      }
    }
    // One event may be found as several kinds of log, and again where a scan was halved.
    return hits.filter((one) => isNew(told, `${one.rule}\n${event.id}`));
  };

  const hold = (event: FoundEvent, together: readonly string[]): void => {
    const before = held.get(event.id);
    if (before === undefined && held.size >= (request.mostHeld ?? mostHeldUsually)) {
      done.notHeld++;
      return;
    }
    const one = before ?? { event, sources: new Set<string>(), rules: new Set<string>() };
    one.sources.add(event.source);
    for (const rule of together) one.rules.add(rule);
    held.set(event.id, one);
  };

  for (let scan = waiting.shift(); scan !== undefined; scan = waiting.shift()) {
    const events = eventsOf(scan);
    progress(scan.source ?? "all logs", done.rows, total);
    try {
      for await (const rows of connection.select(scan.query)) {
        for (const row of rows) {
          const event = foundEvent(row);
          done.found++;
          yield* judge(scan, event);
        }
        const share = await connection.done();
        progress(scan.source ?? "all logs", done.rows + Math.round(events * (share ?? 0)), total);
      }
      done.scans++;
      done.rows += events;
    } catch (error) {
      if (!(error instanceof SqlRefusal) || !error.ofQuery) throw error;
      const halves = halvesOf(table, scan, range);
      waiting.unshift(...halves);
      if (halves.length > 0) continue;
      for (const { rule } of scan.tests) {
        refusals.set(rule, { why: error.message, tests: (refusals.get(rule)?.tests ?? 0) + 1 });
      }
    }
  }
  for (const { event, sources, rules: own } of inOrder(held)) {
    const [first = "", ...others] = sources;
    const log_source = others.length === 0 ? first : [first, ...others];
    yield* engine.push({ ...event.data, log_source }, placeOf(event.id), own);
  }
  yield* engine.finish();

  const notRunOf = (number: number, why: string): NotRun => ({
    rule: ids[number] ?? "",
    title: rules[number]?.document.title ?? "",
    why,
  });
  const searched = new Set(tests.map((one) => one.rule));
  const lost = [...refusals].filter(([rule, { tests }]) => tests === asked.filter((one) => one === rule).length);
  const notRun = [
    ...engine.notRun,
    ...[...plan.notRun].filter(([rule]) => !engineRefuses.has(ids[rule] ?? "")).map((one) => notRunOf(...one)),
    ...lost.map(([rule, { why }]) => notRunOf(rule, why)),
  ];
  const inPart = [
    ...[...plan.notSearched].filter(([rule]) => searched.has(rule)).map(([rule, why]) => notRunOf(rule, why.join(" "))),
    ...[...refusals].filter((one) => !lost.includes(one)).map(([rule, { why }]) => notRunOf(rule, why)),
  ];
  return {
    database: connection.title,
    rows: all,
    scans: done.scans,
    found: done.found,
    running: rules.length - notRun.length,
    notRun,
    inPart,
    unconfirmed,
    notHeld: done.notHeld,
    engine: engine.report(),
  };
}

function isNew(told: Set<string>, key: string): boolean {
  if (told.has(key)) return false;
  told.add(key);
  return true;
}

/** By their time; those without one last. */
function inOrder(held: ReadonlyMap<string, Held>): readonly Held[] {
  const timeOf = ({ event }: Held): number => event.time ?? Number.POSITIVE_INFINITY;
  return [...held.values()].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0));
}
