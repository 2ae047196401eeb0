import type { Database } from "../database.ts";
import type { TechniqueLink } from "./answers.ts";

/** Those who use techniques, as ATT&CK knows them. */
export type ActorKind = "group" | "software";

export interface ActorLine {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** Techniques that it uses, and those of them that an active rule names. */
  readonly techniques: number;
  readonly covered: number;
}

export interface ActorAnswer extends ActorLine {
  readonly kind: ActorKind;
  readonly description: string;
  /** ATT&CK has replaced or withdrawn it. */
  readonly withdrawn: boolean;
  /** Active rules under any of its techniques, each once. */
  readonly rules: number;
  /** Every technique that it uses, by tactic and id; without rules it is a gap. */
  readonly uses: readonly UsedTechnique[];
}

export interface UsedTechnique extends TechniqueLink {
  /** Names, in matrix order. */
  readonly tactics: readonly string[];
  /** Active rules of the technique with its sub-techniques, or of the parent of a sub-technique: what is near a gap. */
  readonly nearbyRules: number;
}

/** In force, with what they use. `text`: part of a name, an alias or an id. */
export function actors(database: Database, kind: ActorKind, text: string): readonly ActorLine[] {
  return database
    .all<Omit<ActorLine, "aliases"> & { aliases_json: string }>(
      `SELECT o.id, o.name, o.aliases_json, count(DISTINCT t.id) AS techniques, count(DISTINCT CASE WHEN t.rules > 0 THEN t.id END) AS covered
       FROM attack_object o LEFT JOIN attack_use u ON u.source = o.id AND u.kind = 'uses' LEFT JOIN technique t ON t.id = u.technique AND t.revoked_by IS NULL AND t.deprecated = 0
       WHERE o.kind = ?1 AND o.revoked = 0 AND o.deprecated = 0 AND (?2 = '' OR instr(lower(o.id || ' ' || o.name || ' ' || o.aliases_json), lower(?2)) > 0)
       GROUP BY o.id ORDER BY o.name COLLATE NOCASE, o.id`,
      kind,
      text,
    )
    .map(({ aliases_json, ...one }) => ({ ...one, aliases: JSON.parse(aliases_json) as readonly string[] }));
}

/** null for an id that ATT&CK does not have of this kind. */
export function actor(database: Database, kind: ActorKind, id: string): ActorAnswer | null {
  const row = database.one<{ id: string; name: string; aliases_json: string; description: string; withdrawn: number }>(
    "SELECT id, name, aliases_json, description, revoked OR deprecated AS withdrawn FROM attack_object WHERE kind = ? AND id = ?",
    kind,
    id,
  );
  if (row === null) return null;
  const uses = usesOf(database, id);
  const rules = database.one<{ rules: number }>(
    `SELECT count(DISTINCT r.key) AS rules FROM attack_use u JOIN rule_technique x ON x.technique = u.technique
     JOIN rule r ON r.key = x.rule AND r.lifecycle = 'active' WHERE u.source = ?`,
    id,
  );
  return {
    id,
    kind,
    name: row.name,
    aliases: JSON.parse(row.aliases_json) as readonly string[],
    description: row.description,
    withdrawn: row.withdrawn === 1,
    techniques: uses.length,
    covered: uses.filter((one) => one.rules > 0).length,
    rules: rules?.rules ?? 0,
    uses,
  };
}

function usesOf(database: Database, id: string): readonly UsedTechnique[] {
  return database
    .all<Omit<UsedTechnique, "tactics"> & { tactics: string | null }>(
      `SELECT t.id, t.name, t.rules, coalesce(p.family_rules, t.family_rules) AS nearbyRules,
         (SELECT group_concat(c.name, char(10) ORDER BY c.position) FROM technique_tactic k JOIN tactic c ON c.short_name = k.tactic WHERE k.technique = t.id) AS tactics
       FROM (SELECT DISTINCT technique FROM attack_use WHERE source = ?) u JOIN technique t ON t.id = u.technique
       LEFT JOIN technique p ON p.id = t.parent WHERE t.revoked_by IS NULL AND t.deprecated = 0 ORDER BY t.id`,
      id,
    )
    .map((one) => ({ ...one, tactics: one.tactics?.split("\n") ?? [] }));
}
