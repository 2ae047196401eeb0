import type { Database } from "../database.ts";
import type { RuleLine, TacticAnswer } from "./answers.ts";
import { type RuleLineRow, ruleLine, ruleLineColumns } from "./rule-lines.ts";

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

export interface TacticPageAnswer extends TacticAnswer {
  readonly description: string;
  /** Active rules tagged with the tactic and with none of its techniques. */
  readonly rulesWithoutTechnique: readonly RuleLine[];
  readonly counts: {
    readonly techniques: number;
    /** With a rule of their own or of a sub-technique. */
    readonly covered: number;
    readonly rulesWithoutTechnique: number;
  };
  readonly vendors: readonly { readonly corpus: string; readonly rules: number }[];
}

const mostRules = 50;

/** By short name or id; null for what the loaded version of ATT&CK does not have. */
export function tactic(database: Database, asked: string): TacticPageAnswer | null {
  const known = tactics(database).find((one) => one.shortName === asked || one.id === asked.toUpperCase());
  if (known === undefined) return null;
  const { shortName } = known;
  const description = database.one<{ description: string }>(
    "SELECT description FROM tactic WHERE short_name = ?",
    shortName,
  );
  const alone = database.all<RuleLineRow>(
    `SELECT ${ruleLineColumns} FROM rule_tactic k JOIN rule r ON r.key = k.rule AND r.lifecycle = 'active' WHERE k.tactic = ?1
       AND NOT EXISTS (SELECT 1 FROM rule_technique x JOIN technique_tactic y ON y.technique = x.technique AND y.tactic = ?1 WHERE x.rule = r.key)
     ORDER BY r.corpus, r.title`,
    shortName,
  );
  return {
    ...known,
    description: description?.description ?? "",
    rulesWithoutTechnique: alone.slice(0, mostRules).map(ruleLine),
    counts: {
      techniques: known.techniques.length,
      covered: known.techniques.filter((one) => one.rulesWithSubtechniques > 0).length,
      rulesWithoutTechnique: alone.length,
    },
    vendors: database.all<{ corpus: string; rules: number }>(
      `SELECT r.corpus, count(*) AS rules FROM (
         SELECT rule FROM rule_tactic WHERE tactic = ?1
         UNION SELECT x.rule FROM technique_tactic k JOIN rule_technique x ON x.technique = k.technique WHERE k.tactic = ?1
       ) AS reached JOIN rule r ON r.key = reached.rule AND r.lifecycle = 'active' GROUP BY r.corpus ORDER BY rules DESC, r.corpus`,
      shortName,
    ),
  };
}

/** Tactics in matrix order, with the active rules tagged with the tactic or one of its techniques. */
export function tacticLines(database: Database): readonly Omit<TacticAnswer, "techniques">[] {
  return database.all<Omit<TacticAnswer, "techniques">>(
    "SELECT id, short_name AS shortName, name, rules FROM tactic ORDER BY position",
  );
}
