import { describe, expect, test } from "vitest";
import { platforms } from "../../platforms/registry.ts";
import { systems } from "../../platforms/systems.ts";
import type { DetectionPackage, Source } from "../detection-package.ts";
import { packageFiles } from "./index.ts";
import { filesOf } from "./registry.ts";
import { madeDetection, madePackage, ours } from "./testing.ts";

const date = "2026-03-01";
const splunk = platforms.find((one) => one.id === "splunk");
if (splunk === undefined) throw new Error("There is no Splunk.");
const platform = splunk;

function text(one: DetectionPackage, path: string): string {
  const file = packageFiles(one, { date }).find((each) => each.path === path);
  if (file === undefined) throw new Error(`There is no file ${path}.`);
  return file.text;
}

test("every system and every platform has files of its own", () => {
  const ids = [...systems, ...platforms].map(({ id }) => id);
  expect(ids.filter((id) => !filesOf(id).platforms.includes(id))).toEqual([]);
});

test("a platform that nobody knows gets its queries alone", () => {
  const one = madePackage(
    { ...platform, id: "unheard-of" },
    { detections: [madeDetection({ language: "unheard-of" })] },
  );
  const paths = packageFiles(one, { date }).map(({ path }) => path);
  expect(paths).toContain("queries/a-task-was-made.txt");
  expect(text(one, "README.md")).toContain("`queries/`: one query a file.");
});

describe("a package without a detection", () => {
  const one = madePackage(platform, {
    origin: "none",
    absence: {
      code: "no-rule",
      why: "No rule looks for it.",
      nearest: [{ technique: "T1053", platform: "splunk", title: "Scheduled Task/Job" }],
    },
    tests: [],
    setup: [],
    investigation: [],
    response: [],
  });

  test("says why, and what comes nearest", () => {
    const readme = text(one, "README.md");
    expect(readme).toContain("**There is no detection.** No rule looks for it.");
    expect(readme).toContain("- T1053 on splunk: Scheduled Task/Job");
    expect(readme).not.toMatch(/## (?:Detections|Tests)/u);
    expect(readme).not.toContain("savedsearches.conf");
  });

  test("has no file without content", () => {
    expect(packageFiles(one, { date }).map(({ path }) => path)).toEqual(["README.md", "SOURCES.md"]);
  });
});

test("the README tells what was approximated, where logs are, and what can be set", () => {
  const report = [
    { part: "process | name", verdict: "approximated", code: null, why: "Case is not told apart." },
  ] as const;
  const readme = text(
    madePackage(platform, { detections: [madeDetection({ verdict: "approximated", report })] }),
    "README.md",
  );
  expect(readme).toContain("| A task was made | high | 70 | translated, approximated |");
  expect(readme).toContain("- approximated: `process | name`: Case is not told apart.");
  expect(readme).toContain("- Process creation on Windows: `logs-endpoint.events.process-*`\n  - Install Sysmon.\n");
  expect(readme).toContain("Into the query:\n\n```spl\nnot x\n```");
  expect(readme).toContain("These are the best of 40.");
});

test("the sources name everything that a part comes from, with authors, licence and address", () => {
  const other: Source = {
    corpus: "sigma",
    rule: "sigma:1",
    title: "Two",
    authors: ["A. Author", "B|C"],
    licence: "DRL-1.1",
    url: "https://example.org/two",
  };
  const detection = madeDetection({ source: other });
  const made = madePackage(platform, { detections: [detection] });
  const rows = text(made, "SOURCES.md")
    .split("\n")
    .filter((line) => line.startsWith("| ["));
  expect(rows).toContain(
    "| [Two](<https://example.org/two>) | Sigma | sigma:1 | A. Author, B\\|C | DRL-1.1 | translated detection |",
  );
  expect(rows.find((row) => row.startsWith("| [Detectionary]"))).toMatch(
    /description, false positives, tuning, test, setup, investigation, response, reference \|$/u,
  );
  expect(rows).toHaveLength(2);
});

test("guides of one title say whose they are", () => {
  const other: Source = { ...ours, rule: "detectionary:two", title: "Two", url: null };
  const guides = [ours, other].map((source) => ({ title: "Contain", text: "Isolate.", queries: [], source }));
  const playbook = text(madePackage(platform, { response: guides }), "playbook.md");
  expect(playbook).toContain("## Contain: Detectionary\n");
  expect(playbook).toContain("## Contain: Two\n");
  expect(playbook).toContain("*Source: Two, Apache-2.0*");
});

test("a rule has the guide of its own source, and those of none", () => {
  const elastic = platforms.find((one) => one.id === "elastic-lucene");
  if (elastic === undefined) throw new Error("There is no Elastic.");
  const of = (rule: string | null, title: string): Source => ({ ...ours, rule, title });
  const guide = (source: Source) => ({ title: `Guide of ${source.title}`, text: "Look.", queries: [], source });
  const investigation = [guide(of("a:1", "one")), guide(of("a:2", "two")), guide(of(null, "all"))];
  const detections = ["a:1", "a:3"].map((rule) => madeDetection({ id: rule, title: rule, source: of(rule, rule) }));
  const files = packageFiles(madePackage(elastic, { detections, investigation }), { date });
  const notes = (files.find(({ path }) => path === "rules.ndjson")?.text ?? "")
    .split("\n", 2)
    .map((line) => (JSON.parse(line) as { readonly note: string }).note);
  expect(notes.map((note) => [...note.matchAll(/Guide of (\w+)/gu)].map(([, name]) => name))).toEqual([
    ["one", "all"],
    ["all"],
  ]);
});
