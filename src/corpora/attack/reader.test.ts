import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AttackKnowledge } from "../../rule/attack.ts";
import type { ReadFailure } from "../corpus.ts";
import { attackReader } from "./reader.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary attack "));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
}

function readAll(): { attack: AttackKnowledge | undefined; failures: readonly ReadFailure[]; files: number } {
  const reading = attackReader.read(folder);
  const items = [...reading.items];
  return {
    attack: items.flatMap((one) => (one.type === "attack" ? [one.attack] : []))[0],
    failures: items.flatMap((one) => (one.type === "failure" ? [one.failure] : [])),
    files: reading.files,
  };
}

type Properties = Readonly<Record<string, unknown>>;

/** An object of our own in MITRE's shape. `key` stands for its STIX id. */
function object(type: string, key: string, id: string, more: Properties = {}): Properties {
  const references = [{ source_name: "mitre-attack", external_id: id }];
  return { type, id: `${type}--${key}`, name: `Name of ${id}`, external_references: references, ...more };
}

function link(type: string, source: string, target: string, more: Properties = {}): Properties {
  const id = `relationship--${type} ${source} ${target}`;
  return { type: "relationship", id, relationship_type: type, source_ref: source, target_ref: target, ...more };
}

const phases = (...names: readonly string[]) => ({
  kill_chain_phases: names.map((name) => ({ kill_chain_name: "mitre-attack", phase_name: name })),
});

const objects: readonly Properties[] = [
  object("x-mitre-matrix", "m", "enterprise-attack", {
    tactic_refs: ["x-mitre-tactic--second", "x-mitre-tactic--first", "x-mitre-tactic--gone"],
  }),
  object("x-mitre-tactic", "first", "TA0001", { x_mitre_shortname: "arrive" }),
  object("x-mitre-tactic", "second", "TA0043", { x_mitre_shortname: "look", description: "Looks. (Citation: A)" }),
  object("x-mitre-tactic", "gone", "TA0099", { x_mitre_shortname: "gone", x_mitre_deprecated: true }),
  object("attack-pattern", "a", "T1001", {
    description: "Does a thing.(Citation: A)",
    x_mitre_platforms: ["macOS", "Linux"],
    ...phases("arrive", "look"),
  }),
  object("attack-pattern", "b", "T1001.001", { x_mitre_is_subtechnique: true }),
  object("attack-pattern", "c", "T1002", { revoked: true }),
  object("attack-pattern", "d", "T1003", { revoked: true }),
  object("attack-pattern", "e", "T1004.007", { revoked: true, x_mitre_is_subtechnique: true }),
  object("attack-pattern", "f", "T1005", { x_mitre_deprecated: true }),
  link("subtechnique-of", "attack-pattern--b", "attack-pattern--a"),
  link("revoked-by", "attack-pattern--c", "attack-pattern--d"),
  link("revoked-by", "attack-pattern--d", "attack-pattern--b"),
  object("intrusion-set", "g", "G0001", { aliases: ["Name of G0001", "Other"] }),
  object("malware", "w", "S0002", { x_mitre_aliases: ["Name of S0002"] }),
  object("tool", "t", "S0001", { revoked: true }),
  object("campaign", "k", "C0001"),
  object("course-of-action", "o", "M1001", { x_mitre_deprecated: true }),
  link("uses", "intrusion-set--g", "attack-pattern--a"),
  link("uses", "malware--w", "attack-pattern--b"),
  link("uses", "intrusion-set--g", "malware--w"),
  link("uses", "campaign--k", "attack-pattern--f", { revoked: true }),
  link("uses", "campaign--k", "attack-pattern--nowhere"),
  link("mitigates", "course-of-action--o", "attack-pattern--a"),
  object("x-mitre-data-component", "p", "DC0001", { x_mitre_log_sources: [{ name: "syslog", channel: "auth" }] }),
  object("x-mitre-data-component", "q", "DC0002", { x_mitre_deprecated: true }),
  object("x-mitre-detection-strategy", "s", "DET0001", {
    x_mitre_analytic_refs: ["x-mitre-analytic--n", "x-mitre-analytic--x"],
  }),
  object("x-mitre-analytic", "n", "AN0001", {
    x_mitre_platforms: ["Linux"],
    x_mitre_log_source_references: [
      { x_mitre_data_component_ref: "x-mitre-data-component--p", name: "syslog", channel: "auth" },
    ],
    x_mitre_mutable_elements: [{ field: "Window", description: "How long." }],
  }),
  link("detects", "x-mitre-detection-strategy--s", "attack-pattern--a"),
  {
    type: "marking-definition",
    id: "marking-definition--1",
    definition: { statement: "Copyright 2015-2031, The MITRE Corporation." },
  },
];

