import type { HuntReport } from "../../hunt/sql/hunt.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";

/** One line for every hunt: what was read, what ran, what was found. */
export function huntSummary(report: HuntReport, hits: ReadonlyMap<string, number>): string {
  const { database, rows, scans, found, running, notRun } = report;
  const all = [...hits.values()].reduce((sum, one) => sum + one, 0);
  const parts = [
    all === 0 ? "no hit" : `${counted(all, "hit")} of ${counted(hits.size, "rule")}`,
    `${counted(running, "rule")} ran${notRun.length === 0 ? "" : `, ${formatNumber(notRun.length)} could not`}`,
    `${counted(scans, "scan")} brought ${counted(found, "row")}`,
  ];
  return `${counted(rows, "row")} in ${database}: ${parts.join("; ")}`;
}

/** What was not searched, and what should not be; every rule by itself only where all is asked for. */
export function huntWarnings({ inPart, unconfirmed, notHeld }: HuntReport, all: boolean): readonly string[] {
  const lines: string[] = [];
  if (inPart.length > 0) {
    if (all) lines.push(...inPart.map(({ rule, title, why }) => `warning: ${rule} (${title}) ran in part: ${why}`));
    else lines.push(`warning: ${counted(inPart.length, "rule")} ran in part; --stats says which and why`);
  }
  if (notHeld > 0) {
    lines.push(
      `warning: ${counted(notHeld, "event")} of rules that look at several events were left out, since too many waited; ask for a shorter time by --since and --until`,
    );
  }
  for (const [rule, { events, example }] of unconfirmed) {
    lines.push(
      `warning: the database finds ${counted(events, "event")} for ${rule} that the engine does not, such as ${example}. This is a bug of detectionary: please report it.`,
    );
  }
  return lines;
}
