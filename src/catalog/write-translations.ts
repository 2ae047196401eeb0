import { systems } from "../platforms/systems.ts";
import type { Database } from "./database.ts";
import type { RuleVerdicts } from "./translation-counts.ts";

/** Writes what becomes of every active rule on every system. */
export function writeTranslations(database: Database, rules: readonly RuleVerdicts[]): void {
  if (rules.length === 0) return;
  const keys = new Map(
    database
      .all<{ key: number; id: string }>("SELECT key, corpus || ':' || id AS id FROM rule")
      .map((one) => [one.id, one.key]),
  );
  for (const { rule, verdicts } of rules) {
    const key = keys.get(rule);
    if (key === undefined) continue;
    for (const [index, verdict] of verdicts.entries()) {
      database.run(
        "INSERT OR IGNORE INTO translation VALUES (?, ?, ?, ?, ?)",
        systems[index]?.id ?? "",
        key,
        verdict.type,
        verdict.type === "exact" || verdict.type === "approximated" ? verdict.platform : null,
        verdict.type === "not-expressible" ? verdict.code : null,
      );
    }
  }
}
