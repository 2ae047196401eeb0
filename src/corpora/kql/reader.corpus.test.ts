import { describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { kqlReader } from "./index.ts";

describe.skipIf(!corporaPresent)(corpusTitle("hunting queries in Markdown"), () => {
  const reading = corporaPresent ? kqlReader.read(corpusFolder("kql")) : null;
  const items = [...(reading?.items ?? [])];
  const rules = items.flatMap((item) => (item.type === "rule" ? [item.rule] : []));
  const queries = rules.flatMap((one) => one.queries);

  test("are all read: 835 queries on 447 pages", () => {
    expect(items.filter((item) => item.type === "failure")).toEqual([]);
    expect([reading?.files, rules.length, queries.length]).toEqual([447, 447, 835]);
    expect(new Set(rules.map((one) => one.id)).size).toBe(447);
    expect(queries.every((one) => one.language === "kusto" && one.role === "main")).toBe(true);
  });

  test("stand where they are said to stand", () => {
    for (const { raw, path, queries: own } of rules) {
      for (const { offset, text, line } of own) {
        expect(raw.startsWith(text, offset ?? -1), path).toBe(true);
        expect(raw.slice(0, offset ?? 0).split("\n").length, path).toBe(line);
        expect(text, path).not.toContain("```\n");
      }
    }
  });

  test("are named by the product that they are for, mostly", () => {
    const named = (title: string): number => queries.filter((one) => one.title === title).length;
    expect([named("Sentinel"), named("Defender XDR")]).toEqual([401, 378]);
    expect(queries.filter((one) => one.title === undefined)).toHaveLength(2);
  });

  test("name their techniques, references, authors and risks", () => {
    expect(rules.filter((one) => one.attack.length > 0)).toHaveLength(120);
    expect(new Set(rules.flatMap((one) => one.attack.map((tag) => tag.id))).size).toBe(81);
    expect(rules.filter((one) => one.references.length > 0)).toHaveLength(271);
    expect(rules.filter((one) => one.authors.length > 0)).toHaveLength(19);
    expect(rules.filter((one) => one.sections.some((section) => section.title === "Risk"))).toHaveLength(158);
  });

  test("have two faulty fences between them", () => {
    expect(
      rules.flatMap((one) => one.diagnostics.map((problem) => [one.path.split("/").at(-1), problem.code])),
    ).toEqual([
      ["SignInsByBrowser.md", "kql/query-on-fence-line"],
      ["nf_ttp_t1562.001_scattered-spider_abuse conditional_access_trusted_locations.md", "kql/unclosed-fence"],
    ]);
  });
});
