import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";

interface Technique {
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly string[];
  readonly platforms: readonly string[];
  readonly parent?: string;
  readonly revokedBy?: string;
  readonly deprecated?: true;
}
interface AttackFacts {
  readonly source: string;
  readonly version: string;
  readonly notice: string;
  readonly tactics: readonly { readonly id: string; readonly shortName: string; readonly name: string }[];
  readonly techniques: readonly Technique[];
}
interface Rule {
  readonly title: string;
  readonly id: string;
  readonly name?: string;
  readonly status: string;
  readonly description: string;
  readonly references: readonly string[];
  readonly author: string;
  readonly date: string;
  readonly license: string;
  readonly level: string;
  readonly tags: readonly string[];
  readonly falsepositives: readonly string[];
  readonly logsource?: Readonly<Record<string, string>>;
  readonly detection?: Readonly<Record<string, unknown>>;
  readonly correlation?: { readonly type: string; readonly rules: readonly string[]; readonly timespan: string };
}

const here = new URL(".", import.meta.url);
const attack: AttackFacts = JSON.parse(readFileSync(new URL("attack/enterprise.json", here), "utf8"));
const byId = new Map(attack.techniques.map((technique) => [technique.id, technique]));
const active = attack.techniques.filter((technique) => !technique.revokedBy && !technique.deprecated);

const ruleFiles = readdirSync(new URL("rules/", here), { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".yml"))
  .sort();
const documents = ruleFiles.flatMap((path) =>
  parseAllDocuments(readFileSync(new URL(`rules/${path}`, here), "utf8")).map((document, index) => ({
    label: `${path}#${index}`,
    errors: [...document.errors, ...document.warnings],
    rule: document.toJS() as Rule,
  })),
);

const techniquesOf = (rule: Rule) =>
  rule.tags.filter((tag) => /^attack\.t\d/.test(tag)).map((tag) => tag.slice("attack.".length).toUpperCase());
const tacticsOf = (rule: Rule) =>
  rule.tags.filter((tag) => !/^attack\.t\d/.test(tag)).map((tag) => tag.slice("attack.".length));

describe("ATT&CK facts", () => {
  test("hold the active techniques of version 18.1", () => {
    expect(attack.version).toBe("18.1");
    expect(active.filter((technique) => !technique.parent)).toHaveLength(216);
    expect(active.filter((technique) => technique.parent)).toHaveLength(475);
    expect(attack.techniques).toHaveLength(835);
    expect(byId.size).toBe(835);
  });

  test("name the tactics in the order of the matrix", () => {
    expect(attack.tactics.map((tactic) => tactic.id).join(" ")).toBe(
      "TA0043 TA0042 TA0001 TA0002 TA0003 TA0004 TA0005 TA0006 TA0007 TA0008 TA0009 TA0011 TA0010 TA0040",
    );
  });

  test("carry the notice of MITRE", () => {
    expect(attack.notice).toBe(
      "© 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.",
    );
    expect(readFileSync(new URL("attack/LICENSE.txt", here), "utf8")).toContain(attack.notice);
  });

  test("are sorted by id", () => {
    const ids = attack.techniques.map((technique) => technique.id);
    expect(ids).toEqual(ids.toSorted());
  });

  test("give each technique a name, known tactics and an existing parent", () => {
    const tactics = new Set(attack.tactics.map((tactic) => tactic.shortName));
    const broken = attack.techniques.filter(
      ({ name, tactics: own, platforms, parent, id }) =>
        !name ||
        own.length === 0 ||
        own.some((tactic) => !tactics.has(tactic)) ||
        platforms.length === 0 ||
        (parent !== undefined && !byId.has(parent)) ||
        id.includes(".") !== (parent !== undefined),
    );
    expect(broken).toEqual([]);
  });

  test("let every revoked technique end at an active one", () => {
    const endOf = (technique: Technique, steps = 0): Technique | undefined => {
      if (!technique.revokedBy) return technique;
      const next = byId.get(technique.revokedBy);
      return next && steps < 10 ? endOf(next, steps + 1) : undefined;
    };
    const revoked = attack.techniques.filter((technique) => technique.revokedBy);
    expect(revoked).toHaveLength(132);
    expect(revoked.filter((technique) => !active.includes(endOf(technique) as Technique))).toEqual([]);
    expect(endOf(byId.get("T1150") as Technique)?.id).toBe("T1647");
  });
});

