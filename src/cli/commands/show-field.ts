import type { Database } from "../../catalog/database.ts";
import { type FieldAnswer, field } from "../../catalog/queries/field.ts";
import { fieldMeant } from "../../catalog/queries/field-lookup.ts";
import { withCatalog } from "../catalog.ts";
import { type ExitCode, exitCodes, Stop } from "../exit.ts";
import { fieldPage } from "../pages/field.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface ShowFieldOptions {
  readonly allForms?: boolean;
  readonly all?: boolean;
  readonly catalog?: string;
  readonly json?: boolean;
}

export async function showField(terminal: Terminal, id: string, options: ShowFieldOptions): Promise<ExitCode> {
  const answer = await withCatalog(terminal, options, (database) => findField(database, id.trim(), options));
  if (options.json === true) terminal.printJson(answer);
  else terminal.print(fieldPage(printable(answer), terminal, options.all === true));
  return exitCodes.done;
}

/** By its id, that of a facet, or a name that schemas have for one field only. */
function findField(database: Database, id: string, { allForms = false }: ShowFieldOptions): FieldAnswer {
  const found = field(database, id, { allForms });
  if (found !== null) return found;
  const meant = fieldMeant(database, id);
  if (meant.type === "unknown") {
    const near = meant.near.length === 0 ? "" : ` Did you mean ${meant.near.join(", ")}?`;
    throw new Stop(`There is no field ${id}.${near}`, exitCodes.inputHasErrors);
  }
  const [only, ...others] = meant.fields;
  const named = only === undefined || others.length > 0 ? null : field(database, only, { allForms });
  if (named !== null) return named;
  throw new Stop(`${id} is a name of several fields: ${meant.fields.join(", ")}.`, exitCodes.inputHasErrors);
}
