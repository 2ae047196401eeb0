import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { FieldAnswer, FieldForm, SchemaName } from "../../catalog/queries/field.ts";
import type { FieldEvents } from "../../catalog/queries/field-events.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { addresses, externalAddress, searchAddress } from "../addresses.ts";
import type { SchemaChoice } from "../lens.ts";
import { cut, fieldTypeWord } from "../wording.ts";
import { FieldName } from "./field-name.tsx";
import { Table } from "./table.tsx";

/** Names that unfold below those that are shown; one that gathers many raw names has one for each log source. */
const mostNames = 80;

const longestName = 160;

/** Fields of one facet. `here` is the one that the page is about. */
export function FieldForms({
  forms,
  here,
}: {
  readonly forms: readonly FieldForm[];
  readonly here: string | null;
}): Child {
  return (
    <Table
      caption="Forms"
      narrow="stack"
      columns={[
        { title: "Field" },
        { title: "Form" },
        { title: "What it is" },
        { title: "Type" },
        { title: "Rules", numeric: true },
      ]}
      rows={forms.map(({ field, form, title, type, rules }) => [
        FieldName({ field, linked: field !== here }),
        form ?? "",
        title,
        fieldTypeWord(type),
        html`<a href="${searchAddress({ field })}">${formatNumber(rules)}</a>`,
      ])}
    />
  );
}

export interface SchemaNamesProps {
  readonly names: readonly SchemaName[];
  readonly schemas: readonly SchemaChoice[];
  /** Say of each name which field it is a name of. */
  readonly severalFields: boolean;
}

/** These names are what the page is about, so that no lens renames them. The ones that a schema shows come first. */
export function SchemaNames({ names, schemas, severalFields }: SchemaNamesProps): Child {
  const shown = names.filter((one) => one.shown);
  const others = names.filter((one) => !one.shown);
  const titles = new Map(schemas.map(({ id, title }) => [id, title]));
  const row = ({ name, schema, field, scope, source }: SchemaName): readonly Child[] => [
    html`<code class="name">${cut(name, longestName)}</code>`,
    titles.get(schema) ?? schema,
    ...(severalFields ? [html`<code>${field}</code>`] : []),
    scope,
    sourceLink(source),
  ];
  const table = (caption: string, listed: readonly SchemaName[]): Child => (
    <Table
      caption={caption}
      narrow="stack"
      columns={[
        { title: "Name" },
        { title: "Schema" },
        ...(severalFields ? [{ title: "Field" }] : []),
        { title: "Log sources" },
        { title: "Source" },
      ]}
      rows={listed.map(row)}
    />
  );
  return (
    <>
      {shown.length > 0 && table("Names that schemas show", shown)}
      {others.length > 0 && (
        <details class="more">
          <summary>{counted(others.length, "other name")}</summary>
          {table("Other names in schemas", others.slice(0, mostNames))}
          {others.length > mostNames && (
            <p class="note">… and {formatNumber(others.length - mostNames)} more in the JSON.</p>
          )}
        </details>
      )}
    </>
  );
}

function sourceLink({ title, url }: SchemaName["source"]): Child {
  const address = externalAddress(url);
  return address === null ? title : html`<a href="${address}" rel="noopener noreferrer">${title}</a>`;
}

export function FieldEventList({ events }: { readonly events: FieldEvents }): Child {
  if (events.total === 0) {
    return (
      <p class="note">
        The catalog holds no event that lists this field. <a href={addresses.events}>All events</a>
      </p>
    );
  }
  return (
    <>
      <Table
        caption="Events that carry the field"
        narrow="stack"
        columns={[{ title: "Event" }, { title: "Title" }, { title: "Logged as" }, { title: "Rules", numeric: true }]}
        rows={events.shown.map((event) => [
          html`<a href="${addresses.event(event)}">${event.provider} ${event.eventId}</a>`,
          event.title,
          html`<code>${event.name}</code>`,
          formatNumber(event.rules),
        ])}
      />
      {events.total > events.shown.length && (
        <p class="note">… and {counted(events.total - events.shown.length, "more event")}.</p>
      )}
    </>
  );
}

export function FieldSpellings({ spellings }: { readonly spellings: FieldAnswer["spellings"] }): Child {
  return (
    <>
      <Table
        caption="Names that rules use"
        narrow="stack"
        columns={[{ title: "Name" }, { title: "Table" }, { title: "Rules", numeric: true }]}
        rows={spellings.shown.map(({ name, namedBy, rules }) => [
          html`<code class="name">${cut(name, longestName)}</code>`,
          namedBy ?? "",
          formatNumber(rules),
        ])}
      />
      {spellings.total > spellings.shown.length && (
        <p class="note">… and {counted(spellings.total - spellings.shown.length, "rarer name")}.</p>
      )}
    </>
  );
}