describe("rules", () => {
  test("are at least 20 files over at least 12 techniques", () => {
    expect(ruleFiles.length).toBeGreaterThanOrEqual(20);
    expect(new Set(documents.flatMap(({ rule }) => techniquesOf(rule))).size).toBeGreaterThanOrEqual(12);
  });

  test("have unique ids, names and titles", () => {
    const repeated = (values: readonly (string | undefined)[]) =>
      values.filter((value, position) => value !== undefined && values.indexOf(value) !== position);
    expect(repeated(documents.map(({ rule }) => rule.id))).toEqual([]);
    expect(repeated(documents.map(({ rule }) => rule.name))).toEqual([]);
    expect(repeated(documents.map(({ rule }) => rule.title))).toEqual([]);
  });

  test.each(ruleFiles)("%s is named and placed as agreed", (path) => {
    expect(path).toMatch(/^(?:windows|linux|cloud|network)\/[a-z0-9]+(?:_[a-z0-9]+)*\.yml$/);
  });

  test.each(documents)("$label is complete", ({ errors, rule }) => {
    expect(errors).toEqual([]);
    expect(rule.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(rule.title.length).toBeGreaterThan(10);
    expect(rule.title.length).toBeLessThanOrEqual(110);
    expect(["experimental", "test", "stable"]).toContain(rule.status);
    expect(["informational", "low", "medium", "high", "critical"]).toContain(rule.level);
    expect(rule.description.length).toBeGreaterThan(60);
    expect(rule.author).toBe("Detectionary authors");
    expect(rule.license).toBe("Apache-2.0");
    expect(rule.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(rule.falsepositives.length).toBeGreaterThan(0);
    expect(rule.references.filter((reference) => !reference.startsWith("https://"))).toEqual([]);
  });

  test.each(documents)("$label names active techniques and tactics that belong to them", ({ rule }) => {
    const techniques = techniquesOf(rule);
    expect(techniques.length).toBeGreaterThan(0);
    expect(techniques.filter((id) => !active.some((technique) => technique.id === id))).toEqual([]);
    const possible = techniques.flatMap((id) => byId.get(id)?.tactics ?? []);
    expect(tacticsOf(rule).length).toBeGreaterThan(0);
    expect(tacticsOf(rule).filter((tactic) => !possible.includes(tactic))).toEqual([]);
    for (const id of techniques) {
      expect(tacticsOf(rule).some((tactic) => byId.get(id)?.tactics.includes(tactic))).toBe(true);
      expect(rule.references).toContain(`https://attack.mitre.org/techniques/${id.replace(".", "/")}/`);
    }
  });

  test.each(documents.filter(({ rule }) => !rule.correlation))("$label uses what it defines", ({ rule }) => {
    const { condition, ...searches } = rule.detection ?? {};
    expect(Object.keys(rule.logsource ?? {})).not.toEqual([]);
    expect(typeof condition).toBe("string");
    const words = String(condition).match(/[\w*]+/g) ?? [];
    const names = words.filter((word) => !["and", "or", "not", "all", "of", "1"].includes(word));
    const covers = (word: string, search: string) =>
      word.endsWith("*") ? search.startsWith(word.slice(0, -1)) : word === search;
    expect(names.filter((word) => !Object.keys(searches).some((search) => covers(word, search)))).toEqual([]);
    expect(Object.keys(searches).filter((search) => !names.some((word) => covers(word, search)))).toEqual([]);
  });

  test.each(documents.filter(({ rule }) => rule.correlation))("$label counts rules of this folder", ({ rule }) => {
    const known = new Set(documents.flatMap(({ rule: other }) => [other.id, other.name]));
    expect(rule.correlation?.type).toMatch(/^(?:event_count|value_count|temporal|temporal_ordered)$/);
    expect(rule.correlation?.timespan).toMatch(/^\d+[smhd]$/);
    expect(rule.correlation?.rules.filter((name) => !known.has(name))).toEqual([]);
  });
});
