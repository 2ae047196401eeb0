import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../corpora/testing.ts";
import { corpusCatalog } from "./corpus-catalog.testing.ts";
import { type Database, openReadOnly } from "./database.ts";
import type { LanguageAnswer, RuleWithPredicates } from "./queries/answers.ts";
import { actor, actors } from "./queries/attack-objects.ts";
import { event } from "./queries/events.ts";
import { anyField } from "./queries/field-table.ts";
import type { Narrowing } from "./queries/narrowing.ts";
import { search } from "./queries/search.ts";
import { tactic } from "./queries/tactics.ts";
import { technique } from "./queries/technique.ts";
import type { BuildReport } from "./report.ts";

interface Ratchet {
  readonly queries: number;
  /** May only rise. */
  readonly parsed: number;
  /** Opaque nodes in 10,000; may only fall. */
  readonly opaquePer10000: number;
}

const ratchets = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../fixtures/ratchets.json"), "utf8"),
) as Readonly<Record<string, Ratchet>>;

/** ATT&CK tags of Sigma's active rules, read straight from the files without our readers: path → tags without their prefix. */
function activeSigmaTags(): ReadonlyMap<string, readonly string[]> {
  const home = corpusFolder("sigma");
  const folders = readdirSync(home).filter((name) => /^rules(?:-|$)/.test(name));
  const paths = folders.flatMap((name) =>
    readdirSync(join(home, name), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".yml"))
      .map((path) => `${name}/${path}`),
  );
  return new Map(
    paths.map((path) => {
      const tags = readFileSync(join(home, path), "utf8").matchAll(/^\s+-\s*attack\.(\S+)\s*$/gm);
      return [path, [...tags].map(([, tag = ""]) => tag.toLowerCase())] as const;
    }),
  );
}

