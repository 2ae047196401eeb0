import { describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { chronicleReader } from "./index.ts";

describe.skipIf(!corporaPresent)(corpusTitle("Google's YARA-L rules"), () => {
  const reading = corporaPresent ? chronicleReader.read(corpusFolder("chronicle")) : null;
  const items = [...(reading?.items ?? [])];
  const rules = items.flatMap((item) => (item.type === "rule" ? [item.rule] : []));
  const count = (test: (rule: (typeof rules)[number]) => boolean): number => rules.filter(test).length;

  test("are all read, one a file", () => {
    expect(items.filter((item) => item.type === "failure")).toEqual([]);
    expect([reading?.files, rules.length]).toEqual([348, 348]);
    expect(new Set(rules.map((one) => one.id)).size).toBe(348);
    expect(count((one) => one.queries.length === 1 && one.queries[0]?.text.startsWith("rule ") === true)).toBe(348);
  });

  test("stand where they are said to stand", () => {
    for (const { raw, path, queries } of rules) {
      for (const { offset, text, line } of queries) {
        expect(raw.slice(offset ?? 0), path).toBe(text);
        expect(raw.slice(0, offset ?? 0).split("\n").length, path).toBe(line);
      }
    }
  });

  test("keep what their meta says", () => {
    expect(count((one) => one.attack.some((tag) => tag.kind === "technique"))).toBe(262);
    expect(count((one) => one.attack.some((tag) => tag.kind === "other"))).toBe(2);
    expect(count((one) => one.severity !== null)).toBe(347);
    expect(count((one) => one.riskScore !== null)).toBe(252);
    expect(count((one) => one.kind === "hunt")).toBe(38);
    expect(count((one) => one.related.length > 0)).toBe(54);
    expect(count((one) => one.licence === "DRL-1.1")).toBe(53);
    expect(count((one) => one.logSources.length > 0)).toBe(342);
    expect(count((one) => one.description === "" || one.authors.length === 0)).toBe(0);
    expect(count((one) => one.lifecycle !== "active")).toBe(0);
  });

  test("lack an id in two files, one of them by a slip of the pen", () => {
    const lacking = rules.filter((one) => one.diagnostics.length > 0);
    expect(lacking.map((one) => one.path.split("/").at(-1))).toEqual([
      "suspicious_download_via_certutil_exe.yaral",
      "gmail_spike_in_undeliverables.yaral",
    ]);
  });
});
