import type { Database } from "../../catalog/database.ts";
import { search } from "../../catalog/queries/search.ts";
import { tactics } from "../../catalog/queries/tactics.ts";
import { technique } from "../../catalog/queries/technique.ts";
import { nearest } from "../../kit/nearest.ts";
import { withCatalog } from "../catalog.ts";
import { type ExitCode, exitCodes, Stop } from "../exit.ts";
import { techniquePage } from "../pages/technique.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface ShowTechniqueOptions {
  readonly all?: boolean;
  readonly family?: boolean;
  readonly catalog?: string;
  readonly json?: boolean;
}

export async function showTechnique(terminal: Terminal, id: string, options: ShowTechniqueOptions): Promise<ExitCode> {
  const answer = await withCatalog(terminal, options, (database) => {
    const found = technique(database, id.trim().toUpperCase(), { family: options.family === true });
    if (found === null)
      throw new Stop(`There is no technique ${id}.${suggestion(database, id)}`, exitCodes.inputHasErrors);
    return found;
  });
  if (options.json === true) terminal.printJson(answer);
  else terminal.print(techniquePage(printable(answer), terminal, options.all === true));
  return exitCodes.done;
}

/** Ids that are spelled alike, or techniques whose names hold the words. */
export function suggestion(database: Database, id: string): string {
  const names = new Map<string, string>();
  for (const tactic of tactics(database)) {
    for (const one of tactic.techniques) {
      names.set(one.id, one.name);
      for (const sub of one.subtechniques) names.set(sub.id, sub.name);
    }
  }
  let found = nearest(id.trim().toUpperCase(), [...names.keys()]);
  if (found.length === 0) {
    found = search(database, { query: id })
      .attack.filter((one) => names.has(one.id))
      .map((one) => one.id)
      .slice(0, 3);
  }
  return found.length === 0 ? "" : ` Did you mean ${found.map((one) => `${one} (${names.get(one)})`).join(", ")}?`;
}
