import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCatalog } from "../catalog/build.ts";
import { type Database, openReadOnly } from "../catalog/database.ts";
import { madeTests, writeTestCorpora } from "../catalog/testing.ts";
import { systems } from "../platforms/systems.ts";
import { composePackage } from "./compose.ts";
import type { DetectionPackage } from "./detection-package.ts";
import { packageOverview } from "./overview.ts";
import { packageMarkdown } from "./package-markdown.ts";

let folder = "";
let database: Database;

beforeAll(async () => {
  folder = writeTestCorpora();
  const out = join(folder, "catalog.sqlite");
  await buildCatalog({ corporaFolder: folder, out, proof: true, translations: true });
  database = openReadOnly(out);
}, 240_000);

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const compose = (technique: string, platform: string): DetectionPackage => {
  const made = composePackage(database, technique, platform);
  if (made === null) throw new Error(`no package of ${technique} for ${platform}`);
  return made;
};
const all = "sigma:00000000-0000-4000-8000-000000000001";

describe("a package", () => {
  test("has the platform's own rules as they are written", () => {
    const { origin, platform, detections } = compose("T1033", "sigma");
    expect([origin, platform]).toEqual(["composed", { id: "sigma", title: "Sigma", language: "sigma" }]);
    const first = detections.find((one) => one.id === all);
    expect(first).toMatchObject({ native: true, language: "sigma", verdict: "exact", report: [], technique: "T1033" });
    expect(first?.query).toMatch(/^title: Whoami Asked for All\n/u);
    expect(first?.query).toContain("detection:");
  });

  test("translates the others, the one that fires on a test first", () => {
    const { detections, candidates, tests } = compose("T1033", "splunk");
    expect(candidates).toBe(detections.length);
    expect(detections[0]).toMatchObject({
      id: all,
      native: false,
      language: "spl",
      logSources: ["windows.process_creation"],
    });
    expect(detections[0]?.query).toContain("whoami.exe");
    expect(detections[0]?.firesOn).toEqual([madeTests.windows]);
    expect(tests.find((one) => one.id === madeTests.windows)).toMatchObject({
      shell: "cmd",
      elevated: true,
      prerequisites: ["The folder must be there."],
      fires: [all],
      source: { corpus: "atomics" },
    });
  });

  test("a test by hand has nothing that was run", () => {
    const manual = compose("T1033", "splunk").tests.find((one) => one.id === madeTests.manual);
    expect(manual).toMatchObject({ shell: "manual", signals: [], fires: [], proof: null });
  });

  test("signals have the fields of their event", () => {
    const [test] = compose("T1033", "elastic").tests;
    const start = test?.signals.find((one) => one.event.includes("Sysmon 1"));
    expect(start?.fields.CommandLine).toContain("whoami /all");
    expect(start?.certainty).toBe("certain");
  });

  test("says what has to be collected, and how it is switched on", () => {
    const [need] = compose("T1033", "elastic").needs;
    expect(need?.id).toBe("windows.process_creation");
    expect(need?.places.join()).toContain("logs-endpoint.events.process-*");
    expect(need?.settings.length).toBeGreaterThan(0);
    expect(need?.events).toContainEqual(expect.objectContaining({ provider: "Microsoft-Windows-Sysmon", id: "1" }));
    expect(need?.detections).toContain(all);
  });

  test("every query, guide and reference names its source and its licence", () => {
    for (const { id } of systems) {
      const one = compose("T1033", id);
      const sources = [
        ...one.detections.map((each) => each.source),
        ...one.tests.map((each) => each.source),
        ...[...one.setup, ...one.investigation, ...one.response].map((each) => each.source),
        ...[...one.falsePositives, ...one.knobs, ...one.references].flatMap((each) => each.sources),
      ];
      expect(sources.length).toBeGreaterThan(2);
      for (const source of sources) expect([source.corpus, source.title, source.licence]).not.toContain("");
    }
  });

  test("asks by any name of the platform, and by the id in any letters", () => {
    expect(compose("t1033", "chronicle").platform.id).toBe("google-secops");
    expect(composePackage(database, "T1033", "nobody")).toBeNull();
    expect(composePackage(database, "T9999", "elastic")).toBeNull();
  });

  test("one that is not there says why, and what comes nearest", () => {
    const { absences } = absent();
    const [code, technique, platform] = absences[0] ?? ["", "", ""];
    const one = compose(technique, platform);
    expect(one).toMatchObject({ origin: "none", detections: [], candidates: 0, severity: null, confidence: null });
    expect(one.absence?.code).toBe(code);
    expect(one.absence?.why).toMatch(/^.+\.$/u);
  });

  test("a technique without rules of its own has those of its sub-techniques, and says so", () => {
    const parents = packageOverview(database).techniques.filter((one) => one.parent === null);
    const made = parents.map((one) => compose(one.id, "sigma")).filter((one) => one.borrowed !== null);
    expect(made.length).toBeGreaterThan(0);
    for (const { technique, borrowed, detections } of made) {
      expect(borrowed).toContain(technique.id);
      expect(detections.some((one) => one.technique !== technique.id)).toBe(true);
    }
  });

  test("as Markdown has its query in a fence and its sources", () => {
    const text = packageMarkdown(compose("T1033", "splunk"));
    expect(text).toMatch(/^# Detect T1033 .* on Splunk\n/u);
    // A comment of SPL has three backticks itself.
    expect(text).toContain("\n````spl\n");
    expect(text).toContain(`Source: Whoami Asked for All, ${all}, `);
  });
});

function absent() {
  const overview = packageOverview(database);
  const absences = overview.techniques.flatMap((one) =>
    one.platforms.flatMap(({ id, absence }) => (absence === null ? [] : [[absence, one.id, id] as const])),
  );
  return { overview, absences };
}

describe("a package of ours", () => {
  test("leads, with what it says of its rules, proved by its own tests", () => {
    const one = compose("T1133", "splunk");
    expect([one.origin, one.severity?.level, one.description[0]?.source.corpus]).toEqual([
      "authored",
      "high",
      "detectionary",
    ]);
    const [first] = one.detections;
    expect(first?.id).toMatch(/^detectionary:/u);
    expect(first?.catches?.length).toBeGreaterThan(20);
    expect(first?.firesOn.length).toBeGreaterThan(0);
    const [test] = one.tests;
    expect(test?.proof?.events).toBeGreaterThan(0);
    expect(one.tests.flatMap((each) => each.fires)).toContain(first?.id);
    expect(one.response.map((each) => each.title).slice(0, 5)).toEqual([
      "Contain",
      "Keep evidence",
      "Eradicate",
      "Recover",
      "Escalate",
    ]);
  });

  test("asks its questions in the platform's language", () => {
    const queries = compose("T1133", "sentinel").investigation.flatMap((one) => one.queries);
    expect(queries.length).toBeGreaterThan(2);
    expect(queries.some((one) => one.query.includes("| where") && one.query.includes("{{"))).toBe(true);
  });

  test("changes its rules with its knobs, and claims no proof of what was changed", () => {
    const plain = compose("T1133", "splunk");
    const knob = plain.knobs.find((one) => one.kind === "exclude" && one.detections.length > 0);
    const [id] = knob?.detections ?? [];
    const settings = new Map([[knob?.id ?? "", ["10.99.0.7"]]]);
    const turned = composePackage(database, "T1133", "splunk", settings);
    const queryOf = (one: DetectionPackage | null) => one?.detections.find((each) => each.id === id)?.query ?? "";
    expect(queryOf(plain)).not.toContain("10.99.0.7");
    expect(queryOf(turned)).toContain("10.99.0.7");
    expect(plain.tests.some((one) => one.fires.includes(id ?? ""))).toBe(true);
    expect(turned?.tests.some((one) => one.fires.includes(id ?? ""))).toBe(false);
  });

  test("shows no rule that only feeds a count", () => {
    const { detections } = compose("T1133", "sigma");
    const count = detections.find((one) => one.query.includes("\ncorrelation:"));
    expect(count?.query).toContain("\ndetection:");
    expect(detections.some((one) => one.catches?.includes("as material for") === true)).toBe(false);
  });
});

describe("the overview", () => {
  test("counts the candidates of every package", () => {
    for (const { id, platforms } of packageOverview(database).techniques.slice(0, 60)) {
      for (const state of platforms) {
        const made = compose(id, state.id);
        expect([state.origin, state.detections, state.absence]).toEqual([
          made.origin,
          made.candidates,
          made.absence?.code ?? null,
        ]);
        const scores = made.detections.map((one) => one.score.total);
        if (state.best !== null) expect(scores).toContain(state.best);
      }
    }
  });

  test("has a row for every technique, whose states add up", () => {
    const { overview } = absent();
    expect(overview.platforms.map((one) => one.id)).toEqual(systems.map((one) => one.id));
    for (const { packages, absent: codes } of overview.platforms) {
      const missing = Object.values(codes).reduce((sum, one) => sum + one, 0);
      expect(packages + missing).toBe(overview.techniques.length);
    }
  });
});
