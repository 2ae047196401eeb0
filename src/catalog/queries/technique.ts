import type { DetectionStrategy } from "../../rule/attack.ts";
import type { Database } from "../database.ts";
import type {
  ExclusionAnswer,
  RuleLine,
  TaggedRule,
  TechniqueAnswer,
  TechniqueLink,
  TechniqueObject,
  TechniqueSummary,
} from "./answers.ts";
import { exclusionAnswer } from "./exclusions.ts";
import { familyOf, familyUses } from "./family.ts";
import { activeRules, fieldsAndIndicators } from "./field-table.ts";
import { predicatesOfTechnique } from "./predicates.ts";
import { type RuleLineRow, ruleLine, ruleLineColumns } from "./rule-lines.ts";
import { techniqueFor } from "./technique-alias.ts";
import { eventsOfTechniques } from "./technique-events.ts";
import { testsOfTechnique } from "./tests.ts";

/** Rows of the tables on one page; the counts beside them say how many there are. */
const limit = { fields: 60, indicators: 100, excluded: 20, exclusions: 60, examples: 3 };

interface TechniqueRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly platforms_json: string;
  readonly parent: string | null;
  readonly revoked_by: string | null;
  readonly deprecated: number;
}

export interface TechniqueQuestion {
  /** Count the rules of the parent and of the sub-techniques in the tables of fields, indicators, exclusions and events, too. */
  readonly family?: boolean;
  /** Indicators listed at most. */
  readonly indicators?: number;
}

/**
 * What the catalog knows of a technique; null when neither ATT&CK nor any rule knows the id. For an id of another version
 * of ATT&CK, what it knows of the technique that stands for it.
 */
export function techniqueSummary(
  database: Database,
  asked: string,
  question: TechniqueQuestion = {},
): TechniqueSummary | null {
  const id = techniqueFor(database, asked);
  return summaryOf(database, id, linesOf(database, id), question);
}

function summaryOf(
  database: Database,
  id: string,
  lines: readonly TaggedRow[],
  { family = false, indicators = limit.indicators }: TechniqueQuestion,
): TechniqueSummary | null {
  const row = database.one<TechniqueRow>("SELECT * FROM technique WHERE id = ?", id);
  if (row === null && lines.length === 0) return null;
  const active = lines.filter((one) => one.lifecycle === "active");
  const parent = row?.parent == null ? null : (links(database, "t.id = ?", row.parent)[0] ?? null);
  const subtechniques = links(database, "t.parent = ? AND t.revoked_by IS NULL AND t.deprecated = 0", id);
  const counted = family ? familyOf(database, id) : [id];
  const tables = fieldsAndIndicators(database, counted, { ...limit, indicators });
  const exclusions = exclusionsOf(database, counted);
  const vendors = Map.groupBy(active, (one) => one.corpus);
  return {
    id,
    name: row?.name ?? "(not in the loaded version of ATT&CK)",
    description: row?.description ?? "",
    tactics: tacticNames(database, id),
    platforms: row === null ? [] : (JSON.parse(row.platforms_json) as readonly string[]),
    deprecated: row?.deprecated === 1,
    revokedBy: row?.revoked_by ?? null,
    parent,
    subtechniques,
    counts: {
      rules: active.length,
      counted: family ? rulesOf(database, counted) : active.length,
      ...tables.counts,
      exclusions: exclusions.total,
    },
    vendors: [...vendors].map(([corpus, rules]) => ({ corpus, rules: rules.length })),
    family,
    events: eventsOfTechniques(database, counted),
    fields: tables.fields,
    indicators: family ? familyUses(database, counted.slice(1), tables.indicators) : tables.indicators,
    exclusions: exclusions.shown,
    excluded: tables.excluded,
    groups: objects(database, id, "group"),
    software: objects(database, id, "software"),
    campaigns: objects(database, id, "campaign"),
    mitigations: objects(database, id, "mitigation"),
    strategies: strategies(database, id),
    tests: testsOfTechnique(database, id),
    foldedFrom: foldedFrom(database, id),
    rules: lines.map(taggedRule),
  };
}

/** Active rules under any of the techniques, each once. */
function rulesOf(database: Database, techniques: readonly string[]): number {
  const row = database.one<{ rules: number }>(
    `WITH ${activeRules} SELECT count(*) AS rules FROM rules`,
    JSON.stringify(techniques),
  );
  return row?.rules ?? 0;
}

