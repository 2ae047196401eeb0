import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { RuleEvent } from "../../catalog/queries/answers.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses } from "../addresses.ts";
import { Table } from "./table.tsx";

/** Events shown at once; a few rules name hundreds of operations. */
const openRows = 20;

/** Events shown at most; the JSON has all. */
const mostRows = 200;

const columns = [{ title: "Event" }, { title: "Title" }, { title: "Why" }];

/** The events that one rule needs. */
export function RuleEvents({ events }: { readonly events: readonly RuleEvent[] }): Child {
  const table = (shown: readonly RuleEvent[], caption: string): Child => (
    <Table caption={caption} narrow="stack" columns={columns} rows={shown.map(row)} />
  );
  return (
    <>
      {table(events.slice(0, openRows), "Events that the rule needs")}
      {events.length > openRows && (
        <details class="more">
          <summary>{formatNumber(events.length - openRows)} more events</summary>
          {table(events.slice(openRows, mostRows), "More events that the rule needs")}
        </details>
      )}
    </>
  );
}

function row(event: RuleEvent): readonly Child[] {
  const { provider, eventId, title, tie, reason, missing } = event;
  const lacks =
    missing.length === 0
      ? ""
      : html` <span class="chip t-partial">partial</span> it lacks ${missing.map((name, at) => html`${at === 0 ? "" : ", "}<code>${name}</code>`)}`;
  return [
    html`<span class="event"><a class="quiet" href="${addresses.provider(provider)}">${provider}</a> <a href="${addresses.event(event)}"><code>${eventId === "*" ? "any" : eventId}</code></a></span>`,
    title,
    html`<span class="chip t-${tie}">${tie}</span> ${reason}${lacks}`,
  ];
}
