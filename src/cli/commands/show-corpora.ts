import { corpora } from "../../catalog/queries/corpora.ts";
import { withCatalog } from "../catalog.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { corpusTables } from "../pages/corpora.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface ShowCorporaOptions {
  readonly catalog?: string;
  readonly json?: boolean;
}

/** How every corpus of the catalog was read, named, tied to events and folded onto the loaded ATT&CK. */
export async function showCorpora(terminal: Terminal, options: ShowCorporaOptions): Promise<ExitCode> {
  const answer = await withCatalog(terminal, options, corpora);
  if (options.json === true) terminal.printJson(answer);
  else terminal.print(corpusTables(printable(answer), terminal));
  return exitCodes.done;
}
