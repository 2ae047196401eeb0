import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const corpora = join(import.meta.dirname, "..", "..", "..", "shared", "corpora");

/** Whether real corpora stand next to the checkout: `describe.skipIf(!corporaPresent)(corpusTitle("…"), …)`. */
export const corporaPresent = existsSync(corpora);

/** The folder of one corpus next to the checkout. */
export function corpusFolder(id: string): string {
  return join(corpora, id);
}

/** Title of a test that needs real corpora; says why where it is skipped. */
export function corpusTitle(title: string): string {
  return corporaPresent ? title : `${title} (skipped: no corpora)`;
}

/** `THOROUGH=1` looks at everything where the tests of every day draw a part. */
export const thorough = process.env.THOROUGH === "1";

/** Milliseconds of processor time of this thread, which other work on the machine does not lengthen. */
export function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

export interface SemanticsCase {
  readonly about: string;
  readonly query: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly expected: boolean;
  readonly source?: string;
}

/** What queries of a language mean, as `fixtures/semantics` says it; none where it says nothing. */
export function semanticsCases(language: string): readonly SemanticsCase[] {
  const file = join(import.meta.dirname, "../../fixtures/semantics", `${language}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}