const bundle = (members: readonly Properties[]) =>
  JSON.stringify({ type: "bundle", id: "bundle--1", objects: members });

describe("a bundle", () => {
  test("gives all of the model", () => {
    write("enterprise-attack/enterprise-attack-20.3.json", bundle(objects));
    const { attack, failures, files } = readAll();
    expect([failures, files]).toEqual([[], 1]);
    expect(attack).toMatchObject({
      domain: "enterprise-attack",
      version: "20.3",
      notice:
        "© 2031 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.",
    });
    expect(attack?.tactics).toEqual([
      { id: "TA0043", shortName: "look", name: "Name of TA0043", description: "Looks." },
      { id: "TA0001", shortName: "arrive", name: "Name of TA0001", description: "" },
    ]);
    expect(attack?.techniques[0]).toEqual({
      id: "T1001",
      name: "Name of T1001",
      description: "Does a thing.",
      tactics: ["look", "arrive"],
      platforms: ["Linux", "macOS"],
      parent: null,
      revokedBy: null,
      deprecated: false,
    });
    expect(attack?.techniques.map((one) => [one.id, one.parent, one.revokedBy, one.deprecated])).toEqual([
      ["T1001", null, null, false],
      ["T1001.001", "T1001", null, false],
      ["T1002", null, "T1001.001", false],
      ["T1003", null, "T1001.001", false],
      ["T1004.007", "T1004", null, true],
      ["T1005", null, null, true],
    ]);
    expect(attack?.groups.map((one) => [one.id, one.aliases])).toEqual([["G0001", ["Other"]]]);
    expect(attack?.software.map((one) => [one.id, one.revoked])).toEqual([
      ["S0001", true],
      ["S0002", false],
    ]);
    expect(attack?.campaigns.map((one) => one.id)).toEqual(["C0001"]);
    expect(attack?.mitigations.map((one) => [one.id, one.deprecated])).toEqual([["M1001", true]]);
    expect(attack?.uses).toEqual([
      { source: "G0001", kind: "uses", technique: "T1001" },
      { source: "S0002", kind: "uses", technique: "T1001.001" },
      { source: "M1001", kind: "mitigates", technique: "T1001" },
    ]);
    expect(attack?.dataComponents).toEqual([
      { id: "DC0001", name: "Name of DC0001", description: "", logSources: [{ name: "syslog", channel: "auth" }] },
    ]);
    expect(attack?.strategies).toEqual([
      {
        id: "DET0001",
        name: "Name of DET0001",
        techniques: ["T1001"],
        analytics: [
          {
            id: "AN0001",
            name: "Name of AN0001",
            description: "",
            platforms: ["Linux"],
            logSources: [{ component: "DC0001", name: "syslog", channel: "auth" }],
            mutableElements: [{ field: "Window", description: "How long." }],
          },
        ],
      },
    ]);
  });

  test("of the newest version is chosen, by number and not by letter", () => {
    for (const version of ["9.0", "18.1", "18.10", "17.9"]) {
      write(`enterprise-attack/enterprise-attack-${version}.json`, bundle(objects));
    }
    write("enterprise-attack/enterprise-attack.json", bundle(objects));
    const { attack, files } = readAll();
    expect([attack?.version, files]).toEqual(["18.10", 1]);
  });

  test("without a version in its name has that of its collection object, or of the specification", () => {
    const collection = { type: "x-mitre-collection", id: "x-mitre-collection--1", x_mitre_version: "19.0" };
    write("enterprise-attack/enterprise-attack.json", bundle([...objects, collection]));
    expect(readAll().attack?.version).toBe("19.0");
    const pattern = object("attack-pattern", "z", "T1009", { x_mitre_attack_spec_version: "3.3.0" });
    write("enterprise-attack/enterprise-attack.json", bundle([...objects, pattern]));
    expect(readAll().attack?.version).toBe("unknown (specification 3.3.0)");
  });
});

