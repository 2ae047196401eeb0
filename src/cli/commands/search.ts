import { corpora } from "../../catalog/queries/corpora.ts";
import { search as searchCatalog } from "../../catalog/queries/search.ts";
import { withCatalog } from "../catalog.ts";
import { type ExitCode, exitCodes, wrongUsage } from "../exit.ts";
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
  const answer = await withCatalog(terminal, options, (database) => {
    const known = corpora(database).map((one) => one.id);
    if (options.corpus !== undefined && !known.includes(options.corpus)) {
      throw wrongUsage(`There is no corpus ${options.corpus}. Known are: ${known.join(", ")}.`);
    }
    return searchCatalog(database, {
      query,
      page: options.page,
      ...(options.corpus === undefined ? {} : { corpus: options.corpus }),
      ...(options.technique === undefined ? {} : { technique: options.technique.toUpperCase() }),
    });
  });
  if (options.json === true) terminal.printJson(answer);
  else if (answer.total === 0 && answer.attack.length === 0) terminal.say(`Nothing found for ${printable(query)}.`);
  else terminal.print(searchPage(printable(answer), terminal));
  return exitCodes.done;
}
