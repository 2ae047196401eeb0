import { describe, expect, test } from "vitest";
import type { Platform } from "./platform.ts";
import { platforms } from "./registry.ts";
import { sqlPlatforms } from "./sql/index.ts";
import { systemNamed, systemNames, systems, verdictOn } from "./systems.ts";
import type { RemarkCode, Translation } from "./translation.ts";

const elastic = systems.find((one) => one.id === "elastic");
if (elastic === undefined) throw new Error("no Elastic");

const answer =
  (verdict: Translation["verdict"], codes: readonly RemarkCode[] = []) =>
  (platform: Platform) => ({
    platform: platform.id,
    query: null,
    verdict,
    broader: false,
    report: codes.map((code) => ({ part: "", verdict: "lost" as const, code, why: "" })),
    logSources: [],
    fields: [],
  });

describe("systems", () => {
  test.each([
    ["chronicle", "google-secops"],
    ["secops", "google-secops"],
    ["Sentinel", "sentinel"],
    ["defender", "sentinel"],
    ["microsoft", "sentinel"],
    ["eql", "elastic"],
    ["elastic-esql", "elastic"],
    ["cql", "logscale"],
    ["sigma", "sigma"],
  ])("%s is %s", (name, id) => {
    expect(systemNamed(name)?.id).toBe(id);
  });

  test("names lead to one system each, and every platform but SQL belongs to one", () => {
    expect(new Set(systemNames).size).toBe(systemNames.length);
    expect(platforms.filter((one) => systemNamed(one.id) === null)).toEqual(sqlPlatforms);
    expect(systemNamed("nobody")).toBeNull();
  });
});

describe("what becomes of a rule", () => {
  test("in the system's own language it is native, and nothing is translated", () => {
    const never = () => {
      throw new Error("translated");
    };
    expect(verdictOn(elastic, "kuery", never)).toEqual({ type: "native" });
  });

  test("an exact query in a later language goes before an approximated one", () => {
    const translate = (platform: Platform) =>
      answer(platform.id === "elastic-esql" ? "exact" : "approximated")(platform);
    expect(verdictOn(elastic, "sigma", translate)).toEqual({ type: "exact", platform: "elastic-esql" });
    expect(verdictOn(elastic, "sigma", answer("approximated"))).toEqual({
      type: "approximated",
      platform: "elastic-eql",
    });
  });

  test("a log that is not there is the reason before all others", () => {
    expect(verdictOn(elastic, "sigma", answer("not-expressible", ["no-field", "no-log-source"]))).toEqual({
      type: "not-expressible",
      code: "no-log-source",
    });
    expect(verdictOn(elastic, "sigma", answer("not-expressible"))).toEqual({
      type: "not-expressible",
      code: "no-query",
    });
  });
});
