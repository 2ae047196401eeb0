import { counted, formatNumber } from "../../kit/numbers.ts";
import type { Explanation } from "../../matching/engine.ts";
import type { EventPlace } from "../../matching/hit.ts";
import { table } from "../table.ts";
import { inOneLine, printable, type Terminal } from "../terminal.ts";

/** Reasons that are kept apart; what comes after them is counted together. */
const mostReasons = 200;
const shownReasons = 12;

/** Gathers why a rule met some events and not the others. */
export interface Explanations {
  readonly add: (explanation: Explanation, place: Pick<EventPlace, "file" | "record">) => void;
  readonly met: () => number;
  readonly page: (title: string, terminal: Pick<Terminal, "width" | "style">) => string;
}

interface Reason {
  readonly needs: string;
  readonly has: string;
  readonly example: string;
  events: number;
}

export function openExplanations(): Explanations {
  const reasons = new Map<string, Reason>();
  let events = 0;
  let met = 0;
  let elsewhere = 0;
  let more = 0;
  return {
    add: (explanation, { file, record }) => {
      events++;
      if (explanation.met) met++;
      else if (!explanation.log) elsewhere++;
      else {
        const needs = explanation.failed.map((one) => `${one.negated ? "not " : ""}${one.needs}`).join("; and ");
        const before = reasons.get(needs);
        if (before !== undefined) before.events++;
        else if (reasons.size >= mostReasons) more++;
        else {
          const has = explanation.failed.map((one) => one.has ?? "nothing").join("; ");
          reasons.set(needs, { needs, has, example: `${file}:${record}`, events: 1 });
        }
      }
    },
    met: () => met,
    page: (title, { width, style }) => {
      const known = [...reasons.values()].sort((a, b) => b.events - a.events);
      const shown = known.slice(0, shownReasons);
      const rest = more + known.slice(shownReasons).reduce((sum, one) => sum + one.events, 0);
      const rows = shown.map((one) => [formatNumber(one.events), one.needs, one.has, inOneLine(one.example)]);
      const columns = [
        { title: "events", align: "right" as const },
        { title: "the rule needs", flexible: true },
        { title: "the first one has", flexible: true },
        { title: "file:record", flexible: true },
      ];
      const lines = [
        style("bold", inOneLine(printable(title))),
        `${counted(events, "event")}, ${formatNumber(events - elsewhere)} from a log that the rule reads, ${formatNumber(met)} met`,
        ...(elsewhere === events && events > 0
          ? ["No event is from a log that this rule reads (--any-log does not ask)."]
          : []),
      ];
      const body = rows.length === 0 ? "" : `\n${table(columns, printable(rows), width, style)}`;
      const left = rest === 0 ? "" : style("dim", `… and ${counted(rest, "event")} for other reasons\n`);
      return `${lines.join("\n")}\n${body}${left}`;
    },
  };
}
