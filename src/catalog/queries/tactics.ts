import type { Database } from "../database.ts";
import type { TacticAnswer, TechniqueLink } from "./answers.ts";

interface TechniqueRow extends TechniqueLink {
  readonly tactic: string;
  readonly parent: string | null;
}

/** The matrix: every tactic with its techniques in force, and the active rules of each. */
export function tactics(database: Database): readonly TacticAnswer[] {
  const rows = database.all<TechniqueRow>(
    `WITH counted AS (SELECT x.technique, count(*) AS rules FROM rule_technique x JOIN rule r ON r.key = x.rule AND r.lifecycle = 'active' GROUP BY 1)
     SELECT k.tactic, t.id, t.name, t.parent, coalesce(c.rules, 0) AS rules FROM technique_tactic k JOIN technique t ON t.id = k.technique
     LEFT JOIN counted c ON c.technique = t.id WHERE t.revoked_by IS NULL AND t.deprecated = 0 ORDER BY t.name COLLATE NOCASE`,
  );
  const byTactic = Map.groupBy(rows, (one) => one.tactic);
  return tacticLines(database).map((tactic) => {
    const own = byTactic.get(tactic.shortName) ?? [];
    const children = Map.groupBy(own, (one) => one.parent);
    const together = rulesWithSubtechniques(database, tactic.shortName);
    const techniques = (children.get(null) ?? []).map(({ id, name, rules }) => ({
      id,
      name,
      rules,
      rulesWithSubtechniques: together.get(id) ?? 0,
      subtechniques: (children.get(id) ?? [])
        .map((sub) => ({ id: sub.id, name: sub.name, rules: sub.rules }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    }));
    return { ...tactic, techniques };
  });
}

/** Tactics in matrix order, with the active rules tagged with the tactic or one of its techniques. */
export function tacticLines(database: Database): readonly Omit<TacticAnswer, "techniques">[] {
  return database.all<Omit<TacticAnswer, "techniques">>(
    `WITH reached AS (
       SELECT tactic, rule FROM rule_tactic
       UNION SELECT k.tactic, x.rule FROM technique_tactic k JOIN rule_technique x ON x.technique = k.technique)
     SELECT c.id, c.short_name AS shortName, c.name, count(r.key) AS rules FROM tactic c
     LEFT JOIN reached h ON h.tactic = c.short_name LEFT JOIN rule r ON r.key = h.rule AND r.lifecycle = 'active'
     GROUP BY c.short_name ORDER BY c.position`,
  );
}

/** A rule that names a technique and one of its sub-techniques counts once. */
function rulesWithSubtechniques(database: Database, tactic: string): ReadonlyMap<string, number> {
  const rows = database.all<{ id: string; rules: number }>(
    `SELECT coalesce(t.parent, t.id) AS id, count(DISTINCT x.rule) AS rules FROM technique_tactic k
     JOIN technique t ON t.id = k.technique JOIN rule_technique x ON x.technique = t.id
     JOIN rule r ON r.key = x.rule AND r.lifecycle = 'active' WHERE k.tactic = ? GROUP BY 1`,
    tactic,
  );
  return new Map(rows.map((one) => [one.id, one.rules]));
}
