import { html } from "hono/html";
import type { Child } from "hono/jsx";

export interface Column {
  readonly title: string;
  /** Numbers stand at the right. */
  readonly numeric?: boolean;
}

export interface TableProps {
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Cells of each row, one for each column. The first one names the row. */
  readonly rows: readonly (readonly Child[])[];
  /** How it fits a narrow screen: rows become cards, or the table scrolls inside its own box. */
  readonly narrow: "stack" | "scroll";
}

export function Table({ caption, columns, rows, narrow }: TableProps): Child {
  const table = (
    <table class={narrow}>
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ title, numeric }) => (
            <th scope="col" {...(numeric === true ? { class: "n" } : {})}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{rows.map((cells) => tableRow(cells, columns))}</tbody>
    </table>
  );
  if (narrow === "stack") return table;
  // A box that scrolls must take the focus, or the keyboard cannot reach what it hides.
  return (
    <section class="scroller" aria-label={caption} tabindex={0}>
      {table}
    </section>
  );
}

/** A template instead of elements: it costs a third, and a page has hundreds of rows. */
function tableRow(cells: readonly Child[], columns: readonly Column[]): Child {
  const parts = cells.map((cell, index) => {
    const column = columns[index];
    const name = column?.numeric === true ? html` class="n"` : "";
    return index === 0
      ? html`<th scope="row"${name}>${cell}</th>`
      : html`<td data-label="${column?.title}"${name}>${cell}</td>`;
  });
  return html`<tr>${parts}</tr>`;
}
