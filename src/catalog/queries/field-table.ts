import type { Operator } from "../../rule/expression.ts";
import type { Database } from "../database.ts";
import type { CountedFields, IndicatorAnswer } from "./answers.ts";
import { type IndicatorRow, indicatorAnswer, indicatorColumns } from "./indicators.ts";

/** How keywords, which name no field, stand in tables. */
export const anyField = "(any field)";

/** Sample values a row. */
const samplesPerField = 6;

/** A common table: the active rules under any technique of a JSON list, the first parameter, each once. */
export const activeRules = `rules (key) AS MATERIALIZED (
  SELECT DISTINCT r.key FROM json_each(?1) one JOIN rule_technique t ON t.technique = one.value
  JOIN rule r ON r.key = t.rule AND r.lifecycle = 'active')`;

export interface FieldsAndIndicators {
  readonly fields: readonly CountedFields[];
  readonly indicators: readonly IndicatorAnswer[];
  /** What is left out most, as indicators: `rulesHere` counts the rules that exclude it. */
  readonly excluded: readonly IndicatorAnswer[];
  readonly counts: { readonly fields: number; readonly indicators: number };
}

/**
 * Which facets the active rules of some techniques filter on, with which operators and values, and which indicators they
 * look for. A rule counts once in each row. Filters on computed values are left out; exclusions count as filtering, not
 * as looking for; what chooses the log or the event is told by the events. SQLite counts, so that a technique with hundreds of rules costs no row for each of their values.
 */
export function fieldsAndIndicators(
  database: Database,
  techniques: readonly string[],
  limit: { readonly fields: number; readonly indicators: number; readonly excluded: number },
): FieldsAndIndicators {
  const list = JSON.stringify(techniques);
  const fields = fieldsOf(database, list);
  const { looksFor, excludes, total, samples } = indicatorsOf(database, chooseIndicators(database, list, limit));
  return {
    fields: fields.slice(0, limit.fields).map((one) => ({ ...one, samples: samples.get(one.facet) ?? [] })),
    indicators: looksFor,
    excluded: excludes,
    counts: { fields: fields.length, indicators: total },
  };
}

interface FieldRow {
  readonly facet: string | null;
  readonly title: string | null;
  readonly field: string | null;
  readonly form: string | null;
  readonly name: string | null;
  readonly operator: Operator;
  readonly rule: number;
}

function fieldsOf(database: Database, techniques: string): readonly Omit<CountedFields, "samples">[] {
  const rows = database.all<FieldRow>(
    `WITH ${activeRules} SELECT p.facet, coalesce(f.title, d.title) AS title, p.field_id AS field, d.form, p.field AS name, p.operator, p.rule
     FROM (SELECT DISTINCT p.facet, p.field_id, p.field, p.operator, p.rule FROM rules CROSS JOIN predicate p ON p.rule = rules.key
       WHERE p.derived = 0 AND p.selects = 0) p
     LEFT JOIN facet f ON f.id = p.facet LEFT JOIN field d ON d.id = p.field_id`,
    techniques,
  );
  const facets = [...Map.groupBy(rows, (one) => one.facet ?? anyField)].map(([facet, uses]) => ({
    facet,
    title: uses[0]?.title ?? facet,
    rules: rulesAmong(uses),
    operators: Object.fromEntries(
      [...Map.groupBy(uses, (one) => one.operator)]
        .map(([operator, own]) => [operator, rulesAmong(own)] as const)
        .sort(([, x], [, y]) => y - x),
    ),
    forms: [...new Set(uses.flatMap((one) => one.name ?? []))],
    fields: [...Map.groupBy(uses, (one) => one.field)]
      .flatMap(([field, own]) => (field === null ? [] : { field, form: own[0]?.form ?? null, rules: rulesAmong(own) }))
      .sort((x, y) => y.rules - x.rules || (x.field < y.field ? -1 : 1)),
  }));
  return facets.sort((a, b) => b.rules - a.rules || (a.facet < b.facet ? -1 : 1));
}

function rulesAmong(rows: readonly FieldRow[]): number {
  return new Set(rows.map((one) => one.rule)).size;
}

interface Role {
  /** What the indicator is listed for: looked for most, left out most, or a sample of its facet. */
  readonly role: "looksFor" | "excludes" | "sample";
  readonly key: number;
  readonly rules: number;
  /** Indicators in all that are looked for. */
  readonly total: number;
}

/** The indicators that the tables show, chosen in one pass over all that the rules use. */
function chooseIndicators(
  database: Database,
  techniques: string,
  limit: { readonly indicators: number; readonly excluded: number },
): readonly Role[] {
  return database.all<Role>(
    `WITH ${activeRules},
     used AS MATERIALIZED (SELECT u.indicator, sum(u.negated = 0) AS looks, sum(u.negated) AS excludes
       FROM rules CROSS JOIN rule_indicator u ON u.rule = rules.key GROUP BY 1),
     known AS MATERIALIZED (SELECT i.key, i.facet, i.reach, looks, excludes FROM used JOIN indicator i ON i.key = used.indicator),
     placed AS (SELECT key, looks + excludes AS rules, row_number() OVER (PARTITION BY facet ORDER BY looks + excludes DESC, key) AS place FROM known)
     SELECT chosen.role, chosen.key, chosen.rules, (SELECT count(*) FROM known WHERE looks > 0) AS total FROM (
       SELECT * FROM (SELECT 'looksFor' AS role, key, looks AS rules FROM known WHERE looks > 0 ORDER BY looks DESC, reach DESC, key LIMIT ?2)
       UNION ALL SELECT * FROM (SELECT 'excludes', key, excludes FROM known WHERE excludes > 0 ORDER BY excludes DESC, reach DESC, key LIMIT ?3)
       UNION ALL SELECT * FROM (SELECT 'sample', key, rules FROM placed WHERE place <= ?4 ORDER BY rules DESC, key)
     ) AS chosen`,
    techniques,
    limit.indicators,
    limit.excluded,
    samplesPerField,
  );
}

function indicatorsOf(database: Database, roles: readonly Role[]): FoundIndicators {
  const rows = database.all<IndicatorRow>(
    `SELECT ${indicatorColumns} FROM indicator i WHERE i.key IN (SELECT value FROM json_each(?))`,
    JSON.stringify(roles.map((one) => one.key)),
  );
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const of = (role: Role["role"]): readonly IndicatorAnswer[] =>
    roles.flatMap((one) => {
      const row = one.role === role ? byKey.get(one.key) : undefined;
      return row === undefined ? [] : [indicatorAnswer(row, one.rules)];
    });
  const samples = Map.groupBy(of("sample"), (one) => one.facet ?? anyField);
  return {
    looksFor: of("looksFor"),
    excludes: of("excludes"),
    total: roles[0]?.total ?? 0,
    samples: new Map(
      [...samples].map(([facet, own]) => [facet, own.map((one) => one.value).filter((text) => text !== "")]),
    ),
  };
}

interface FoundIndicators {
  readonly looksFor: readonly IndicatorAnswer[];
  readonly excludes: readonly IndicatorAnswer[];
  /** Indicators in all that are looked for. */
  readonly total: number;
  /** Facet → its most frequent values, as the first rule spells them. */
  readonly samples: ReadonlyMap<string, readonly string[]>;
}
