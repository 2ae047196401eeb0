import type { Database } from "../../catalog/database.ts";
import { eventMeant } from "../../catalog/queries/event-lookup.ts";
import { type EventPageAnswer, event, type ProviderAnswer, provider } from "../../catalog/queries/events.ts";
import { withCatalog } from "../catalog.ts";
import { type ExitCode, exitCodes, Stop } from "../exit.ts";
import { eventPage, providerPage } from "../pages/event.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface ShowEventOptions {
  readonly all?: boolean;
  readonly catalog?: string;
  readonly json?: boolean;
}

type Found =
  | { readonly type: "event"; readonly answer: EventPageAnswer }
  | { readonly type: "provider"; readonly answer: ProviderAnswer };

/** An event by provider and id, or a provider with all of its events. */
export async function showEvent(terminal: Terminal, text: string, options: ShowEventOptions): Promise<ExitCode> {
  const found = await withCatalog(terminal, options, (database) => find(database, text));
  const all = options.all === true;
  if (options.json === true) terminal.printJson(found.answer);
  else if (found.type === "event") terminal.print(eventPage(printable(found.answer), terminal, all));
  else terminal.print(providerPage(printable(found.answer), terminal, all));
  return exitCodes.done;
}

function find(database: Database, text: string): Found {
  const meant = eventMeant(database, text);
  if (meant.type === "event") {
    const answer = event(database, meant.provider, meant.eventId);
    if (answer !== null) return { type: "event", answer };
  } else if (meant.type === "provider") {
    const answer = provider(database, meant.provider);
    if (answer !== null) return { type: "provider", answer };
  }
  const near = meant.type === "unknown" && meant.near.length > 0 ? ` Did you mean ${meant.near.join(", ")}?` : "";
  const how = near === "" ? ' Name a provider and an id: "Microsoft-Windows-Sysmon 1".' : near;
  throw new Stop(`There is no event ${text}.${how}`, exitCodes.inputHasErrors);
}
