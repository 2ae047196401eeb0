import { counted, formatNumber } from "../../kit/numbers.ts";
import type { EngineReport } from "../../matching/engine.ts";
import type { NotRun } from "../../matching/hit.ts";
import { type Column, table } from "../table.ts";
import { printable, type Styler } from "../terminal.ts";

/** What a run of rules over events came to. */
export interface RunStats {
  readonly running: number;
  readonly notRun: readonly NotRun[];
  readonly report: EngineReport;
  /** Rule → its hits. */
  readonly hits: ReadonlyMap<string, number>;
  /** Rule → what it is called. */
  readonly titles: ReadonlyMap<string, string>;
  /** Code of a damaged record → how often. */
  readonly faults: ReadonlyMap<string, number>;
  readonly sources: number;
  /** Files of folders that are no logs. */
  readonly others: number;
  readonly seconds: number;
}

/** One line for every run: what was read, what ran, what was found. */
export function runSummary({ report, running, notRun, hits, faults, sources, others }: RunStats): string {
  const found = total(hits);
  const damaged = total(faults);
  const parts = [
    found === 0 ? "no hit" : `${counted(found, "hit")} of ${counted(hits.size, "rule")}`,
    `${counted(running, "rule")} ran${notRun.length === 0 ? "" : `, ${formatNumber(notRun.length)} could not`}`,
    others === 0 ? "" : `${counted(others, "other file")} left out`,
    damaged === 0 ? "" : `${counted(damaged, "damaged record")}`,
  ];
  return `${counted(report.events, "event")} in ${counted(sources, "file")}: ${parts.filter((one) => one !== "").join("; ")}`;
}

/** All that there is to say of a run, for `--stats`. */
export function statsPage(stats: RunStats, style: Styler): string {
  const { report, notRun, hits, titles, faults, seconds } = stats;
  const evicted = total(report.evicted);
  const facts = [
    ["events", formatNumber(report.events)],
    ["of no known log", formatNumber(report.unrecognised)],
    ["without a time", `${formatNumber(report.timeless)} (rules on several events do not see them)`],
    ["looked at in part", `${formatNumber(report.cut)} (larger than one event may be)`],
    ["too late", `${formatNumber(report.late)} (rules on several events did not wait for them)`],
    ["looked at early", `${formatNumber(report.early)} (too many waited for older ones)`],
    ["forgotten", `${formatNumber(evicted)} (more than a rule on several events may hold)`],
    [
      "seconds",
      `${seconds.toFixed(1)}, ${formatNumber(Math.round(report.events / Math.max(seconds, 0.001)))} events a second`,
    ],
  ];
  const ranked = [...hits].sort(([a, one], [b, two]) => two - one || (a < b ? -1 : 1));
  return [
    section("Run", [{ title: "what" }, { title: "number" }], facts, style),
    section(
      "Hits",
      [{ title: "hits", align: "right" }, { title: "rule" }, { title: "title" }],
      ranked.map(([rule, found]) => [formatNumber(found), rule, titles.get(rule) ?? ""]),
      style,
    ),
    counts("Rules that cannot run", "rules", "why", tally(notRun.map((one) => one.why)), style),
    counts("Forgotten events", "events", "rule", report.evicted, style),
    counts("Damaged records", "records", "code", faults, style),
  ].join("");
}

function counts(title: string, what: string, of: string, found: ReadonlyMap<string, number>, style: Styler): string {
  const ranked = [...found].sort(([a, one], [b, two]) => two - one || (a < b ? -1 : 1));
  const rows = ranked.map(([key, value]) => [formatNumber(value), key]);
  return section(title, [{ title: what, align: "right" }, { title: of }], rows, style);
}

function section(title: string, columns: readonly Column[], rows: readonly string[][], style: Styler): string {
  if (rows.length === 0) return "";
  return `\n${style("bold", title)}\n${table(columns, printable(rows), Number.POSITIVE_INFINITY, style)}`;
}

function tally(texts: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const text of texts) found.set(text, (found.get(text) ?? 0) + 1);
  return found;
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, one) => sum + one, 0);
}
