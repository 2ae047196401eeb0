import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { EventAnswer } from "../../catalog/queries/answers.ts";
import type { Narrowing } from "../../catalog/queries/narrowing.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses, searchAddress } from "../addresses.ts";
import { Bar } from "./bar.tsx";
import { Table } from "./table.tsx";

export interface EventTableProps {
  readonly events: readonly EventAnswer[];
  readonly caption: string;
  /** The rules of which each row is a part. */
  readonly whole: number;
  /** What the rules behind a number have in common besides the event. */
  readonly narrowing: Narrowing;
}

const columns = [
  { title: "Event" },
  { title: "Title" },
  { title: "Rules", numeric: true },
  { title: "How rules are tied to it" },
];

/** Events with the rules that need them. */
export function EventTable({ events, caption, whole, narrowing }: EventTableProps): Child {
  return (
    <Table caption={caption} narrow="stack" columns={columns} rows={events.map((one) => row(one, whole, narrowing))} />
  );
}

function row(event: EventAnswer, whole: number, narrowing: Narrowing): readonly Child[] {
  const { provider, eventId, title, rules } = event;
  const behind = searchAddress({ ...narrowing, provider, event: eventId });
  return [
    html`<span class="event"><a class="quiet" href="${addresses.provider(provider)}">${provider}</a> <a href="${addresses.event(event)}"><code>${eventId === "*" ? "any" : eventId}</code></a></span>`,
    title,
    html`<span class="counted">${Bar({ part: rules, whole })}<a href="${behind}">${formatNumber(rules)}</a></span>`,
    TieChips(event),
  ];
}

const tieWords = [
  ["stated", "named by the rule"],
  ["category", "meant by its log source"],
  ["inferred", "inferred"],
] as const;

/** How many rules are tied to an event for which reason. */
export function TieChips({ ties, partial }: Pick<EventAnswer, "ties" | "partial">): Child {
  const chips = tieWords
    .filter(([kind]) => ties[kind] > 0)
    .map(([kind, words]) => html`<span class="chip t-${kind}">${words} <b>${formatNumber(ties[kind])}</b></span>`);
  const lacking =
    partial === 0 ? "" : html`<span class="chip t-partial">partial <b>${formatNumber(partial)}</b></span>`;
  return html`<span class="chips">${chips}${lacking}</span>`;
}
