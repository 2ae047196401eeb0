import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCheckedYaml } from "../content/checked-yaml.ts";
import { contentFolder } from "../content/folder.ts";
import { attackVersions, embeddedAttack } from "../content/index.ts";
import { attackVersionsSchema } from "./versions.ts";

describe("the table that ships", () => {
  const { techniques, tactics } = attackVersions();
  const embedded = embeddedAttack();
  const known = new Map(embedded.techniques.map((one) => [one.id, one]));

  test("names every retired technique as version 18.1 does", () => {
    const retired = techniques.filter((one) => one.until !== undefined);
    expect(retired).toHaveLength(19);
    expect(retired.filter((one) => known.get(one.id)?.name !== one.name)).toEqual([]);
  });

  test("has no technique as new that version 18.1 knows", () => {
    const added = techniques.filter((one) => one.since !== undefined);
    expect(added).toHaveLength(19);
    expect(added.filter((one) => known.has(one.id))).toEqual([]);
  });

  test("leads every new technique back to one in force in version 18.1", () => {
    const lost = techniques
      .filter((one) => one.since !== undefined)
      .filter(
        ({ instead: [best = ""] }) => known.get(best)?.revokedBy !== null || known.get(best)?.deprecated === true,
      );
    expect(lost).toEqual([]);
  });

  test("leads every technique that version 19 retired to one that came with it", () => {
    const added = new Set(techniques.filter((one) => one.since === "19.0").map((one) => one.id));
    const retired = techniques.filter((one) => one.until === "18.1");
    expect(retired).toHaveLength(17);
    expect(retired.filter((one) => !one.instead.every((id) => added.has(id)))).toEqual([]);
  });

  test("splits one tactic in two", () => {
    expect(tactics.map((one) => [one.id, one.shortName, one.instead.join(" ")])).toEqual([
      ["TA0005", "defense-evasion", "stealth defense-impairment"],
      ["TA0005", "stealth", "defense-evasion"],
      ["TA0112", "defense-impairment", "defense-evasion"],
    ]);
    expect(embedded.tactics.some((one) => one.shortName === "defense-evasion")).toBe(true);
  });
});

describe("a fault in it is told with file and line", () => {
  const text = readFileSync(join(contentFolder, "attack", "versions.yaml"), "utf8");
  const line = 1 + text.split("\n").findIndex((one) => one.includes("{ id: T1685, "));
  const read = (before: string, after: string) => () => {
    expect(text).toContain(before);
    return readCheckedYaml("content/attack/versions.yaml", text.replace(before, after), attackVersionsSchema);
  };

  test.each([
    ["no id of a technique", "{ id: T1685,", "{ id: S1685,", "Expected the id of a technique"],
    [
      "a release without quotes",
      'name: Disable or Modify Tools, since: "19.0"',
      "name: Disable, since: 19",
      "expected string",
    ],
    ["neither end", 'Tools, since: "19.0",', "Tools,", "either `since` or `until`"],
    ["nothing instead", 'since: "19.0", instead: [T1562.001] }', 'since: "19.0", instead: [] }', "instead"],
    ["itself instead", "instead: [T1562.001] }", "instead: [T1685] }", "cannot stand in for itself"],
    ["an id twice", "{ id: T1685,", "{ id: T1562,", "T1562 stands here twice"],
  ])("%s", (_, before, after, message) => {
    expect(read(before, after)).toThrow(new RegExp(`^content/attack/versions\\.yaml:${line}: .*${message}`, "mu"));
  });
});
