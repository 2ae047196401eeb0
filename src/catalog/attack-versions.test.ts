import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCatalog } from "./build.ts";
import { type Database, openReadOnly } from "./database.ts";
import { corpus } from "./queries/corpora.ts";
import { rule } from "./queries/rule.ts";
import { search } from "./queries/search.ts";
import { technique, techniqueSummary } from "./queries/technique.ts";
import type { BuildReport } from "./report.ts";

const folder = mkdtempSync(join(tmpdir(), "detectionary-versions-"));
const opened: Database[] = [];
afterAll(() => {
  for (const database of opened) database.close();
  rmSync(folder, { recursive: true, force: true });
});

function sigma(id: number, ...tags: readonly string[]): string {
  return `title: Rule ${id}
id: 00000000-0000-4000-8000-00000000000${id}
status: test
level: high
tags: [${tags.map((one) => `attack.${one}`).join(", ")}]
logsource: { category: process_creation, product: windows }
detection:
  selection:
    Image|endswith: '\\tool.exe'
  condition: selection
`;
}

/** Builds a catalog of these files; without ATT&CK among them, the version that ships (18.1) is loaded. */
async function build(name: string, files: Readonly<Record<string, string>>) {
  const corpora = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(corpora, path)), { recursive: true });
    writeFileSync(join(corpora, path), text);
  }
  const report = await buildCatalog({ out: join(folder, `${name}.sqlite`), corporaFolder: corpora });
  const database = openReadOnly(report.catalog);
  opened.push(database);
  return { report, database };
}

/** A hand-made version 19 with what the tests speak of. */
function version19(): string {
  const id = (external: string) => [{ source_name: "mitre-attack", external_id: external }];
  const tactic = (external: string, name: string) => ({
    type: "x-mitre-tactic",
    id: `x-mitre-tactic--${external}`,
    name,
    x_mitre_shortname: name,
    external_references: id(external),
  });
  const pattern = (external: string, name: string, tactics: readonly string[], revoked = false) => ({
    type: "attack-pattern",
    id: `attack-pattern--${external}`,
    name,
    revoked,
    kill_chain_phases: tactics.map((phase_name) => ({ kill_chain_name: "mitre-attack", phase_name })),
    external_references: id(external),
  });
  const objects = [
    tactic("TA0005", "stealth"),
    tactic("TA0112", "defense-impairment"),
    pattern("T1027", "Obfuscated Files or Information", ["stealth"]),
    pattern("T1562.001", "Disable or Modify Tools", ["defense-evasion"], true),
    pattern("T1685", "Disable or Modify Tools", ["defense-impairment"]),
    pattern("T1686", "Disable or Modify System Firewall", ["defense-impairment"]),
    {
      type: "relationship",
      id: "relationship--1",
      relationship_type: "revoked-by",
      source_ref: "attack-pattern--T1562.001",
      target_ref: "attack-pattern--T1685",
    },
  ];
  return JSON.stringify({ type: "bundle", objects });
}

