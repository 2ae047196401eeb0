import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type BuildProgress, buildCatalog } from "../../catalog/build.ts";
import type { BuildReport } from "../../catalog/report.ts";
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
  if (options.json === true) terminal.printJson(report);
  else terminal.print(buildPage(printable(report), terminal));
  return options.strict === true && report.regressions.length > 0 ? exitCodes.inputHasErrors : exitCodes.done;
}
