import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCatalog } from "./build.ts";
import { type Database, openReadOnly } from "./database.ts";
import { rule } from "./queries/rule.ts";
import { search } from "./queries/search.ts";
import { technique } from "./queries/technique.ts";
import { test as testOf } from "./queries/test.ts";
import { tests } from "./queries/tests.ts";
import type { BuildReport } from "./report.ts";
import { madeTests, writeTestCorpora } from "./testing.ts";

let corpora = "";
let report: BuildReport;
let database: Database;

beforeAll(async () => {
  corpora = writeTestCorpora();
  const out = join(corpora, "catalog.sqlite");
  report = await buildCatalog({ corporaFolder: corpora, out, proof: true, translations: true });
  database = openReadOnly(out);
}, 60_000);

afterAll(() => {
  database.close();
  rmSync(corpora, { recursive: true, force: true });
});

describe("a build with tests", () => {
  test("counts what was exercised, and what fired", () => {
    expect(report.proof).toMatchObject({ sources: ["atomics"], tests: 2, fired: 1, silent: 0 });
    expect(report.proof?.events).toBeGreaterThan(3);
    expect(report.proof?.corpora.find((one) => one.corpus === "sigma")).toEqual({
      corpus: "sigma",
      rules: 2,
      run: 2,
      exercised: 2,
      fired: 1,
      firings: 1,
      silences: 1,
    });
    expect(report.corpora.at(-1)).toMatchObject({ id: "atomics", files: 1, rules: 0, failed: [] });
    expect(report.translations.length).toBeGreaterThan(0);
  });

  test("a build that leaves tests out is no worse for it", async () => {
    const out = join(corpora, "again.sqlite");
    await buildCatalog({ corporaFolder: corpora, out, proof: true });
    const again = await buildCatalog({ corporaFolder: corpora, out, strict: true });
    expect([again.proof, again.regressions]).toEqual([null, []]);
  });

  test("without a folder of tests there are none, and no proof of any rule", async () => {
    const out = join(corpora, "embedded.sqlite");
    const embedded = await buildCatalog({ out, proof: true });
    expect(embedded.proof).toMatchObject({ sources: [], tests: 0, corpora: [] });
    const empty = openReadOnly(out);
    expect(tests(empty)).toEqual({ counts: { tests: 0, events: 0, fired: 0 }, techniques: [] });
    expect(rule(empty, "detectionary", "encoded_powershell_fetches_from_network")?.proof).toBeNull();
    expect(technique(empty, "T1033")?.tests).toEqual([]);
    empty.close();
  });
});

describe("proof of a rule", () => {
  test("names the test on which it fires, and why", () => {
    const proof = rule(database, "sigma", "whoami_all")?.proof;
    expect(proof).toMatchObject({ counts: { fired: 1, silent: 0 }, notRun: null, notShown: null, silent: [] });
    expect(proof?.fired).toHaveLength(1);
    expect(proof?.fired[0]).toMatchObject({ linked: true, certainty: "certain", test: { guid: madeTests.windows } });
    expect(proof?.fired[0]?.because).toContainEqual(
      expect.objectContaining({ field: "CommandLine", operator: "contains", asked: "/all" }),
    );
  });

  test("names the predicate that kept it silent, and what the closest event has", () => {
    const proof = rule(database, "sigma", "whoami_groups")?.proof;
    expect(proof).toMatchObject({ counts: { fired: 0, silent: 1 }, fired: [] });
    const [silent] = proof?.silent ?? [];
    expect(silent).toMatchObject({ linked: false, reasons: 1 });
    expect(silent?.failed).toEqual([
      { field: "CommandLine", needs: "CommandLine contains /groups", has: expect.stringContaining("/all") },
    ]);
  });
});

describe("tests", () => {
  test("of a technique, with the rules that fire", () => {
    const shown = technique(database, "T1033")?.tests ?? [];
    expect(shown.map((one) => [one.number, one.shell, one.fired > 0])).toEqual([
      [1, "cmd", true],
      [2, "manual", false],
    ]);
    expect(shown[0]?.vendors).toContainEqual({ corpus: "sigma", rules: 1 });
  });

  test.each([madeTests.windows, madeTests.windows.toUpperCase(), "T1033-1", "t1033#1"])("is found by %s", (asked) => {
    expect(testOf(database, asked)).toMatchObject({ guid: madeTests.windows, stands: { id: "T1033" } });
  });

  test("has its command with inputs filled in, and events that point into it", () => {
    const found = testOf(database, "T1033-1");
    expect(found?.command).toContain('whoami /all > "C:\\Temp\\who&where.txt"');
    expect(found?.cleanup.trim()).toBe('del "C:\\Temp\\who&where.txt"');
    const started = found?.derived.find((one) => found.command.slice(one.span.start, one.span.end).includes("whoami"));
    expect(started).toMatchObject({ certainty: "certain" });
    expect(found?.rulesFired.map((one) => one.rule.slug)).toContain("whoami_all");
    expect(found?.rulesSilent.map((one) => one.rule.slug)).toContain("whoami_groups");
    expect(found?.prerequisites).toEqual([
      {
        description: "The folder must be there.",
        check: "if exist C:\\Temp (exit 0) else (exit 1)",
        get: "mkdir C:\\Temp",
        shell: "cmd",
      },
    ]);
  });

  test("that is not there is none", () => {
    expect(["T1033-9", "nothing", ""].map((one) => testOf(database, one))).toEqual([null, null, null]);
  });

  test("are found by words of their name and their command", () => {
    expect(search(database, { query: "badge" }).tests.map((one) => one.guid)).toEqual([madeTests.manual]);
    expect(search(database, { query: "whoami" }).tests.map((one) => one.guid)).toEqual([madeTests.windows]);
  });
});
