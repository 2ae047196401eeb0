import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { madeCounts } from "../components/package/testing.ts";
import { createVisitor } from "../crawl/visitor.ts";
import { openTestSite, type TestSite } from "../testing.ts";
import { packagesPageOf } from "./packages.tsx";

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite(undefined, false, [packagesPageOf(() => madeCounts())]);
}, 60_000);

afterAll(() => site.close());

async function techniquesOf(question: string): Promise<readonly string[]> {
  const response = await site.app.request(`/api/packages${question}`);
  const { techniques } = (await response.json()) as {
    techniques: { id: string; platforms: { id: string }[] }[];
  };
  return techniques.map((one) => `${one.id} ${one.platforms.map(({ id }) => id).join("+")}`);
}

test.each(["visit", "validate", "twin"] as const)(
  "the list of packages passes the rules of the crawl: %s",
  async (type) => {
    const addresses = [
      "/packages",
      "/packages?platform=qradar&absence=no-rule",
      "/packages?q=nothing",
      "/packages?page=9",
    ];
    expect((await createVisitor(site).work({ type, addresses })).faults).toEqual([]);
  },
);

describe("the list of packages", () => {
  test.each([
    ["", ["T1001 elastic+splunk", "T1002 elastic"]],
    ["?platform=splunk", ["T1001 splunk"]],
    ["?log=Registry", ["T1002 elastic"]],
    ["?severity=high", ["T1001 elastic"]],
    ["?proof=proved", ["T1001 elastic"]],
    ["?proof=unproved", ["T1001 splunk", "T1002 elastic"]],
    ["?origin=authored", ["T1001 elastic"]],
    ["?origin=authored&proof=unproved", []],
    ["?origin=none&platform=qradar", ["T1001 qradar", "T1002 qradar"]],
    ["?absence=no-log-source", ["T1002 qradar"]],
    ["?q=second", ["T1002 elastic"]],
  ])("narrowed by %s", async (question, expected) => {
    expect(await techniquesOf(question)).toEqual(expected);
  });

  test("counts packages and absences by platform, and leads to both", async () => {
    const page = await (await site.app.request("/packages")).text();
    expect(page).toContain('<a href="/packages?platform=qradar&amp;absence=no-log-source">1</a>');
    expect(page).toContain("2 techniques.");
  });

  test.each(["platform=klingon", "severity=bad", "proof=x", "origin=x", "absence=x", "log=x"])(
    "refuses %s in words",
    async (question) => {
      const response = await site.app.request(`/packages?${question}`);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(`${question.split("=")[0]} must be one of these`);
    },
  );
});