describe("a folder of single objects", () => {
  test("gives the same as the bundle", () => {
    write("enterprise-attack/enterprise-attack.json", bundle(objects));
    const whole = readAll().attack;
    rmSync(join(folder, "enterprise-attack"), { recursive: true });
    for (const [index, one] of objects.entries()) write(`enterprise-attack/${one.type}/${index}.json`, bundle([one]));
    const parts = readAll();
    const sorted = (attack: AttackKnowledge | undefined) => ({
      ...attack,
      uses: attack?.uses.map((use) => `${use.kind} ${use.source} ${use.technique}`).sort(),
    });
    expect(sorted(parts.attack)).toEqual(sorted(whole));
    expect(parts.files).toBe(objects.length);
  });

  test("of an object that is there twice, the one modified last counts", () => {
    const old = object("attack-pattern", "a", "T1001", { name: "Old", modified: "2024-01-01T00:00:00.000Z" });
    const fresh = object("attack-pattern", "a", "T1001", { name: "New", modified: "2025-01-01T00:00:00.000Z" });
    write("enterprise-attack/a.json", bundle([fresh]));
    write("enterprise-attack/b.json", bundle([old]));
    expect(readAll().attack?.techniques.map((one) => one.name)).toEqual(["New"]);
  });
});

describe("faults", () => {
  test.each([
    ['{\n  "type": "bundle",\n  oops\n}', "attack/invalid-json", 3],
    ['{\n"type": "bundle",\n"objects": [', "attack/invalid-json", 3],
    ["[1, 2]", "attack/not-stix", 1],
    ['{"type": "bundle"}', "attack/not-stix", 1],
    ["", "corpus/empty", 1],
  ])("%j is a failure: %s at line %i", (content, code, line) => {
    write("enterprise-attack/enterprise-attack-18.1.json", content);
    const { attack, failures } = readAll();
    expect(attack).toBeUndefined();
    expect(failures).toMatchObject([{ path: "enterprise-attack/enterprise-attack-18.1.json", code, line }]);
  });

  test("a bad file among single objects does not keep the others from being read", () => {
    write("enterprise-attack/attack-pattern/a.json", bundle([object("attack-pattern", "a", "T1001")]));
    write("enterprise-attack/attack-pattern/b.json", "{");
    const { attack, failures } = readAll();
    expect(attack?.techniques.map((one) => one.id)).toEqual(["T1001"]);
    expect(failures.map((one) => `${one.path} ${one.code}`)).toEqual([
      "enterprise-attack/attack-pattern/b.json attack/invalid-json",
    ]);
  });

  test("an object without an ATT&CK id is left out and reported", () => {
    const nameless = { type: "tool", id: "tool--x", name: "X" };
    write("enterprise-attack/enterprise-attack-18.1.json", bundle([object("attack-pattern", "a", "T1001"), nameless]));
    const { attack, failures } = readAll();
    expect(attack?.software).toEqual([]);
    expect(failures).toMatchObject([
      { code: "attack/no-id", message: "The object tool--x has no ATT&CK id and is left out." },
    ]);
  });

  test("values of the wrong shape are passed over", () => {
    const odd = [null, 7, [], { id: 3 }, { type: "attack-pattern", id: "attack-pattern--q", external_references: "x" }];
    const text = JSON.stringify({
      type: "bundle",
      objects: [...odd, object("attack-pattern", "a", "T1001", { name: {}, x_mitre_platforms: 3 })],
    });
    write("enterprise-attack/enterprise-attack-18.1.json", text);
    expect(readAll().attack?.techniques).toMatchObject([{ id: "T1001", name: "", platforms: ["3"] }]);
  });

  test("a folder without ATT&CK yields nothing", () => {
    expect(readAll()).toEqual({ attack: undefined, failures: [], files: 0 });
  });
});