describe.skipIf(!corporaPresent)(corpusTitle("the catalog of all corpora"), () => {
  let report: BuildReport;
  let database: Database;

  beforeAll(async () => {
    report = await corpusCatalog();
    database = openReadOnly(report.catalog);
  }, 600_000);

  afterAll(() => database?.close());

  const languages = (): ReadonlyMap<string, LanguageAnswer> =>
    new Map(
      report.corpora
        .filter((one) => one.id !== "detectionary")
        .flatMap((one) => one.languages)
        .map((one) => [one.language, one]),
    );

  test.each(Object.entries(ratchets))("%s is understood at least as well as before", (language, ratchet) => {
    const now = languages().get(language);
    expect(now?.queries).toBe(ratchet.queries);
    expect(now?.parsed).toBeGreaterThanOrEqual(ratchet.parsed);
    expect(((now?.opaque ?? 0) / (now?.nodes ?? 1)) * 10_000).toBeLessThanOrEqual(ratchet.opaquePer10000);
  });

  const triples = (
    rules: readonly RuleWithPredicates[],
  ): { fields: ReadonlySet<string | null>; triples: ReadonlySet<string> } => {
    const predicates = rules.flatMap((one) => one.predicates).filter((one) => !one.derived);
    return {
      fields: new Set(predicates.map((one) => one.field)),
      triples: new Set(predicates.flatMap((one) => one.values.map((value) => `${one.field} ${one.operator} ${value}`))),
    };
  };

  test("T1133: the eleven Windows rules of Sigma filter with 154 triples on 7 fields", () => {
    const rules = technique(database, "T1133")?.rules.filter(
      (one) => one.corpus === "sigma" && one.path.startsWith("rules/windows/"),
    );
    expect(rules?.length).toBe(11);
    const found = triples(rules ?? []);
    expect(found.triples.size).toBe(154);
    expect(found.fields.size).toBe(7);
  });

  test("97 % of all predicates are on a field that the vocabulary knows, and no corpus is named worse than before", () => {
    const counted = report.corpora.filter((one) => one.predicates > 0);
    const sum = (key: "predicates" | "mapped"): number => counted.reduce((all, one) => all + one[key], 0);
    expect(sum("mapped") / sum("predicates")).toBeGreaterThanOrEqual(0.985);
    // A count of events, a keyword and the like name no field: they are what is left.
    const shares = Object.fromEntries(counted.map((one) => [one.id, one.mapped / one.predicates]));
    for (const [id, least] of [
      ["sigma", 0.986],
      ["elastic", 0.99],
      ["splunk", 0.979],
      ["chronicle", 1],
      ["kql", 0.949],
    ] as const)
      expect([id, shares[id]]).toEqual([id, expect.toSatisfy((share: number) => share >= least)]);
  });

  test("active rules are tied to events, each corpus by so many", () => {
    const least: Readonly<
      Record<string, { readonly stated: number; readonly category: number; readonly none: number }>
    > = {
      sigma: { stated: 730, category: 3048, none: 2 },
      elastic: { stated: 624, category: 424, none: 10 },
      splunk: { stated: 1347, category: 223, none: 8 },
      chronicle: { stated: 176, category: 60, none: 1 },
      kql: { stated: 145, category: 289, none: 12 },
    };
    for (const [id, { stated, category, none }] of Object.entries(least)) {
      const one = report.corpora.find((corpus) => corpus.id === id);
      expect(one?.tied.stated, id).toBeGreaterThanOrEqual(stated);
      expect(one?.tied.category, id).toBeGreaterThanOrEqual(category);
      expect(one?.tied.none, id).toBeLessThanOrEqual(none);
      const { tied, active = 0 } = one ?? {};
      expect((tied?.stated ?? 0) + (tied?.category ?? 0) + (tied?.inferred ?? 0) + (tied?.none ?? 0), id).toBe(active);
    }
  });

  test("every number leads to the rules behind it: facets and events of techniques and families, fields of events", () => {
    const active = (narrowing: Narrowing): number => search(database, { ...narrowing, query: "" }).active;
    for (const [id, family] of [
      ["T1059", true],
      ["T1059", false],
      ["T1003.001", true],
      ["T1133", false],
    ] as const) {
      const found = technique(database, id, { family });
      const own: Narrowing = { technique: id, ...(family ? { family: "yes" } : {}) };
      expect([id, family, found?.counts.counted]).toEqual([id, family, active(own)]);
      for (const one of found?.fields.slice(0, 12) ?? []) {
        if (one.facet === anyField) continue;
        expect([id, family, one.facet, one.rules]).toEqual([
          id,
          family,
          one.facet,
          active({ ...own, facet: one.facet }),
        ]);
        expect(one.rules).toBeLessThanOrEqual(found?.counts.counted ?? 0);
      }
      for (const one of found?.events.slice(0, 12) ?? []) {
        const behind = active({ ...own, provider: one.provider, event: one.eventId });
        expect([id, family, one.provider, one.eventId, one.rules]).toEqual([
          id,
          family,
          one.provider,
          one.eventId,
          behind,
        ]);
      }
    }
    const sysmon = event(database, "Microsoft-Windows-Sysmon", "1");
    for (const { facet, rules } of sysmon?.fields ?? []) {
      if (facet === null) continue;
      expect([facet, rules]).toEqual([facet, active({ provider: "Microsoft-Windows-Sysmon", event: "1", facet })]);
    }
    const execution = tactic(database, "execution");
    expect(execution?.rules).toBe(active({ tactic: "execution" }));
    expect(execution?.counts.rulesWithoutTechnique).toBe(active({ tactic: "execution", alone: "yes" }));
    expect(execution?.counts.rulesWithoutTechnique).toBeGreaterThan(execution?.rulesWithoutTechnique.length ?? 0);
  });

  test("a list of groups or software says the same as their pages", () => {
    for (const kind of ["group", "software"] as const) {
      const rows = actors(database, kind, "");
      expect(rows.length).toBeGreaterThan(100);
      for (const { id, techniques, covered } of rows.filter((_, index) => index % 10 === 0)) {
        const page = actor(database, kind, id);
        expect([id, techniques, covered]).toEqual([id, page?.techniques, page?.covered]);
      }
      expect(rows.some((one) => one.covered > 20)).toBe(true);
    }
  });

  test("T1133: one row for dns.exe, whichever name and form a rule asks", () => {
    const found = technique(database, "T1133", {});
    const dns = database.all<{ meaning: string; here: number }>(
      `SELECT i.field || ' ' || i.operator || ' ' || i.value AS meaning, count(DISTINCT u.rule) AS here FROM indicator i
       JOIN rule_indicator u ON u.indicator = i.key AND u.negated = 0 JOIN rule_technique t ON t.rule = u.rule AND t.technique = 'T1133'
       WHERE i.facet = 'process.image' AND i.value LIKE '%dns.exe' GROUP BY i.key`,
    );
    expect(dns).toEqual([{ meaning: "process.name eq dns.exe", here: 2 }]);
    const image = found?.fields.find((one) => one.facet === "process.image");
    expect(image?.forms).toEqual(expect.arrayContaining(["Image", "process.name", "process_name"]));
    expect(image?.fields.map((one) => one.field)).toEqual(
      expect.arrayContaining(["process.executable", "process.name"]),
    );
  });

  test("tags of another version of ATT&CK are folded, each corpus by so many", () => {
    expect(Object.fromEntries(report.corpora.map((one) => [one.id, one.folded]))).toEqual({
      attack: 0,
      detectionary: 0,
      sigma: 1762,
      elastic: 5,
      splunk: 12,
      chronicle: 0,
      kql: 1,
      "ossem-dd": 0,
      "event-titles": 0,
      atomics: 0,
    });
  });

  test("no rule of Sigma is lost to a version of ATT&CK that is not loaded", () => {
    const names = (sql: string): ReadonlySet<string> =>
      new Set(database.all<{ name: string }>(sql).map((one) => one.name));
    const techniques = names("SELECT id AS name FROM technique WHERE revoked_by IS NULL AND deprecated = 0");
    const tactics = names("SELECT short_name AS name FROM tactic");
    const tagged = activeSigmaTags();
    expect(tagged.size).toBe(3780);
    const onlyElsewhere = (shape: RegExp, known: ReadonlySet<string>, spell: (tag: string) => string) =>
      [...tagged]
        .map(([path, tags]) => [path, tags.filter((tag) => shape.test(tag)).map(spell)] as const)
        .filter(([, ids]) => ids.length > 0 && ids.every((id) => !known.has(id)));
    const placesOf = (table: string, column: string, path: string): readonly string[] =>
      database
        .all<{ id: string }>(
          `SELECT l.${column} AS id FROM ${table} l JOIN rule r ON r.key = l.rule WHERE r.corpus = 'sigma' AND r.path = ?`,
          path,
        )
        .map((one) => one.id);

    const withoutTechnique = onlyElsewhere(/^t\d/, techniques, (tag) => tag.toUpperCase());
    expect(withoutTechnique).toHaveLength(194);
    for (const [path] of withoutTechnique) {
      const places = placesOf("rule_technique", "technique", path);
      expect(places.length, path).toBeGreaterThan(0);
      expect(
        places.filter((id) => !techniques.has(id)),
        path,
      ).toEqual([]);
    }

    const withoutTactic = onlyElsewhere(/^[a-z-]+$/, tactics, (tag) => tag);
    expect(withoutTactic).toHaveLength(681);
    for (const [path] of withoutTactic) {
      expect(placesOf("rule_tactic", "tactic", path), path).toEqual(["defense-evasion"]);
    }
  });

  test("each id of version 19 in Sigma stands where its predecessor stood, in so many active rules", () => {
    const uses = new Map<string, number>();
    for (const tags of activeSigmaTags().values()) {
      for (const tag of new Set(
        tags.filter((one) => /^t16(?:8[2-9]|90)/.test(one) || one === "stealth" || one === "defense-impairment"),
      ))
        uses.set(tag, (uses.get(tag) ?? 0) + 1);
    }
    const folded = database.all<{ named: string; id: string; rules: number }>(
      `SELECT f.named, f.id, count(*) AS rules FROM folded_tag f JOIN rule r ON r.key = f.rule
       WHERE r.corpus = 'sigma' AND r.lifecycle = 'active' GROUP BY 1, 2 ORDER BY 1`,
    );
    expect(folded.map((one) => `${one.named} ${one.id} ${one.rules}`)).toEqual([
      "T1685 T1562.001 164",
      "T1685.001 T1562.002 28",
      "T1685.002 T1562.008 3",
      "T1685.004 T1562.012 1",
      "T1685.005 T1070.001 8",
      "T1685.006 T1070.002 4",
      "T1686 T1562.004 7",
      "T1686.001 T1562.007 5",
      "T1686.002 T1562.013 2",
      "T1686.003 T1562.004 20",
      "T1689 T1562.010 1",
      "T1690 T1562.003 1",
      "defense-impairment defense-evasion 415",
      "stealth defense-evasion 1094",
    ]);
    expect(new Map(folded.map((one) => [one.named.toLowerCase(), one.rules]))).toEqual(uses);
  });

  test("every rule of the corpora has a row, whatever became of its query", () => {
    const count = (sql: string): number => database.one<{ n: number }>(sql)?.n ?? 0;
    expect(count("SELECT count(*) AS n FROM rule WHERE corpus = 'sigma' AND lifecycle = 'active'")).toBe(3780);
    expect(count("SELECT count(*) AS n FROM rule WHERE corpus = 'elastic'")).toBe(2332);
    expect(count("SELECT count(*) AS n FROM rule WHERE corpus = 'elastic' AND outcome = 'queryless'")).toBe(106);
    expect(count("SELECT count(*) AS n FROM rule WHERE corpus = 'splunk'")).toBe(1711);
    expect(count("SELECT count(*) AS n FROM rule WHERE corpus = 'kql'")).toBe(447);
    expect(count("SELECT count(*) AS n FROM rule WHERE corpus = 'chronicle'")).toBe(348);
    expect(count("SELECT count(*) AS n FROM technique WHERE revoked_by IS NULL AND deprecated = 0")).toBe(691);
  });
});