describe("rules of version 19, version 18 loaded", () => {
  let report: BuildReport;
  let database: Database;
  beforeAll(async () => {
    ({ report, database } = await build("v18", {
      "sigma/rules/a.yml": sigma(1, "t1685", "stealth", "defense-impairment"),
      "sigma/rules/b.yml": sigma(2, "t1562.001", "t1685", "defense_evasion"),
      "sigma/deprecated/c.yml": sigma(3, "t1685"),
    }));
  });

  test("stand under the technique and the tactic that version 18 has for them", () => {
    expect(rule(database, "sigma", "a")?.techniques).toEqual([
      { id: "T1562.001", name: "Disable or Modify Tools", written: "attack.t1685", foldedFrom: ["attack.t1685"] },
    ]);
    expect(rule(database, "sigma", "a")?.tactics).toEqual([
      {
        id: "defense-evasion",
        name: "Defense Evasion",
        written: "attack.stealth",
        foldedFrom: ["attack.defense-impairment", "attack.stealth"],
      },
    ]);
  });

  test("keep what names the technique itself before what was folded onto it", () => {
    const tags = rule(database, "sigma", "b");
    expect(tags?.techniques.map((one) => [one.id, one.written, one.foldedFrom])).toEqual([
      ["T1562.001", "attack.t1562.001", ["attack.t1685"]],
    ]);
    expect(tags?.tactics.map((one) => [one.id, one.written, one.foldedFrom])).toEqual([
      ["defense-evasion", "attack.defense_evasion", []],
    ]);
  });

  test("are counted on the page of the technique, active ones only", () => {
    const page = technique(database, "T1562.001");
    expect(page?.foldedFrom).toEqual([{ id: "T1685", name: "Disable or Modify Tools", rules: 2 }]);
    expect(
      page?.rules.filter((one) => one.corpus === "sigma").map((one) => [one.slug, one.written, one.foldedFrom]),
    ).toEqual([
      ["a", "attack.t1685", ["T1685"]],
      ["b", "attack.t1562.001", ["T1685"]],
      ["c", "attack.t1685", ["T1685"]],
    ]);
  });

  test("are found by either id, and so is the technique", () => {
    for (const query of ["T1685", "t1562.001"]) {
      const found = search(database, { query, corpus: "sigma" });
      expect(found.rules.map((one) => one.slug).sort(), query).toEqual(["a", "b", "c"]);
      expect(found.attack[0]?.id, query).toBe("T1562.001");
    }
    expect(search(database, { query: "", technique: "T1685", corpus: "sigma" }).total).toBe(3);
    expect(search(database, { query: "Prevent Command History" }).attack[0]?.id).toBe("T1562.003");
    expect(search(database, { query: "impairment" }).attack.map((one) => one.id)).toContain("TA0005");
  });

  test("an id that no rule names leads to its technique, too", () => {
    expect(techniqueSummary(database, "T1685.003")?.id).toBe("T1562.011");
    expect(techniqueSummary(database, "T1086")).toMatchObject({ id: "T1086", revokedBy: "T1059.001" });
  });

  test("are reported, a tag once", () => {
    expect(report.corpora.find((one) => one.id === "sigma")?.folded).toBe(5);
    expect(corpus(database, "sigma")?.folded).toBe(5);
    expect(corpus(database, "detectionary")?.folded).toBe(0);
  });
});

describe("rules of version 18, version 19 loaded", () => {
  let report: BuildReport;
  let database: Database;
  beforeAll(async () => {
    ({ report, database } = await build("v19", {
      "attack/enterprise-attack-19.1.json": version19(),
      "sigma/rules/a.yml": sigma(1, "t1562.001", "defense-evasion"),
      "sigma/rules/b.yml": sigma(2, "t1562.004"),
      "sigma/rules/c.yml": sigma(3, "t1027", "defense_evasion"),
      "sigma/rules/d.yml": sigma(4, "defense-evasion"),
      "sigma/rules/e.yml": sigma(5, "t1686", "defense-impairment"),
    }));
  });

  test("stand under their successors, with the tactic that their techniques decide on", () => {
    const places = ["a", "b", "c", "d", "e"].map((slug) => {
      const found = rule(database, "sigma", slug);
      return [...(found?.techniques ?? []), ...(found?.tactics ?? [])].map((one) => one.id).join(" ");
    });
    expect(places).toEqual([
      "T1685 defense-impairment",
      "T1686",
      "T1027 stealth",
      "defense-impairment stealth",
      "T1686 defense-impairment",
    ]);
  });

  test("are counted and found by either id", () => {
    expect(technique(database, "T1685")?.foldedFrom[0]?.id).toBe("T1562.001");
    expect(technique(database, "T1562.004")?.id).toBe("T1686");
    expect(search(database, { query: "T1562.004" }).attack[0]?.id).toBe("T1686");
    expect(report.corpora.find((one) => one.id === "sigma")?.folded).toBe(5);
  });
});
