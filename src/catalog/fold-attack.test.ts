import { expect, test } from "vitest";
import type { AttackKnowledge, Technique } from "../rule/attack.ts";
import type { AttackTag } from "../rule/document.ts";
import { foldOnto } from "./fold-attack.ts";

function technique(id: string, revokedBy: string | null = null): Technique {
  return { id, name: id, description: "", tactics: [], platforms: [], parent: null, revokedBy, deprecated: false };
}

function knowing(techniques: readonly Technique[]): AttackKnowledge {
  return {
    domain: "enterprise-attack",
    version: "0",
    notice: "",
    tactics: [{ id: "TA0001", shortName: "initial-access", name: "Initial Access", description: "" }],
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

function tag(kind: AttackTag["kind"], id: string): AttackTag {
  return { kind, id, written: id };
}

test("a revoked technique leads to the one in force, over several steps", () => {
  const fold = foldOnto(
    knowing([technique("T1150", "T1547.011"), technique("T1547.011", "T1647"), technique("T1647")]),
  );
  expect(fold(tag("technique", "T1150"))).toEqual({ kind: "technique", id: "T1647" });
});

test("a circle of revocations ends", () => {
  const fold = foldOnto(knowing([technique("T1", "T2"), technique("T2", "T1")]));
  expect(fold(tag("technique", "T1"))?.kind).toBe("technique");
});

test("an id that this version does not know is kept", () => {
  expect(foldOnto(knowing([]))(tag("technique", "T1685"))).toEqual({ kind: "technique", id: "T1685" });
});

test("tactics meet under their short name, other tags stand nowhere", () => {
  const fold = foldOnto(knowing([]));
  expect(fold(tag("tactic", "TA0001"))).toEqual({ kind: "tactic", id: "initial-access" });
  expect(fold(tag("tactic", "stealth"))).toEqual({ kind: "tactic", id: "stealth" });
  expect(fold(tag("group", "G0016"))).toBeNull();
});
