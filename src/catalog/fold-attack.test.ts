import { describe, expect, test } from "vitest";
import { attackVersions } from "../corpora/content/index.ts";
import type { AttackKnowledge, Technique } from "../rule/attack.ts";
import type { AttackTag } from "../rule/document.ts";
import { type AttackFold, foldOnto } from "./fold-attack.ts";

function technique(id: string, tactics: readonly string[] = [], revokedBy: string | null = null): Technique {
  const parent = id.includes(".") ? id.slice(0, id.indexOf(".")) : null;
  return { id, name: id, description: "", tactics, platforms: [], parent, revokedBy, deprecated: false };
}

function deprecated(id: string): Technique {
  return { ...technique(id), deprecated: true };
}

/** A tactic is `TA0001 initial-access`. */
function knowing(tactics: readonly string[], techniques: readonly Technique[]): AttackKnowledge {
  return {
    domain: "enterprise-attack",
    version: "0",
    notice: "",
    tactics: tactics.map((one) => {
      const [id = "", shortName = ""] = one.split(" ");
      return { id, shortName, name: shortName, description: "" };
    }),
    techniques,
    groups: [],
    software: [],
    campaigns: [],
    mitigations: [],
    uses: [],
    dataComponents: [],
    strategies: [],
  };
}

const evasion = ["defense-evasion"];
const impairment = ["defense-impairment"];
const persistence = "TA0003 persistence";

const v16 = foldOnto(
  knowing(
    [persistence, "TA0005 defense-evasion"],
    [
      technique("T1562", evasion),
      technique("T1562.001", evasion),
      technique("T1562.004", evasion),
      technique("T1574.001", evasion),
      technique("T1574.002", evasion),
      technique("T1656", evasion),
    ],
  ),
  attackVersions(),
);

const v18 = foldOnto(
  knowing(
    [persistence, "TA0005 defense-evasion"],
    [
      technique("T1027", evasion),
      technique("T1059", ["execution"]),
      deprecated("T1043"),
      deprecated("T1064"),
      technique("T1070.001", evasion),
      technique("T1089", evasion, "T1562.001"),
      technique("T1112", ["persistence", "defense-evasion"]),
      technique("T1211", evasion),
      technique("T1562", evasion),
      technique("T1562.001", evasion),
      technique("T1562.004", evasion),
      technique("T1562.013", evasion),
      technique("T1574.001", evasion),
      technique("T1574.002", evasion, "T1574.001"),
      technique("T1656", evasion),
    ],
  ),
  attackVersions(),
);

const v19 = foldOnto(
  knowing(
    [persistence, "TA0005 stealth", "TA0112 defense-impairment"],
    [
      technique("T1027", ["stealth"]),
      technique("T1059", ["execution"]),
      technique("T1112", ["persistence", "defense-impairment"]),
      technique("T1222", ["stealth", "defense-impairment"]),
      // As MITRE's data has it. That of T1562.004 is left out, as a bundle of active objects would.
      technique("T1562.001", [], "T1685"),
      technique("T1685", impairment),
      technique("T1685.001", impairment),
      technique("T1686", impairment),
      technique("T1684.001", ["stealth"]),
    ],
  ),
  attackVersions(),
);

function tag(id: string): AttackTag {
  return { kind: /^T\d/.test(id) ? "technique" : "tactic", id, written: `attack.${id.toLowerCase()}` };
}

/** Where the tags stand; a star marks what was folded. */
function places(fold: AttackFold, ...ids: readonly string[]): readonly string[] {
  return fold.tags(ids.map(tag)).map((one) => `${one.id}${one.folded ? " *" : ""}`);
}

