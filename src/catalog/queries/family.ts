import type { Database } from "../database.ts";
import type { IndicatorAnswer } from "./answers.ts";

/** A technique with its sub-techniques in force, or a sub-technique with its parent; the technique itself first. */
export function familyOf(database: Database, id: string): readonly string[] {
  const relatives = database.all<{ id: string }>(
    `SELECT t.id FROM technique t WHERE (t.parent = ?1 AND t.revoked_by IS NULL AND t.deprecated = 0)
       OR t.id = (SELECT parent FROM technique WHERE id = ?1) ORDER BY t.id`,
    id,
  );
  return [id, ...relatives.map((one) => one.id)];
}

/** The indicators, each with those of some techniques whose active rules look for it: most rules first. */
export function familyUses(
  database: Database,
  relatives: readonly string[],
  indicators: readonly IndicatorAnswer[],
): readonly IndicatorAnswer[] {
  const rows = database.all<{ id: string; technique: string; rules: number }>(
    `SELECT i.id, t.technique, count(*) AS rules FROM json_each(?1) one JOIN indicator i ON i.id = one.value
     CROSS JOIN rule_indicator u ON u.indicator = i.key AND u.negated = 0 JOIN rule r ON r.key = u.rule AND r.lifecycle = 'active'
     JOIN rule_technique t ON t.rule = u.rule WHERE t.technique IN (SELECT value FROM json_each(?2))
     GROUP BY i.id, t.technique ORDER BY rules DESC, t.technique`,
    JSON.stringify(indicators.map((one) => one.id)),
    JSON.stringify(relatives),
  );
  const uses = Map.groupBy(rows, (one) => one.id);
  return indicators.map((one) => ({
    ...one,
    family: (uses.get(one.id) ?? []).map(({ technique, rules }) => ({ id: technique, rules })),
  }));
}
