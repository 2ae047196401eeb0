import type { Database } from "../../catalog/database.ts";
import { techniqueFor } from "../../catalog/queries/technique-alias.ts";
import { nearest } from "../../kit/nearest.ts";
import { composePackage } from "../../packages/compose.ts";
import { packageOverview } from "../../packages/overview.ts";
import { systemNamed, systemNames, systems } from "../../platforms/systems.ts";
import { withCatalog } from "../catalog.ts";
import { type ExitCode, exitCodes, Stop, wrongUsage } from "../exit.ts";
import { packagePage, packageStates } from "../pages/package.ts";
import { printable, type Terminal } from "../terminal.ts";
import { suggestion } from "./show-technique.ts";

export interface ShowPackageOptions {
  readonly platform?: string;
  readonly catalog?: string;
  readonly json?: boolean;
}

/** The package of a technique for a platform; without a platform, what there is on every one. */
export async function showPackage(terminal: Terminal, id: string, options: ShowPackageOptions): Promise<ExitCode> {
  const { platform } = options;
  if (platform === undefined) return await showStates(terminal, id, options);
  if (systemNamed(platform) === null) throw wrongUsage(unknownPlatform(platform));
  const answer = await withCatalog(terminal, options, (database) => {
    const found = composePackage(database, id, platform);
    if (found === null) throw noTechnique(database, id);
    return found;
  });
  if (options.json === true) terminal.printJson(answer);
  else terminal.print(packagePage(printable(answer), terminal));
  return exitCodes.done;
}

async function showStates(terminal: Terminal, id: string, options: ShowPackageOptions): Promise<ExitCode> {
  const { technique, overview } = await withCatalog(terminal, options, (database) => {
    const all = packageOverview(database);
    const asked = techniqueFor(database, id.trim().toUpperCase());
    const found = all.techniques.find((one) => one.id === asked);
    if (found === undefined) throw noTechnique(database, id);
    return { technique: found, overview: all };
  });
  if (options.json === true) terminal.printJson(technique);
  else terminal.print(packageStates(printable(technique), overview, terminal));
  return exitCodes.done;
}

function noTechnique(database: Database, id: string): Stop {
  return new Stop(`There is no technique ${id}.${suggestion(database, id)}`, exitCodes.inputHasErrors);
}

function unknownPlatform(name: string): string {
  const near = nearest(name.trim().toLowerCase(), systemNames);
  const hint = near.length === 0 ? "" : ` Did you mean ${near.join(", ")}?`;
  return `There is no platform ${name}.${hint} Known are: ${systems.map((one) => one.id).join(", ")}.`;
}
