import type { Hit } from "../../matching/hit.ts";
import { type Histogram, openHistogram } from "./histogram.ts";
import { reportPage } from "./page.ts";
import { hitRow } from "./rows.ts";
import { severityPlace } from "./severity.ts";

/** What the report says of the run, besides its hits. */
export interface ReportAbout {
  readonly version: string;
  /** ISO 8601. */
  readonly made: string;
  readonly events: number;
  readonly rulesRun: number;
  readonly rulesNotRun: number;
  /** Files or tables that were read. */
  readonly sources: number;
}

/** Gathers hits for the report, in bounded memory: a histogram of all of them, and as many rows as a page may hold. */
export interface Timeline {
  readonly add: (hit: Hit) => void;
  /** One page that needs nothing else. */
  readonly html: (about: ReportAbout) => string;
}

/** All hits of one rule. */
export interface RuleHits {
  readonly rule: string;
  readonly title: string;
  readonly severity: string | null;
  total: number;
  /** Milliseconds since 1970; null while no hit has a time. */
  first: number | null;
  last: number | null;
  /** HTML of the rows that are listed. */
  readonly rows: string[];
}

/** Events of a sequence or count in time: milliseconds since 1970. */
export interface Chain {
  readonly rule: string;
  readonly file: string;
  readonly times: readonly number[];
  readonly severity: number;
}

export interface TimelineData {
  readonly rules: ReadonlyMap<string, RuleHits>;
  /** The same hits by rule and by file. */
  readonly byRule: Histogram;
  readonly byFile: Histogram;
  readonly chains: readonly Chain[];
  readonly total: number;
  readonly timeless: number;
  readonly first: number | null;
  readonly last: number | null;
}

const limits = {
  /** Between the first and the last hit. */
  bins: 4096,
  /** Rows of one rule. */
  rowsOfRule: 200,
  /** Characters of all rows: with it a page stays below 5 MB whatever the hits hold. */
  rows: 3_000_000,
  /** Sequences that are drawn; more would be one smear. */
  chains: 400,
  /** Rules that have an entry of their own, and files that have a lane. */
  rules: 2000,
  files: 2000,
} as const;

const elsewhere = "…";

export function openTimeline(): Timeline {
  const rules = new Map<string, RuleHits>();
  const files = new Set<string>();
  const byRule = openHistogram(limits.bins);
  const byFile = openHistogram(limits.bins);
  const chains: Chain[] = [];
  let total = 0;
  let timeless = 0;
  let characters = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const entryOf = (hit: Hit): RuleHits => {
    const key = rules.has(hit.rule) || rules.size < limits.rules ? hit.rule : elsewhere;
    const before = rules.get(key);
    if (before !== undefined) return before;
    const { title, severity } = key === elsewhere ? { title: "all other rules", severity: null } : hit;
    const made: RuleHits = { rule: key, title, severity, total: 0, first: null, last: null, rows: [] };
    rules.set(key, made);
    return made;
  };
  return {
    add: (hit) => {
      total++;
      const entry = entryOf(hit);
      entry.total++;
      if (entry.rows.length < limits.rowsOfRule && characters < limits.rows) {
        const row = hitRow(hit);
        characters += row.length;
        entry.rows.push(row);
      }
      const time = millisecondsOf(hit.time);
      if (time === null) {
        timeless++;
        return;
      }
      first = Math.min(first, time);
      last = Math.max(last, time);
      entry.first = Math.min(entry.first ?? time, time);
      entry.last = Math.max(entry.last ?? time, time);
      const severity = severityPlace(hit.severity);
      const file = files.has(hit.file) || files.size < limits.files ? hit.file : elsewhere;
      files.add(file);
      byRule.add(entry.rule, time, severity);
      byFile.add(file, time, severity);
      const times = (hit.events ?? []).flatMap((one) => millisecondsOf(one.time) ?? []);
      if (times.length < 2 || chains.length >= limits.chains) return;
      chains.push({ rule: entry.rule, file, times, severity });
      first = Math.min(first, ...times);
      last = Math.max(last, ...times);
    },
    html: (about) => {
      const span = first > last ? { first: null, last: null } : { first, last };
      return reportPage({ rules, byRule, byFile, chains, total, timeless, ...span }, about);
    },
  };
}

function millisecondsOf(time: string | null): number | null {
  const value = time === null ? Number.NaN : Date.parse(time);
  return Number.isNaN(value) ? null : value;
}
