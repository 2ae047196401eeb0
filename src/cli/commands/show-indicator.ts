import type { Database } from "../../catalog/database.ts";
import { anyField } from "../../catalog/queries/field-table.ts";
import { type IndicatorDetail, indicator } from "../../catalog/queries/indicator.ts";
import { type IndicatorStatement, indicatorMeant } from "../../catalog/queries/indicator-lookup.ts";
import { withCatalog } from "../catalog.ts";
import { type ExitCode, exitCodes, Stop } from "../exit.ts";
import { indicatorPage } from "../pages/indicator.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface ShowIndicatorOptions {
  readonly all?: boolean;
  readonly catalog?: string;
  readonly json?: boolean;
}

export async function showIndicator(
  terminal: Terminal,
  text: string,
  options: ShowIndicatorOptions,
): Promise<ExitCode> {
  const answer = await withCatalog(terminal, options, (database) => findIndicator(database, text.trim()));
  if (options.json === true) terminal.printJson(answer);
  else terminal.print(indicatorPage(printable(answer), terminal, options.all === true));
  return exitCodes.done;
}

function findIndicator(database: Database, text: string): IndicatorDetail {
  const meant = indicatorMeant(database, text);
  const found = meant.type === "indicator" ? indicator(database, meant.id) : null;
  if (found !== null) return found;
  if (meant.type === "unread") {
    const way = "Name it by its id, or as field, operator and value: 'process.name eq cmd.exe'.";
    throw new Stop(`There is no indicator ${text}. ${way}`, exitCodes.inputHasErrors);
  }
  const near = meant.type === "unknown" ? meant.near.map((one) => `'${statement(one)}'`) : [];
  const hint = near.length === 0 ? "" : ` Did you mean ${near.join(", ")}?`;
  throw new Stop(`No rule uses the indicator ${text}.${hint}`, exitCodes.inputHasErrors);
}

function statement({ field, operator, value }: IndicatorStatement): string {
  return `${field ?? anyField} ${operator} ${value}`;
}
