import type { Database } from "../database.ts";
import type { IndicatorAnswer, RuleLine } from "./answers.ts";
import type { TechniqueUse } from "./field.ts";
import { type IndicatorRow, indicatorAnswer, indicatorColumns, indicatorsByKey } from "./indicators.ts";
import { type Noise, noiseOf, type Uses } from "./noise.ts";
import { type RuleLineRow, ruleLine, ruleLineColumns } from "./rule-lines.ts";

/** Rows of the lists on one page; the counts beside them say how many there are. */
const limit = { rules: 60, techniques: 20, near: 30, spellings: 20 };

/** A shorter value stands in too many others by chance. */
const shortestPart = 4;

/** What one indicator is worth: who looks for it, who leaves it out, and what stands near it. */
export interface IndicatorDetail extends Omit<IndicatorAnswer, "rulesHere" | "family"> {
  /** The normal form, in which values are compared. */
  readonly normal: string;
  /** How rules use the same value in any form of its facet, with any operator. */
  readonly sameValue: Uses;
  /** What that means for the value on its own. */
  readonly noise: Noise;
  /** Rules that look for it; those that are no longer active come last. */
  readonly lookedFor: CountedRules;
  readonly leftOut: CountedRules;
  /** Techniques of the active rules that look for it. */
  readonly techniques: { readonly total: number; readonly shown: readonly TechniqueUse[] };
  /** Other indicators of the same facet with the same value, or one that holds it or stands in it; `rulesHere` is their reach. */
  readonly near: readonly IndicatorAnswer[];
  /** How rules write it. */
  readonly spellings: { readonly total: number; readonly shown: readonly ValueSpelling[] };
}

export interface CountedRules {
  readonly total: number;
  readonly shown: readonly RuleLine[];
}

export interface ValueSpelling {
  /** The rule's own name for the field; null for a keyword. */
  readonly name: string | null;
  readonly raw: string;
  readonly rules: number;
}

/** The value without what only says that more may stand around it, in small letters. */
const core = "trim(lower(i.value), '*\\/')";

/** Indicators of the same facet as one of which the facet is the value `?1`; keywords are of none. */
const sameFacet = "(i.field IN (SELECT id FROM field WHERE facet = ?1) OR (?1 IS NULL AND i.field IS NULL))";

/** null for an id that no indicator has. */
export function indicator(database: Database, id: string): IndicatorDetail | null {
  const row = database.one<IndicatorRow & { value: string; core: string }>(
    `SELECT ${indicatorColumns}, i.value, ${core} AS core FROM indicator i WHERE i.id = ?`,
    id,
  );
  if (row === null) return null;
  const { rulesHere: _, ...answer } = indicatorAnswer(row, row.reach);
  const related = relatedTo(database, row);
  const same = related.filter((one) => one.same === 1).map((one) => one.key);
  const sameValue = usesOf(database, [row.key, ...same]);
  const near = indicatorsByKey(
    database,
    related.slice(0, limit.near).map((one) => one.key),
  );
  return {
    ...answer,
    normal: row.value,
    sameValue,
    noise: noiseOf(sameValue),
    lookedFor: rulesOf(database, row.key, 0),
    leftOut: rulesOf(database, row.key, 1),
    techniques: techniquesOf(database, row.key),
    near: near.map((one) => ({ ...one, rulesHere: one.reach })),
    spellings: spellingsOf(database, row.key),
  };
}

interface Subject {
  readonly key: number;
  readonly facet: string | null;
  readonly core: string;
}

interface Related {
  readonly key: number;
  readonly same: 0 | 1;
}

/** Other indicators of its facet whose value is the same, holds it or stands in it; the same first, then those used most. */
function relatedTo(database: Database, { key, facet, core: value }: Subject): readonly Related[] {
  if (value === "") return [];
  return database.all<Related>(
    `SELECT i.key, ${core} = ?3 AS same FROM indicator i WHERE ${sameFacet} AND i.key <> ?2 AND (${core} = ?3
       OR (length(?3) >= ?4 AND instr(lower(i.value), ?3) > 0) OR (length(${core}) >= ?4 AND instr(?3, ${core}) > 0))
     ORDER BY same DESC, i.reach + i.excluded_by DESC, i.key`,
    facet,
    key,
    value,
    shortestPart,
  );
}

function usesOf(database: Database, keys: readonly number[]): Uses {
  const row = database.one<Uses>(
    `SELECT count(DISTINCT CASE u.negated WHEN 0 THEN u.rule END) AS reach, count(DISTINCT CASE u.negated WHEN 1 THEN u.rule END) AS excludedBy,
       count(DISTINCT CASE u.negated WHEN 0 THEN r.corpus END) AS corpora
     FROM json_each(?) one CROSS JOIN rule_indicator u ON u.indicator = one.value JOIN rule r ON r.key = u.rule AND r.lifecycle = 'active'`,
    JSON.stringify(keys),
  );
  return row ?? { reach: 0, excludedBy: 0, corpora: 0 };
}

function rulesOf(database: Database, key: number, negated: 0 | 1): CountedRules {
  const rows = database.all<RuleLineRow & { total: number }>(
    `SELECT ${ruleLineColumns}, count(*) OVER () AS total FROM rule_indicator u JOIN rule r ON r.key = u.rule
     WHERE u.indicator = ? AND u.negated = ? ORDER BY r.lifecycle, r.corpus, r.title LIMIT ?`,
    key,
    negated,
    limit.rules,
  );
  return { total: rows[0]?.total ?? 0, shown: rows.map(ruleLine) };
}

function techniquesOf(database: Database, key: number): IndicatorDetail["techniques"] {
  const rows = database.all<TechniqueUse & { total: number }>(
    `SELECT x.technique AS id, coalesce(t.name, '') AS name, coalesce(t.rules, count(*)) AS rules, count(*) AS rulesHere, count(*) OVER () AS total
     FROM rule_indicator u JOIN rule r ON r.key = u.rule AND r.lifecycle = 'active'
     JOIN rule_technique x ON x.rule = u.rule LEFT JOIN technique t ON t.id = x.technique
     WHERE u.indicator = ? AND u.negated = 0 GROUP BY x.technique ORDER BY rulesHere DESC, x.technique LIMIT ?`,
    key,
    limit.techniques,
  );
  return { total: rows[0]?.total ?? 0, shown: rows.map(({ total: _, ...one }) => one) };
}

/** Values stand under predicates, and those under rules: there is no way from an indicator to its values but through both. */
function spellingsOf(database: Database, key: number): IndicatorDetail["spellings"] {
  const rows = database.all<ValueSpelling & { total: number }>(
    `SELECT p.field AS name, v.raw, count(DISTINCT p.rule) AS rules, count(*) OVER () AS total
     FROM (SELECT DISTINCT rule FROM rule_indicator WHERE indicator = ?1) u CROSS JOIN predicate p ON p.rule = u.rule
     CROSS JOIN predicate_value v ON v.predicate = p.key WHERE v.indicator = ?1
     GROUP BY p.field, v.raw ORDER BY rules DESC, v.raw, p.field LIMIT ?2`,
    key,
    limit.spellings,
  );
  return { total: rows[0]?.total ?? 0, shown: rows.map(({ total: _, ...one }) => one) };
}
