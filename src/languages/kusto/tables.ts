import type { Datatable, ExternalData } from "./ast.ts";
import { readSchema } from "./declarations.ts";
import { readOptions, readProperties } from "./options.ts";
import { needSymbol, type Reader, readClosedList, since, takeWord } from "./reader.ts";

/** `datatable (name:type, …) [value, …]`. */
export function readDatatable(reader: Reader): Datatable {
  const { start } = reader.next().span;
  const options = readOptions(reader);
  const { columns } = readSchema(reader);
  needSymbol(reader, "[");
  const values = readClosedList(reader, "]", () => reader.grammar.expression(reader));
  return { type: "datatable", options, columns, values, span: since(reader, start) };
}

/** `externaldata (name:type, …) [uri, …] with (…)`. */
export function readExternalData(reader: Reader): ExternalData {
  const { start } = reader.next().span;
  const options = readOptions(reader);
  const { columns } = readSchema(reader);
  needSymbol(reader, "[");
  const uris = readClosedList(reader, "]", () => reader.grammar.expression(reader));
  const properties = takeWord(reader, "with") ? readProperties(reader) : [];
  return { type: "externaldata", options, columns, uris, properties, span: since(reader, start) };
}
