import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { areaName } from "../src/corpora/content/diagnostic-areas.ts";
import { diagnosticGuide, prefixOf } from "../src/corpora/content/diagnostic-guide.ts";
import { attackReader, ruleReaders } from "../src/corpora/registry.ts";
import { dataSourceKind } from "../src/corpora/splunk/data-sources.ts";
import { lookupKind } from "../src/corpora/splunk/lookups.ts";
import { macroKind } from "../src/corpora/splunk/macros.ts";
import { storyKind } from "../src/corpora/splunk/stories.ts";
import { fuzzLanguage } from "../src/languages/mutation.ts";
import { languages } from "../src/languages/registry.ts";
import { noting } from "../src/languages/testing.ts";
import { circumstances } from "./diagnostic-circumstances.ts";
import { emittedCodes, readSources } from "./diagnostic-codes.ts";
import { runExample, runPrepared, runReport } from "./diagnostic-examples.ts";
import { type ExplainedCode, explainAll, guideFile, guidePage, severityOf } from "./diagnostics.ts";

const root = join(import.meta.dirname, "..");
const guide = diagnosticGuide();
const nouns = [macroKind, lookupKind, dataSourceKind, storyKind].map((kind) => kind.noun.replaceAll(" ", "-"));

/** Prefixes of codes: every language and corpus, and what the guide knows besides. */
const prefixes = new Set([
  ...languages.keys(),
  ...[attackReader, ...ruleReaders].map((one) => one.id),
  ...[...guide.keys()].map(prefixOf),
]);

describe("what the source can report and what the guide explains are the same", () => {
  const { codes, unclear } = emittedCodes(readSources(join(root, "src")), prefixes, {
    "splunk/not-a-": nouns,
    "splunk/duplicate-": nouns,
  });

  test("the scan finds codes however they are written", () => {
    expect([...codes.keys()]).toEqual(
      expect.arrayContaining([
        "sigma/unknown-modifier",
        "eql/unclosed-string",
        "eql/more",
        "spl/missing-operand",
        "spl/stray-bracket",
        "splunk/not-a-data-source",
        "kuery/too-long",
        "check/not-a-rule",
      ]),
    );
  });

  test("every code has an entry below content/diagnostics", () => {
    const missing = [...codes].filter(([code]) => !guide.has(code)).map(([code, files]) => `${code} (${[...files]})`);
    expect(missing).toEqual([]);
  });

  test("every entry is about a code that the source has", () => {
    expect([...guide.keys()].filter((code) => !codes.has(code))).toEqual([]);
  });

  test("no report hides its code: pass a literal, or something called `code`", () => {
    expect(unclear).toEqual([]);
  });

  test("a report whose code cannot be told is found", () => {
    const text = [
      "import { diagnostic } from '../../kit/diagnostic.ts';",
      `export const report = (code: string, at: number) => diagnostic(\`eql/\${code}\`, 'error', 'No.', at);`,
      "report(condition ? 'one-thing' : 'other-thing', 1);",
      "report(names[0], 2);",
      "diagnostic('strange/thing', 'error', 'No.', 3);",
    ].join("\n");
    const found = emittedCodes([{ path: "languages/eql/made.ts", text }], new Set(["eql"]));
    expect([...found.codes.keys()]).toEqual(["eql/one-thing", "eql/other-thing", "strange/thing"]);
    expect(found.unclear).toEqual(["languages/eql/made.ts:4: names[0], 2);"]);
  });

  test("every prefix has a name", () => {
    expect([...guide.keys()].map(prefixOf).filter((prefix) => areaName(prefix) === prefix)).toEqual([]);
  });
});

test.each([...languages.values()])("broken texts of $id yield nothing that is not explained", (language) => {
  const file = join(root, "fixtures", "languages", `${language.id}.json`);
  const seeds = JSON.parse(readFileSync(file, "utf8")) as readonly string[];
  const found = new Set<string>();
  fuzzLanguage(noting(language, found), { seeds, count: 400, seed: 11, now: () => performance.now() });
  expect(found.size).toBeGreaterThan(0);
  expect([...found].filter((code) => !guide.has(code))).toEqual([]);
});

describe("examples", () => {
  let explained: readonly ExplainedCode[] = [];
  beforeAll(async () => {
    explained = await explainAll();
  });

  test("each yields its code and exits as its severity says", () => {
    const runs = explained.flatMap(({ entry, run }) => (run === null ? [] : [{ entry, run }]));
    const wrong = runs.filter(({ entry, run }) => {
      const severity = severityOf(entry, run);
      if (severity === null) return true;
      // A build counts what it cannot read and goes on.
      return entry.corpus === undefined ? run.exitCode !== (severity === "error" ? 1 : 0) : run.exitCode !== 0;
    });
    expect(wrong.map(({ entry, run }) => `${entry.code}: ${run.printed}exit ${run.exitCode}`)).toEqual([]);
  });

  test("docs/diagnostics.md is what they print", () => {
    expect(guidePage(explained) === readFileSync(guideFile, "utf8"), "run npm run docs").toBe(true);
  });
});

describe("codes that no short example can show", () => {
  const told = [...guide.values()].filter((one) => one.circumstances !== undefined);

  test("are those that are brought about here", () => {
    expect(told.map((one) => one.code)).toEqual(Object.keys(circumstances).toSorted());
  });

  test.each(told)("$code: $circumstances", async ({ circumstances: _, ...entry }) => {
    const made = circumstances[entry.code];
    if (made === undefined) throw new Error(`Nothing brings about ${entry.code}.`);
    if ("prepare" in made && entry.code === "corpus/outside" && process.platform === "win32") return;
    const run =
      "prepare" in made
        ? await runPrepared(made.prepare)
        : "report" in made
          ? await runReport(made.report)
          : await runExample({ ...entry, ...made });
    expect(run.printed).toContain(`[${entry.code}]`);
  });
});
