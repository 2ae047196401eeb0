import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type BuildProgress, buildCatalog } from "../../catalog/build.ts";
import { openReadOnly } from "../../catalog/database.ts";
import type { BuildReport } from "../../catalog/report.ts";
import { type PackageOverview, packageOverview } from "../../packages/overview.ts";
import { catalogFile } from "../catalog.ts";
import { type ExitCode, exitCodes, wrongUsage } from "../exit.ts";
import { onInterrupt } from "../interrupt.ts";
import { buildPage } from "../pages/build.ts";
import { openProgress } from "../progress.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface BuildOptions {
  readonly corpora?: string;
  readonly out?: string;
  readonly strict?: boolean;
  readonly translations?: boolean;
  readonly proof?: boolean;
  readonly json?: boolean;
}

export async function build(terminal: Terminal, options: BuildOptions): Promise<ExitCode> {
  if (options.corpora !== undefined && !existsSync(options.corpora)) {
    throw wrongUsage(`There is no folder ${options.corpora}.`);
  }
  const progress = openProgress(terminal);
  const interrupt = onInterrupt();
  const request = {
    ...(options.corpora === undefined ? {} : { corporaFolder: resolve(options.corpora) }),
    out: catalogFile(options.out === undefined ? {} : { catalog: options.out }),
    strict: options.strict === true,
    translations: options.translations !== false,
    proof: options.proof !== false,
    onProgress: ({ corpus, done, total }: BuildProgress) => progress.show(corpus, done, total),
    signal: interrupt.signal,
  };
  let report: BuildReport;
  try {
    report = await buildCatalog(request);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    progress.end();
    terminal.say("Stopped; the old catalog stays as it was.");
    return exitCodes.interrupted;
  } finally {
    progress.end();
    interrupt.release();
  }
  const packages = kept(report, options) ? packagesIn(report.catalog) : null;
  if (options.json === true)
    terminal.printJson(packages === null ? report : { ...report, packages: countsOf(packages) });
  else terminal.print(buildPage(printable(report), packages, terminal));
  return options.strict === true && report.regressions.length > 0 ? exitCodes.inputHasErrors : exitCodes.done;
}

/** Without translations nobody knows what there is on most platforms. */
function kept({ regressions }: BuildReport, { strict, translations }: BuildOptions): boolean {
  return translations !== false && !(strict === true && regressions.length > 0);
}

function packagesIn(catalog: string): PackageOverview {
  const database = openReadOnly(catalog);
  try {
    return packageOverview(database);
  } finally {
    database.close();
  }
}

/** What `build --json` says of packages; `show package` has the rest. */
function countsOf({ techniques, packages, platforms }: PackageOverview) {
  return { techniques: techniques.length, packages, platforms };
}
