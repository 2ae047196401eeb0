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
  const samples = samplesOf(database, list);
  const indicators = indicatorsOf(database, list, false, limit.indicators);
  return {
    fields: fields.slice(0, limit.fields).map((one) => ({ ...one, samples: samples.get(one.facet) ?? [] })),
    indicators: indicators.shown,
    excluded: indicatorsOf(database, list, true, limit.excluded).shown,
    counts: { fields: fields.length, indicators: indicators.total },
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

/** Facet → its most frequent values, as the first rule spells them. */
function samplesOf(database: Database, techniques: string): ReadonlyMap<string, readonly string[]> {
  const rows = database.all<{ facet: string | null; spelling: string }>(
    `WITH ${activeRules},
     used AS (SELECT u.indicator, count(DISTINCT u.rule) AS rules FROM rules CROSS JOIN rule_indicator u ON u.rule = rules.key GROUP BY 1),
     ranked AS (SELECT i.facet, i.spelling, row_number() OVER (PARTITION BY i.facet ORDER BY used.rules DESC, i.key) AS place
       FROM used JOIN indicator i ON i.key = used.indicator WHERE i.spelling <> '')
     SELECT facet, spelling FROM ranked WHERE place <= ?2 ORDER BY facet, place`,
    techniques,
    samplesPerField,
  );
  const groups = Map.groupBy(rows, (one) => one.facet ?? anyField);
  return new Map([...groups].map(([facet, own]) => [facet, own.map((one) => one.spelling)]));
}

function indicatorsOf(
  database: Database,
  techniques: string,
  negated: boolean,
  most: number,
): { readonly total: number; readonly shown: readonly IndicatorAnswer[] } {
  const rows = database.all<IndicatorRow & { total: number; rulesHere: number }>(
    `WITH ${activeRules},
     used AS MATERIALIZED (SELECT u.indicator, count(*) AS rules FROM rules CROSS JOIN rule_indicator u ON u.rule = rules.key WHERE u.negated = ?2 GROUP BY 1),
     top AS MATERIALIZED (SELECT used.indicator, used.rules FROM used JOIN indicator i ON i.key = used.indicator
       ORDER BY used.rules DESC, i.reach DESC, i.key LIMIT ?3)
     SELECT ${indicatorColumns}, top.rules AS rulesHere, (SELECT count(*) FROM used) AS total
     FROM top JOIN indicator i ON i.key = top.indicator ORDER BY rulesHere DESC, i.reach DESC, i.key`,
    techniques,
    Number(negated),
    most,
  );
  return { total: rows[0]?.total ?? 0, shown: rows.map((one) => indicatorAnswer(one, one.rulesHere)) };
}
