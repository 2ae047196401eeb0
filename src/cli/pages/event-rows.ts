import type { EventAnswer } from "../../catalog/queries/answers.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { more } from "./parts.ts";

/** Events with the rules that need them, and how these are tied. */
export function eventRows(events: readonly EventAnswer[], limit: number, { width, style }: Terminal): string {
  const rows = events.slice(0, limit);
  if (rows.length === 0) return "";
  const columns = [
    { title: "provider" },
    { title: "event" },
    { title: "title", flexible: true },
    ...["rules", "stated", "category", "inferred", "partial"].map((title) => ({ title, align: "right" as const })),
  ];
  const cells = rows.map(({ provider, eventId, title, rules, ties, partial }) => [
    provider,
    eventId,
    title,
    ...[rules, ties.stated, ties.category, ties.inferred, partial].map(formatNumber),
  ]);
  return table(columns, cells, width, style) + more(rows.length, events.length);
}
