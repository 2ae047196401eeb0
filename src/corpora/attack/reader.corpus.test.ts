import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { readEmbeddedAttack } from "./embedded.ts";
import { attackReader } from "./reader.ts";

describe.skipIf(!corporaPresent)(corpusTitle("Enterprise ATT&CK 18.1"), () => {
  const items = corporaPresent ? [...attackReader.read(corpusFolder("attack")).items] : [];
  const [item] = items;
  const attack = item?.type === "attack" ? item.attack : null;
  const techniques = attack?.techniques ?? [];
  const active = techniques.filter((one) => one.revokedBy === null && !one.deprecated);

  test("is one item without a failure", () => {
    expect(items.map((one) => one.type)).toEqual(["attack"]);
    expect([attack?.domain, attack?.version]).toEqual(["enterprise-attack", "18.1"]);
    expect(attack?.notice).toMatch(/^© 2025 The MITRE Corporation\./);
  });

  test("has so many techniques", () => {
    expect(active.filter((one) => one.parent === null)).toHaveLength(216);
    expect(active.filter((one) => one.parent !== null)).toHaveLength(475);
    expect(techniques.filter((one) => one.revokedBy !== null)).toHaveLength(132);
    expect(techniques.filter((one) => one.deprecated)).toHaveLength(12);
  });

  test("has its tactics in the order of the matrix", () => {
    expect(attack?.tactics).toHaveLength(14);
    expect([attack?.tactics[0]?.id, attack?.tactics[2]?.id, attack?.tactics[13]?.id]).toEqual([
      "TA0043",
      "TA0001",
      "TA0040",
    ]);
  });

  test("leads each revoked technique to an active one, through the three chains", () => {
    const ids = new Set(active.map((one) => one.id));
    const lost = techniques.filter((one) => one.revokedBy !== null && !ids.has(one.revokedBy));
    expect(lost.map((one) => one.id)).toEqual([]);
    expect(techniques.find((one) => one.id === "T1086")?.revokedBy).toBe("T1059.001");
  });

  test("has so many of everything else", () => {
    const analytics = attack?.strategies.flatMap((one) => one.analytics) ?? [];
    expect({
      groups: attack?.groups.length,
      software: attack?.software.length,
      campaigns: attack?.campaigns.length,
      mitigations: attack?.mitigations.length,
      currentMitigations: attack?.mitigations.filter((one) => !one.deprecated).length,
      uses: attack?.uses.filter((one) => one.kind === "uses").length,
      mitigates: attack?.uses.filter((one) => one.kind === "mitigates").length,
      dataComponents: attack?.dataComponents.length,
      strategies: attack?.strategies.length,
      analytics: analytics.length,
      logSources: analytics.flatMap((one) => one.logSources).length,
    }).toEqual({
      groups: 187,
      software: 787,
      campaigns: 52,
      mitigations: 268,
      currentMitigations: 44,
      uses: 16017,
      mitigates: 1445,
      dataComponents: 106,
      strategies: 691,
      analytics: 1739,
      logSources: 4126,
    });
  });

  test("names a known data component for every log source, and detects every active technique", () => {
    const components = new Set(attack?.dataComponents.map((one) => one.id));
    const sources = attack?.strategies.flatMap((one) => one.analytics).flatMap((one) => one.logSources) ?? [];
    expect(sources.filter((one) => !components.has(one.component))).toEqual([]);
    const detected = new Set(attack?.strategies.flatMap((one) => one.techniques));
    expect(active.filter((one) => !detected.has(one.id)).map((one) => one.id)).toEqual([]);
  });

  test("has no mark of a reference left in its texts", () => {
    expect(JSON.stringify(attack)).not.toContain("(Citation: ");
  });

  test("says the same as the facts that ship with the project", () => {
    const file = join(import.meta.dirname, "..", "..", "..", "content", "attack", "enterprise.json");
    const embedded = readEmbeddedAttack(readFileSync(file, "utf8"));
    const bare = <T extends { readonly description: string }>(all: readonly T[] = []) =>
      all.map((one) => ({ ...one, description: "" }));
    expect(bare(attack?.techniques)).toEqual(embedded.techniques);
    expect(bare(attack?.tactics)).toEqual(embedded.tactics);
  });
});