/** The same with every predicate of every rule. */
export function technique(database: Database, asked: string, question: TechniqueQuestion = {}): TechniqueAnswer | null {
  const id = techniqueFor(database, asked);
  const lines = linesOf(database, id);
  const summary = summaryOf(database, id, lines, question);
  if (summary === null) return null;
  const predicates = predicatesOfTechnique(database, id);
  const rules = lines.map((one) => {
    const own = predicates.get(one.key);
    return {
      ...taggedRule(one),
      predicates: own?.predicates.map((each) => each.answer) ?? [],
      eventIds: own?.eventIds ?? [],
    };
  });
  return { ...summary, rules };
}

interface TaggedRow extends RuleLineRow {
  readonly written: string;
  /** Ids with a blank between them; null where there is none. */
  readonly named: string | null;
}

function linesOf(database: Database, id: string): readonly TaggedRow[] {
  return database.all<TaggedRow>(
    `SELECT ${ruleLineColumns}, t.written,
       (SELECT group_concat(f.named, ' ' ORDER BY f.named) FROM folded_tag f WHERE f.kind = 'technique' AND f.id = ?1 AND f.rule = r.key) AS named
     FROM rule_technique t JOIN rule r ON r.key = t.rule WHERE t.technique = ?1 ORDER BY r.lifecycle, r.corpus, r.title`,
    id,
  );
}

function taggedRule(row: TaggedRow): TaggedRule {
  return { ...ruleLine(row), written: row.written, foldedFrom: row.named?.split(" ") ?? [] };
}

/** A name comes from the table of versions or, for one that was revoked, from ATT&CK itself. */
function foldedFrom(database: Database, id: string): readonly TechniqueLink[] {
  return database.all<TechniqueLink>(
    `SELECT f.named AS id, coalesce(t.name, a.name, '') AS name, count(*) AS rules FROM folded_tag f
       JOIN rule r ON r.key = f.rule AND r.lifecycle = 'active'
       LEFT JOIN technique t ON t.id = f.named LEFT JOIN technique_alias a ON a.id = f.named
     WHERE f.kind = 'technique' AND f.id = ? GROUP BY f.named ORDER BY rules DESC, f.named`,
    id,
  );
}

/** Techniques with the number of active rules tagged with each. `where` speaks of the table `t`. */
export function links(database: Database, where: string, value: string): readonly TechniqueLink[] {
  return database.all<TechniqueLink>(
    `SELECT t.id, t.name, t.rules FROM technique t WHERE ${where} ORDER BY t.id`,
    value,
  );
}

function tacticNames(database: Database, id: string): readonly string[] {
  return database
    .all<{ name: string }>(
      "SELECT c.name FROM technique_tactic t JOIN tactic c ON c.short_name = t.tactic WHERE t.technique = ? ORDER BY c.position",
      id,
    )
    .map((one) => one.name);
}

function objects(database: Database, id: string, kind: string): readonly TechniqueObject[] {
  return database.all<TechniqueObject>(
    `SELECT o.id, o.name FROM attack_use u JOIN attack_object o ON o.id = u.source
     WHERE u.technique = ? AND o.kind = ? AND o.revoked = 0 AND o.deprecated = 0 ORDER BY o.name COLLATE NOCASE`,
    id,
    kind,
  );
}

function strategies(database: Database, id: string): readonly DetectionStrategy[] {
  return database
    .all<{ id: string; name: string; analytics_json: string }>(
      "SELECT id, name, analytics_json FROM detection_strategy WHERE technique = ? ORDER BY id",
      id,
    )
    .map((one) => ({
      id: one.id,
      name: one.name,
      techniques: [id],
      analytics: JSON.parse(one.analytics_json) as DetectionStrategy["analytics"],
    }));
}

function exclusionsOf(
  database: Database,
  techniques: readonly string[],
): { readonly total: number; readonly shown: readonly ExclusionAnswer[] } {
  const rows = database.all<RuleLineRow & { text: string; pieces_json: string }>(
    `WITH ${activeRules} SELECT e.text, e.pieces_json, ${ruleLineColumns} FROM rules CROSS JOIN rule r ON r.key = rules.key
     CROSS JOIN exclusion e ON e.rule = r.key ORDER BY r.key, e.exclusion_group`,
    JSON.stringify(techniques),
  );
  const groups = [...Map.groupBy(rows, (one) => one.text).values()].map((uses) => ({
    pieces: uses[0]?.pieces_json ?? "[]",
    rules: new Map<number, RuleLine>(uses.map((one) => [one.key, ruleLine(one)])),
  }));
  groups.sort((a, b) => b.rules.size - a.rules.size);
  return {
    total: groups.length,
    shown: groups.slice(0, limit.exclusions).map((one) => ({
      ...exclusionAnswer(one.pieces, one.rules.size),
      examples: [...one.rules.values()].slice(0, limit.examples),
    })),
  };
}
