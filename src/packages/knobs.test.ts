import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCatalog } from "../catalog/build.ts";
import { type Database, openReadOnly } from "../catalog/database.ts";
import { analyseRule } from "../languages/analyse.ts";
import { bareDocument } from "../rule/bare-document.ts";
import { composePackage } from "./compose.ts";
import type { DetectionPackage, TuningKnob } from "./detection-package.ts";

let folder = "";
let database: Database;

const rule = (number: number, option: string, filter: string): string => `title: Rule ${number}
id: 00000000-0000-4000-8000-00000000000${number}
status: test
tags: [attack.t1615]
logsource: { category: process_creation, product: windows }
detection:
  selection:
    Image|endswith: '\\whoami.exe'
    CommandLine|contains: '${option}'
  filter_main_known:
    ${filter}
  condition: selection and not 1 of filter_main_*
`;

/** Two rules leave the same out, each in its own words; a third leaves out something else, and looks at the same log. */
const shared = ["ParentImage|endswith: '\\agent.exe'", "ParentImage: '*\\agent.exe'"] as const;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "detectionary knobs "));
  mkdirSync(join(folder, "sigma/rules"), { recursive: true });
  const put = (name: string, text: string) => writeFileSync(join(folder, "sigma/rules", name), text);
  put("one.yml", rule(1, "/all", shared[0]));
  put("two.yml", rule(2, "/groups", shared[1]));
  put("three.yml", rule(3, "/priv", "User: 'somebody'"));
  const out = join(folder, "catalog.sqlite");
  await buildCatalog({ corporaFolder: folder, out, translations: true });
  database = openReadOnly(out);
}, 240_000);

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const third = "sigma:00000000-0000-4000-8000-000000000003";

function packageOn(platform: string): DetectionPackage {
  const made = composePackage(database, "T1615", platform);
  if (made === null) throw new Error(`no package for ${platform}`);
  return made;
}

function knobOn(platform: string): TuningKnob {
  const [knob, ...others] = packageOn(platform).knobs;
  if (knob === undefined || others.length > 0) throw new Error(`${platform} has not one knob`);
  return knob;
}

describe("a knob", () => {
  test("is what two rules leave out, for the detections that do not", () => {
    expect(knobOn("splunk")).toMatchObject({
      kind: "exclude",
      rules: 2,
      detections: [third],
      title: "process.parent.name eq agent.exe",
    });
    expect(knobOn("splunk").sources.map((one) => one.title)).toEqual(["Rule 1", "Rule 2"]);
  });

  test("has the same id from build to build, and another on another platform", () => {
    expect(knobOn("splunk").id).toMatch(/^exclude-[0-9a-f]{12}$/u);
    expect(knobOn("splunk").id).not.toBe(knobOn("elastic").id);
  });

  test.each([
    ["elastic", 'and not process.parent.executable : "*\\\\agent.exe"'],
    ["splunk", '| where NOT (isnotnull(ParentImage) AND like(lower(ParentImage), "%\\\\agent.exe"))'],
    ["sentinel", '| where not(tostring(EventData.ParentImage) endswith @"\\agent.exe")'],
    ["logscale", "| not Vendor.EventData.ParentImage=/\\\\agent\\.exe$/i"],
    ["sumo", "| where !(parentBaseImage matches /(?is).*\\\\agent\\.exe$/)"],
    [
      "sigma",
      "detection:\n    filter_main_parentimage:\n        ParentImage|endswith: '\\agent.exe'\n    condition: not filter_main_parentimage",
    ],
  ])("on %s is said in its language", (platform, text) => {
    expect(knobOn(platform).paste).toBe(text);
  });

  test.each([
    ["elastic", "eql"],
    ["splunk", "spl"],
    ["sentinel", "kusto"],
  ])("on %s leaves out one thing more when it is added to the query", (platform, language) => {
    const knob = knobOn(platform);
    const query = packageOn(platform).detections.find((one) => one.id === third)?.query ?? "";
    const of = (text: string) => {
      const known = { corpus: "test", id: "test", path: "test", title: "test" };
      const queries = [{ role: "main" as const, language, text, offset: 0, line: 1 }];
      return analyseRule(bareDocument({ ...known, queries }), {});
    };
    const pasted = of(`${query}\n${knob.paste}`);
    expect(pasted.outcome).toBe("parsed");
    expect(pasted.predicates.exclusions).toHaveLength(of(query).predicates.exclusions.length + 1);
  });
});
