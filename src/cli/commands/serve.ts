import { readMeta } from "../../catalog/meta.ts";
import { type ServeOptions, StartError, serve } from "../../web/serve.ts";
import { catalogFile, withCatalog } from "../catalog.ts";
import { type ExitCode, exitCodes, wrongUsage } from "../exit.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface ServeSiteOptions {
  readonly port?: number;
  readonly host?: string;
  readonly allowHost?: readonly string[];
  readonly log?: boolean;
  readonly catalog?: string;
  readonly json?: boolean;
  readonly version: string;
}

/** Serves until a signal comes. The address goes to stdout once the site answers there. */
export async function serveSite(terminal: Terminal, options: ServeSiteOptions): Promise<ExitCode> {
  const file = catalogFile(options);
  // Also makes the catalog where there is none.
  const meta = await withCatalog(terminal, options, () => readMeta(file));
  if (meta?.get("embedded_only") === "1") {
    terminal.say("This catalog holds only the embedded rules. For the public ones: detectionary build --corpora DIR");
  }
  const request: ServeOptions = {
    catalogFile: file,
    version: options.version,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.allowHost === undefined ? {} : { allowedHosts: options.allowHost }),
    ...(options.log === true ? { onRequest: (line: string) => terminal.say(printable(line)) } : {}),
  };
  try {
    await serve(request, (address) => {
      if (options.json === true) terminal.printJson({ address, catalog: file });
      else terminal.print(`Detectionary is at ${terminal.style("bold", address)}\n`);
    });
  } catch (error) {
    throw error instanceof StartError ? wrongUsage(error.message) : error;
  }
  return exitCodes.done;
}
