import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { readCheckedYaml } from "../corpora/content/checked-yaml.ts";
import { matchingKnowledge } from "../corpora/content/matching/index.ts";
import { activeRules } from "../corpora/content/platforms/corpus-rules.testing.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../corpora/testing.ts";
import type { Hit } from "../matching/hit.ts";
import { openEngine } from "../matching/open-engine.ts";
import { readLogs } from "./log-files/read-logs.ts";

const root = join(corpusFolder("sigma"), "regression_data");

/** What `info.yml` says of a case; what it says beyond this does not matter here. */
const caseFile = z.object({
  rule_metadata: z.tuple([z.object({ id: z.string() })]),
  regression_tests_info: z.tuple([z.object({ path: z.string(), match_count: z.int().min(1).optional() })]),
});

interface RecordedCase {
  /** Its folder, below the root, with slashes. */
  readonly folder: string;
  readonly rule: string;
  /** In how many events the rule is to fire; null: in some. */
  readonly count: number | null;
  /** The same events, as EVTX and as JSON. */
  readonly files: readonly [string, string];
}

const goldenFile = z.array(
  z.strictObject({
    case: z.string(),
    rule: z.string(),
    extra: z
      .array(
        z.strictObject({
          rule: z.string(),
          times: z.int().min(2).optional(),
          why: z.string().min(20).endsWith("."),
        }),
      )
      .min(1),
  }),
);

const goldenName = "fixtures/matching/regression-extra-hits.yaml";
const golden = readCheckedYaml(
  goldenName,
  readFileSync(join(import.meta.dirname, "../..", goldenName), "utf8"),
  goldenFile,
);

const cases = corporaPresent ? recordedCases() : [];

function recordedCases(): readonly RecordedCase[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && one.name === "info.yml")
    .map((one) => join(one.parentPath, one.name))
    .sort()
    .map((file) => {
      const folder = relative(root, dirname(file)).split(sep).join("/");
      const { rule_metadata, regression_tests_info } = readCheckedYaml(file, readFileSync(file, "utf8"), caseFile);
      const [{ path, match_count }] = regression_tests_info;
      const evtx = join(root, "..", path);
      return {
        folder,
        rule: `sigma:${rule_metadata[0].id}`,
        count: match_count ?? null,
        files: [evtx, evtx.replace(/\.evtx$/u, ".json")],
      };
    });
}

/** One line a rule and case, with the number of events. */
function hitLine(folder: string, rule: string, times: number): string {
  return `${folder} ${rule} ${times}`;
}

describe.skipIf(!corporaPresent)(corpusTitle("Sigma's regression data"), () => {
  const hits = new Map<string, readonly Hit[]>();
  const of = (file: string): readonly Hit[] => hits.get(file) ?? [];
  const records = new Map<string, number>();

  beforeAll(async () => {
    const engine = openEngine(matchingKnowledge(), activeRules("sigma"));
    for (const file of cases.flatMap((one) => one.files)) {
      const found: Hit[] = [];
      let read = 0;
      for await (const { batch } of readLogs([file])) {
        expect(batch.faults).toEqual([]);
        for (const { number, data } of batch.records) found.push(...engine.push(data, { file, record: number }));
        read += batch.records.length;
      }
      hits.set(file, found);
      records.set(file, read);
    }
    // No case has so many events that a rule on several of them could fire.
    expect(engine.finish()).toEqual([]);
  }, 300_000);

  test("there are about a hundred cases", () => {
    expect(cases.length).toBeGreaterThan(90);
    expect(new Set(cases.map((one) => one.folder)).size).toBe(cases.length);
  });

  test.each(cases)("$rule fires on $folder", ({ rule, count, files }) => {
    const times = files.map((file) => of(file).filter((hit) => hit.rule === rule).length);
    if (count === null) expect(Math.min(...times)).toBeGreaterThan(0);
    else expect(times).toEqual([count, count]);
  });

  test.each(cases)("EVTX and JSON of $folder give the same hits", ({ files: [evtx, json] }) => {
    // The JSON was written without the blanks at the end of a value.
    const told = (file: string): readonly string[] =>
      of(file)
        .map(({ rule, record, time, because }) => {
          const reasons = because.map((one) => ({ ...one, value: one.value.trimEnd(), asked: one.asked.trimEnd() }));
          return JSON.stringify([record, time, rule, reasons]);
        })
        .sort();
    expect(records.get(evtx)).toBeGreaterThan(0);
    expect(records.get(evtx)).toBe(records.get(json));
    expect(told(evtx)).toEqual(told(json));
  });

  test("all other hits were read and are listed, and no others", () => {
    const found = cases.flatMap(({ folder, rule, files: [evtx] }) =>
      [...Map.groupBy(of(evtx), (hit) => hit.rule)].flatMap(([id, own]) =>
        id === rule ? [] : [hitLine(folder, id, own.length)],
      ),
    );
    const listed = golden.flatMap((one) =>
      one.extra.map(({ rule, times }) => hitLine(one.case, `sigma:${rule}`, times ?? 1)),
    );
    const ruleOf = new Map(cases.map((one) => [one.folder, one.rule]));
    expect(golden.filter((one) => ruleOf.get(one.case) !== `sigma:${one.rule}`)).toEqual([]);
    expect(listed.filter((one, index) => listed.indexOf(one) !== index)).toEqual([]);
    expect(found.toSorted()).toEqual(listed.toSorted());
  });
});
