import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readEmbeddedAttack } from "./embedded.ts";

const sample = {
  source: "Sample",
  version: "1.0",
  notice: "Notice.",
  tactics: [{ id: "TA0001", shortName: "initial-access", name: "Initial Access" }],
  techniques: [
    { id: "T1001", name: "One", tactics: ["initial-access"], platforms: ["Linux"] },
    { id: "T1001.002", name: "Two", tactics: [], platforms: [], parent: "T1001" },
    { id: "T1003", name: "Three", tactics: [], platforms: [], revokedBy: "T1004" },
    { id: "T1004", name: "Four", tactics: [], platforms: [], revokedBy: "T1001.002" },
    { id: "T1005", name: "Five", tactics: [], platforms: [], deprecated: true },
  ],
};

test("turns the facts into knowledge without prose, and follows chains of revocations", () => {
  const attack = readEmbeddedAttack(JSON.stringify(sample));
  expect(attack).toMatchObject({
    domain: "enterprise-attack",
    version: "1.0",
    notice: "Notice.",
    groups: [],
    uses: [],
  });
  expect(attack.tactics).toEqual([
    { id: "TA0001", shortName: "initial-access", name: "Initial Access", description: "" },
  ]);
  expect(attack.techniques.map((one) => [one.id, one.parent, one.revokedBy, one.deprecated])).toEqual([
    ["T1001", null, null, false],
    ["T1001.002", "T1001", null, false],
    ["T1003", null, "T1001.002", false],
    ["T1004", null, "T1001.002", false],
    ["T1005", null, null, true],
  ]);
});

describe("a fault is an error that names the place", () => {
  test.each([
    ["no JSON", "{", "The embedded ATT&CK facts are not JSON."],
    ["no version", JSON.stringify({ ...sample, version: undefined }), "at version"],
    [
      "a bad id",
      JSON.stringify({ ...sample, techniques: [{ ...sample.techniques[0], id: "X1" }] }),
      "at techniques[0].id",
    ],
    ["no techniques", JSON.stringify({ ...sample, techniques: [] }), "at techniques"],
  ])("%s", (_, text, message) => {
    expect(() => readEmbeddedAttack(text)).toThrow(message);
  });
});

test("reads the facts that ship with the project", () => {
  const file = join(import.meta.dirname, "..", "..", "..", "content", "attack", "enterprise.json");
  const attack = readEmbeddedAttack(readFileSync(file, "utf8"));
  expect(attack.version).toBe("18.1");
  expect([attack.tactics.length, attack.techniques.length]).toEqual([14, 835]);
});