describe("techniques", () => {
  test.each([
    ["what is in force stays", v18, "T1562.001", "T1562.001"],
    ["so does what a later version revoked", v16, "T1574.002", "T1574.002"],
    ["revoked-by of the loaded version comes first", v18, "T1574.002", "T1574.001 *"],
    ["even from long ago", v18, "T1089", "T1562.001 *"],
    ["a new parent, on the one of its predecessors that has its name", v18, "T1685", "T1562.001 *"],
    ["a new sub-technique, on a sub-technique of another", v18, "T1685.005", "T1070.001 *"],
    ["the newest predecessor that the version has", v18, "T1686.002", "T1562.013 *"],
    ["and an older one where it does not", v16, "T1686.002", "T1562.004 *"],
    ["one that was cut out of another", v18, "T1687", "T1211 *"],
    ["a new sub-technique of an old technique", v18, "T1027.018", "T1027 *"],
    ["a sub-technique that is in no table, on its parent", v16, "T1562.099", "T1562 *"],
    ["deprecated in favour of one", v18, "T1064", "T1059 *"],
    ["deprecated in favour of nothing", v18, "T1043", "T1043"],
    ["revoked by the loaded version", v19, "T1562.001", "T1685 *"],
    ["the same from the table alone", v19, "T1562.004", "T1686 *"],
    ["several old ones meet", v19, "T1562.006", "T1685 *"],
    ["a sub-technique of another parent", v19, "T1562.002", "T1685.001 *"],
    ["a parent that was taken apart", v19, "T1562", "T1685 *"],
    ["a technique that became a sub-technique", v19, "T1656", "T1684.001 *"],
    ["and back", v18, "T1684.001", "T1656 *"],
    ["an id that nobody knows is kept", v18, "T9999", "T9999"],
    ["and a sub-technique of it", v18, "T9999.001", "T9999.001"],
  ])("%s", (_, fold, id, place) => {
    expect(places(fold, id)).toEqual([place]);
  });

  test("a circle of revocations ends, and one of the table", () => {
    const circle = knowing([], [technique("T1001", [], "T1002"), technique("T1002", [], "T1001")]);
    expect(places(foldOnto(circle, attackVersions()), "T1001", "T1685")).toEqual(["T1002 *", "T1685"]);
  });

  test("what stands for another can be asked, without a rule", () => {
    expect([v18.technique("T1685"), v18.technique("T1562"), v18.technique("T9999")]).toEqual(["T1562.001", null, null]);
  });
});

describe("tactics", () => {
  test.each([
    ["by id or by name, they are the same", v18, ["TA0003", "persistence"], ["persistence", "persistence"]],
    ["both halves meet under the whole", v18, ["stealth", "TA0112"], ["defense-evasion *", "defense-evasion *"]],
    ["the id of the whole is no fold where it is loaded", v18, ["TA0005"], ["defense-evasion"]],
    ["the halves are themselves where they are loaded", v19, ["stealth", "TA0112"], ["stealth", "defense-impairment"]],
    ["the whole, where techniques decide", v19, ["T1562.001", "defense-evasion"], ["T1685 *", "defense-impairment *"]],
    [
      "where they belong to another tactic as well",
      v19,
      ["T1112", "defense-evasion"],
      ["T1112", "defense-impairment *"],
    ],
    [
      "where they belong to both halves",
      v19,
      ["T1222", "defense-evasion"],
      ["T1222", "stealth *", "defense-impairment *"],
    ],
    ["where they say nothing", v19, ["T1059", "defense-evasion"], ["T1059", "stealth *", "defense-impairment *"]],
    ["where there is none", v19, ["defense-evasion"], ["stealth *", "defense-impairment *"]],
    [
      "an id of two meanings, where techniques decide",
      v19,
      ["TA0005", "T1562.001"],
      ["T1685 *", "defense-impairment *"],
    ],
    ["where they decide for what it means now", v19, ["TA0005", "T1027"], ["T1027", "stealth"]],
    ["where nothing decides", v19, ["TA0005"], ["stealth", "defense-impairment *"]],
    ["where another tag knows the new meaning", v19, ["TA0005", "T1685"], ["T1685", "stealth"]],
    ["a name that nobody knows is kept", v18, ["nonsense"], ["nonsense"]],
  ])("%s", (_, fold, ids, expected) => {
    expect(places(fold, ...ids)).toEqual(expected);
  });

  test("what takes the place of another can be asked, without a rule", () => {
    expect([v18.tactics("stealth"), v18.tactics("defense-evasion"), v19.tactics("defense-evasion")]).toEqual([
      ["defense-evasion"],
      [],
      ["stealth", "defense-impairment"],
    ]);
  });
});

test("tags of groups and software stand nowhere", () => {
  expect(v18.tags([{ kind: "group", id: "G0016", written: "attack.g0016" }])).toEqual([]);
});
