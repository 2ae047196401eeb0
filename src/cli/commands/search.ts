import { search as searchCatalog } from "../../catalog/queries/search.ts";
import { withCatalog } from "../catalog.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { searchPage } from "../pages/search.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface SearchOptions {
  readonly corpus?: string;
  readonly technique?: string;
  readonly page: number;
  readonly catalog?: string;
  readonly json?: boolean;
}

/** Nothing found is an answer, not an error. */
export async function search(terminal: Terminal, query: string, options: SearchOptions): Promise<ExitCode> {
  const answer = await withCatalog(terminal, options, (database) =>
    searchCatalog(database, {
      query,
      page: options.page,
      ...(options.corpus === undefined ? {} : { corpus: options.corpus }),
      ...(options.technique === undefined ? {} : { technique: options.technique.toUpperCase() }),
    }),
  );
  if (options.json === true) terminal.printJson(answer);
  else if (answer.total === 0 && answer.attack.length === 0) terminal.say(`Nothing found for ${printable(query)}.`);
  else terminal.print(searchPage(printable(answer), terminal));
  return exitCodes.done;
}
