import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { TestEvent } from "../../catalog/queries/test-answers.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { addresses } from "../addresses.ts";
import { cut } from "../wording.ts";
import { Certainty } from "./proof.tsx";

/** Events shown at most, so that a page stays small; the JSON has all. */
export const mostEvents = 60;

/** The same for fields; `depth`: of names in names. */
const most = { fields: 40, value: 300, characters: 60_000, depth: 4 } as const;

export interface DerivedEventsProps {
  readonly events: readonly TestEvent[];
  /** Event → the part of the command that it comes from. */
  readonly partOf: readonly (number | null)[];
  readonly json: string;
}

/** The events that a test must leave, each with its reason and its fields. */
export function DerivedEvents({ events, partOf, json }: DerivedEventsProps): Child {
  let room: number = most.characters;
  const shown = events.slice(0, mostEvents).map((event, index) => {
    const fields = fieldsOf(event.data);
    room -= fields.reduce((sum, [name, value]) => sum + name.length + Math.min(value.length, most.value) + 40, 0);
    return row(event, index, partOf[index] ?? null, room < 0 ? null : fields);
  });
  return (
    <>
      <ol class="derived">{shown}</ol>
      {(events.length > shown.length || room < 0) && (
        <p class="note">
          {events.length > shown.length && `… and ${counted(events.length - shown.length, "more event")}. `}
          <a href={json}>All events with all of their fields in the JSON</a>.
        </p>
      )}
    </>
  );
}

function row(
  { kind, certainty, why, known }: TestEvent,
  index: number,
  part: number | null,
  fields: readonly (readonly [string, string])[] | null,
): Child {
  const title =
    known === null
      ? ""
      : html` <a href="${addresses.event(known)}">${known.title === "" ? `${known.provider} ${known.eventId}` : known.title}</a>`;
  const from =
    part === null
      ? html`<span class="quiet">From the whole command.</span>`
      : html`<a href="#part-${part + 1}">From this part.</a>`;
  const body =
    fields === null
      ? ""
      : html`<details class="more"><summary>${counted(fields.length, "field")}<span class="hidden"> of event ${index + 1}</span></summary><dl class="event-fields">${fields
          .slice(0, most.fields)
          .map(
            ([name, value]) =>
              html`<div><dt><code>${name}</code></dt><dd><code>${cut(value, most.value)}</code></dd></div>`,
          )}</dl>${
          fields.length > most.fields
            ? html`<p class="note">… and ${formatNumber(fields.length - most.fields)} more</p>`
            : ""
        }</details>`;
  return html`<li id="event-${index + 1}"><p class="event-head"><code class="name">${kind}</code>${title} ${Certainty({ certainty })}</p><p>${why} <span class="from">${from}</span></p>${body}</li>`;
}

/** Names and values: of a Windows event its data with the id, of others all, nested names joined by dots. */
export function fieldsOf(data: TestEvent["data"]): readonly (readonly [string, string])[] {
  const event = data.Event as { System?: object; EventData?: object; UserData?: object } | undefined;
  if (event === undefined) return flat(data, "", 0);
  const system = flat(event.System ?? {}, "", 0).filter(([name]) => name === "EventID" || name === "Channel");
  return [...system, ...flat(event.EventData ?? {}, "", 0), ...flat(event.UserData ?? {}, "", 0)];
}

function flat(data: object, before: string, depth: number): readonly (readonly [string, string])[] {
  return Object.entries(data).flatMap(([key, value]) => {
    const name = before === "" ? key : `${before}.${key}`;
    if (value === null || value === undefined) return [];
    if (typeof value !== "object") return [[name, String(value)] as const];
    if (Array.isArray(value) && value.every((one) => typeof one !== "object"))
      return [[name, value.join(", ")] as const];
    if (depth >= most.depth) return [[name, JSON.stringify(value)] as const];
    return flat(value, name, depth + 1);
  });
}
