import { counted, formatNumber } from "../../kit/numbers.ts";
import type { Hit } from "../../matching/hit.ts";
import { table } from "../table.ts";
import { inOneLine, printable, type Terminal } from "../terminal.ts";
import { becauseText } from "./because-text.ts";
import { severityFormat, severityRank } from "./severity.ts";

/** The hits of one rule, as far as they are shown. */
export interface HitGroup {
  readonly rule: string;
  readonly title: string;
  readonly severity: string | null;
  /** All that there were. */
  readonly total: number;
  readonly shown: readonly Hit[];
}

/** Hits below their rules, the gravest rules first: when, where, and what met the rule. */
export function hitTable(groups: readonly HitGroup[], terminal: Pick<Terminal, "width" | "style">): string {
  if (groups.length === 0) return "";
  const { width, style } = terminal;
  const sorted = groups.toSorted(
    (a, b) => severityRank(b.severity) - severityRank(a.severity) || a.title.localeCompare(b.title, "en"),
  );
  const rows = sorted.map((group) => group.shown.toSorted(byTime).map(rowOf));
  const columns = [{ title: "time" }, { title: "file:record", flexible: true }, { title: "because", flexible: true }];
  const [head = "", ...lines] = table(columns, rows.flat(), width, style).trimEnd().split("\n");
  let at = 0;
  const parts = sorted.map((group, index) => {
    const own = lines.slice(at, at + (rows[index]?.length ?? 0));
    at += own.length;
    const rest = group.total - own.length;
    const more = rest === 0 ? [] : [style("dim", `… and ${formatNumber(rest)} more`)];
    return ["", headingOf(group, style), ...own, ...more].join("\n");
  });
  return `${head}${parts.join("\n")}\n`.replace(/^([^\n]*)\n\n/u, "$1\n");
}

function rowOf(hit: Hit): readonly string[] {
  const place = hit.record === 0 ? hit.file : `${hit.file}:${hit.record}`;
  return printable([hit.time ?? "no time", inOneLine(place), becauseText(hit)]);
}

function headingOf({ rule, title, severity, total }: HitGroup, style: Terminal["style"]): string {
  const grade = style(severityFormat(severity), severity ?? "unrated");
  const name = style("bold", inOneLine(printable(title)));
  return `${grade}  ${name}  ${style("dim", inOneLine(printable(rule)))}  ${counted(total, "hit")}`;
}

/** Those without a time last; the order of the log where times are equal. */
function byTime(a: Hit, b: Hit): number {
  if (a.time === b.time) return 0;
  if (a.time === null || b.time === null) return a.time === null ? 1 : -1;
  return a.time < b.time ? -1 : 1;
}
