import type { Database } from "../database.ts";
import type { TacticAnswer } from "./answers.ts";

interface TechniqueRow {
  readonly tactic: string;
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  readonly rules: number;
  readonly family_rules: number;
}

/** The matrix: every tactic with its techniques in force, and the active rules of each. */
export function tactics(database: Database): readonly TacticAnswer[] {
  const rows = database.all<TechniqueRow>(
    `SELECT k.tactic, t.id, t.name, t.parent, t.rules, t.family_rules FROM technique_tactic k JOIN technique t ON t.id = k.technique
     WHERE t.revoked_by IS NULL AND t.deprecated = 0 ORDER BY t.name COLLATE NOCASE, t.id`,
  );
  const byTactic = Map.groupBy(rows, (one) => one.tactic);
  return tacticLines(database).map((tactic) => {
    const children = Map.groupBy(byTactic.get(tactic.shortName) ?? [], (one) => one.parent);
    const techniques = (children.get(null) ?? []).map(({ id, name, rules, family_rules }) => ({
      id,
      name,
      rules,
      rulesWithSubtechniques: family_rules,
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
    "SELECT id, short_name AS shortName, name, rules FROM tactic ORDER BY position",
  );
}
