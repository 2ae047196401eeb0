import { setMember } from "../batch.ts";
import { isObject } from "../json/wrappers.ts";
import type { EventData } from "../log-format.ts";

/** Answers that have names and rows apart: Log Analytics (`tables` of `columns` and `rows`), ES|QL and SQL of Elasticsearch (`columns`, `values` or `rows`). */
export function unwrapTables(data: EventData): readonly EventData[] | null {
  if (Array.isArray(data.tables) && data.tables.length > 0) {
    const events: EventData[] = [];
    for (const table of data.tables) {
      const rows = isObject(table) ? rowsOf(table.columns, table.rows) : null;
      if (rows === null) return null;
      for (const row of rows) events.push(row);
    }
    return events;
  }
  return Array.isArray(data.columns) ? (rowsOf(data.columns, data.values) ?? rowsOf(data.columns, data.rows)) : null;
}

function rowsOf(columns: unknown, rows: unknown): readonly EventData[] | null {
  if (!Array.isArray(columns) || !Array.isArray(rows)) return null;
  const names: string[] = [];
  for (const column of columns) {
    if (!isObject(column) || typeof column.name !== "string") return null;
    names.push(column.name);
  }
  const events: EventData[] = [];
  for (const row of rows) {
    if (!Array.isArray(row) || row.length !== names.length) return null;
    const event: Record<string, unknown> = {};
    names.forEach((name, index) => {
      if (row[index] !== null && row[index] !== "") setMember(event, name, row[index]);
    });
    events.push(event);
  }
  return events;
}
