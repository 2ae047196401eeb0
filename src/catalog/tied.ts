import type { Database } from "./database.ts";

/** Active rules by the strongest of their ties; `none` for those without any. */
export interface Tied {
  readonly stated: number;
  readonly category: number;
  readonly inferred: number;
  readonly none: number;
}

/** Counts the ties that are written so far of one corpus. */
export function tiedOf(database: Database, corpus: string): Tied {
  const rows = database.all<{ readonly strongest: number; readonly rules: number }>(
    `SELECT strongest, count(*) AS rules FROM (
       SELECT coalesce(min(CASE t.kind WHEN 'stated' THEN 0 WHEN 'category' THEN 1 WHEN 'inferred' THEN 2 END), 3) AS strongest
       FROM rule r LEFT JOIN event_tie t ON t.rule = r.key
       WHERE r.corpus = ? AND r.lifecycle = 'active' GROUP BY r.key
     ) GROUP BY strongest`,
    corpus,
  );
  const rules = (strongest: number): number => rows.find((one) => one.strongest === strongest)?.rules ?? 0;
  return { stated: rules(0), category: rules(1), inferred: rules(2), none: rules(3) };
}
