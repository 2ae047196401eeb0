import type { Database } from "../database.ts";
import type { OverviewAnswer, TechniqueLink } from "./answers.ts";
import { corpora } from "./corpora.ts";
import { tacticLines } from "./tactics.ts";

/** Techniques that the home page names. */
const topTechniques = 12;

/** What is in the catalog, at a glance. */
export function overview(database: Database): OverviewAnswer {
  const meta = new Map(
    database.all<{ key: string; value: string }>("SELECT key, value FROM meta").map((one) => [one.key, one.value]),
  );
  const counts = database.one<OverviewAnswer["counts"]>(
    `SELECT (SELECT count(*) FROM rule) AS rules, (SELECT count(*) FROM rule WHERE lifecycle = 'active') AS active,
       (SELECT count(DISTINCT x.technique) FROM rule_technique x JOIN rule r ON r.key = x.rule AND r.lifecycle = 'active') AS techniques,
       (SELECT count(*) FROM predicate) AS predicates, (SELECT count(*) FROM indicator WHERE reach > 0) AS indicators,
       (SELECT count(*) FROM field WHERE predicates > 0) AS fields`,
  );
  return {
    attackVersion: meta.get("attack_version") ?? "",
    attackNotice: meta.get("attack_notice") ?? "",
    builtAt: meta.get("built_at") ?? "",
    embeddedOnly: meta.get("embedded_only") === "1",
    corpora: corpora(database),
    counts: counts ?? { rules: 0, active: 0, techniques: 0, predicates: 0, indicators: 0, fields: 0 },
    tactics: tacticLines(database),
    topTechniques: database.all<TechniqueLink>(
      `SELECT x.technique AS id, coalesce(t.name, '') AS name, count(*) AS rules FROM rule_technique x
       JOIN rule r ON r.key = x.rule AND r.lifecycle = 'active' LEFT JOIN technique t ON t.id = x.technique
       GROUP BY 1 ORDER BY rules DESC, 1 LIMIT ?`,
      topTechniques,
    ),
  };
}
