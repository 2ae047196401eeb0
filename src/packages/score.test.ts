import { describe, expect, test } from "vitest";
import { pointsOf, scoreOf } from "./score.ts";
import { scoreTable } from "./score-table.ts";
import type { Standing } from "./standings.ts";

const question = { techniques: ["T1033"], built: "2026-06-01" };

const plain: Standing = {
  key: 1,
  id: "sigma:1",
  corpus: "sigma",
  title: "A rule",
  language: "sigma",
  kind: "rule",
  status: "",
  severity: null,
  created: null,
  modified: null,
  licence: "DRL-1.1",
  url: null,
  rarest: null,
  facets: 0,
  exclusions: 0,
  fired: new Map(),
  ownOf: [],
  exercised: null,
  verdicts: {},
};

const points = (rule: Partial<Standing>, part: string, verdict: "native" | "exact" | "approximated" = "exact") =>
  scoreOf({ ...plain, ...rule }, verdict, question).parts.find((one) => one.name === part)?.points;

describe("a score", () => {
  test("is out of 100, and the sum of its parts", () => {
    expect(Object.values(scoreTable).reduce((sum, one) => sum + one.most, 0)).toBe(100);
    const best: Standing = {
      ...plain,
      status: "production",
      severity: "critical",
      modified: "2026-05-01",
      rarest: 1,
      facets: 3,
      exclusions: 3,
      fired: new Map([["T1033", "certain"]]),
      exercised: 4,
    };
    const score = scoreOf(best, "native", question);
    expect(score.total).toBe(100);
    expect(score.parts.every((one) => one.points === one.most)).toBe(true);
    expect(score.parts.every((one) => one.why.endsWith("."))).toBe(true);
    const nothing = scoreOf(plain, "approximated", question);
    expect(nothing.total).toBe(nothing.parts.reduce((sum, one) => sum + one.points, 0));
    expect(pointsOf(plain, "approximated", question)).toBe(nothing.total);
  });

  test("values what is mature, and no alert of its own less", () => {
    expect(points({ status: "stable" }, "Maturity")).toBe(20);
    expect(points({ status: "stable", kind: "hunt" }, "Maturity")).toBe(10);
    expect(points({ status: "experimental" }, "Maturity")).toBeLessThan(points({ status: "" }, "Maturity") ?? 0);
  });

  test("values proof on the technique over proof elsewhere, and silence least", () => {
    const here = points({ fired: new Map([["T1033", "possible"]]), exercised: 1 }, "Proof") ?? 0;
    const elsewhere = points({ fired: new Map([["T1059", "certain"]]), exercised: 1 }, "Proof") ?? 0;
    const untried = points({ exercised: 0 }, "Proof") ?? 0;
    const silent = points({ exercised: 3 }, "Proof") ?? 0;
    expect([here, elsewhere, untried, silent]).toEqual([16, 12, 9, 4]);
    expect(points({ ownOf: ["T1033"], exercised: 3 }, "Proof")).toBe(25);
    expect(points({ ownOf: ["T1059"], exercised: 3 }, "Proof")).toBe(4);
    expect(points({ exercised: null }, "Proof")).toBe(untried);
  });

  test("values rare values, several things at once and exclusions", () => {
    expect(points({ rarest: 2 }, "Precision")).toBe(10);
    expect(points({ rarest: 60 }, "Precision")).toBe(2);
    expect(points({ rarest: 2, facets: 2, exclusions: 1 }, "Precision")).toBe(16);
  });

  test("counts years from the build", () => {
    expect(points({ modified: "2026-01-01" }, "Freshness")).toBe(10);
    expect(points({ modified: "2024-12-01" }, "Freshness")).toBe(8);
    expect(points({ modified: "2019-01-01" }, "Freshness")).toBe(2);
    expect(points({ created: "2019-01-01", modified: "2026-01-01" }, "Freshness")).toBe(10);
    expect(points({ created: "2026-01-01" }, "Freshness")).toBe(10);
    expect(points({}, "Freshness")).toBe(5);
  });

  test("says whether it was translated", () => {
    expect(points({}, "Exactness", "native")).toBe(10);
    expect(points({}, "Exactness", "approximated")).toBe(4);
  });
});
