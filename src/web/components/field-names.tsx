import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { PredicateAnswer } from "../../catalog/queries/answers.ts";
import { FieldName } from "./field-name.tsx";
import { Table } from "./table.tsx";

const columns = [{ title: "As written" }, { title: "Means" }, { title: "By" }];

/** What the names of a rule mean, and which table says so: one row a name. */
export function FieldNames({ predicates }: { readonly predicates: readonly PredicateAnswer[] }): Child {
  const names = new Map(
    predicates
      .filter((one) => one.field !== null)
      .map((one) => [`${one.field}\n${one.canonical}\n${one.written}`, one]),
  );
  return (
    <Table
      caption="Fields of the rule and what they mean"
      narrow="stack"
      columns={columns}
      rows={[...names.values()].map(row)}
    />
  );
}

function row({ field, canonical, title, written, namedBy, derived }: PredicateAnswer): readonly Child[] {
  const own = html`<code>${written ?? field}</code>`;
  if (canonical !== null) {
    const words = title === null || title === canonical ? "" : html`${title} `;
    return [own, html`${words}${FieldName({ field: canonical })}`, namedBy];
  }
  if (derived) return [own, html`<span class="quiet">computed by the rule</span>`, ""];
  return [own, html`<span class="quiet">no table knows it</span>`, ""];
}
