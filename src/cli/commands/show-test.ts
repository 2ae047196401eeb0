import { test } from "../../catalog/queries/test.ts";
import { tests } from "../../catalog/queries/tests.ts";
import { withCatalog } from "../catalog.ts";
import { type ExitCode, exitCodes, Stop } from "../exit.ts";
import { testPage } from "../pages/test.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface ShowTestOptions {
  readonly all?: boolean;
  readonly catalog?: string;
  readonly json?: boolean;
}

export async function showTest(terminal: Terminal, id: string, options: ShowTestOptions): Promise<ExitCode> {
  const answer = await withCatalog(terminal, options, (database) => {
    const found = test(database, id);
    if (found !== null) return found;
    const why =
      tests(database).counts.tests === 0
        ? "This catalog holds no tests: build it from a folder with atomics, and without --no-proof."
        : "Name its GUID, or its technique and number: T1059.001-3.";
    throw new Stop(`There is no test ${id}. ${why}`, exitCodes.inputHasErrors);
  });
  if (options.json === true) terminal.printJson(answer);
  else terminal.print(testPage(printable(answer), terminal, options.all === true));
  return exitCodes.done;
}
