import type { Operator } from "../../rule/expression.ts";
import type { Database } from "../database.ts";
import type { CountedFields, IndicatorAnswer } from "./answers.ts";

/** How keywords, which name no field, stand in tables. */
export const anyField = "(any field)";

/** Sample values a row. */
const samplesPerField = 6;

/** The active rules of a technique. */
const activeRules = `rules (key) AS MATERIALIZED (
  SELECT r.key FROM rule_technique t JOIN rule r ON r.key = t.rule AND r.lifecycle = 'active' WHERE t.technique = ?1)`;

export interface FieldsAndIndicators {
  readonly fields: readonly CountedFields[];
  readonly indicators: readonly IndicatorAnswer[];
  readonly counts: { readonly fields: number; readonly indicators: number };
}

/**
 * Which fields the active rules of a technique filter on, with which operators and values, and which indicators they
 * look for. A rule counts once in each row. Filters on computed values are left out; exclusions count as filtering, not
 * as looking for. SQLite counts, so that a technique with hundreds of rules costs no row for each of their values.
 */
export function fieldsAndIndicators(
  database: Database,
  technique: string,
  limit: { readonly fields: number; readonly indicators: number },
): FieldsAndIndicators {
  const fields = fieldsOf(database, technique);
  const samples = samplesOf(database, technique);
  const indicators = indicatorsOf(database, technique, limit.indicators);
  return {
    fields: fields.slice(0, limit.fields).map((one) => ({ ...one, samples: samples.get(one.facet) ?? [] })),
    indicators: indicators.shown,
    counts: { fields: fields.length, indicators: indicators.total },
  };
}

interface FieldRow {
  readonly facet: string | null;
  readonly form: string | null;
  readonly operator: Operator;
  readonly rule: number;
}

function fieldsOf(database: Database, technique: string): readonly Omit<CountedFields, "samples">[] {
  const rows = database.all<FieldRow>(
    `WITH ${activeRules} SELECT DISTINCT p.canonical AS facet, p.field AS form, p.operator, p.rule
     FROM rules CROSS JOIN predicate p ON p.rule = rules.key WHERE p.derived = 0 AND p.selects_event = 0`,
    technique,
  );
  const fields = [...Map.groupBy(rows, (one) => one.facet ?? anyField)].map(([facet, uses]) => ({
    facet,
    rules: rulesAmong(uses),
    operators: Object.fromEntries(
      [...Map.groupBy(uses, (one) => one.operator)]
        .map(([operator, own]) => [operator, rulesAmong(own)] as const)
        .sort(([, x], [, y]) => y - x),
    ),
    forms: [...new Set(uses.flatMap((one) => one.form ?? []))],
  }));
  return fields.sort((a, b) => b.rules - a.rules || (a.facet < b.facet ? -1 : 1));
}

function rulesAmong(rows: readonly FieldRow[]): number {
  return new Set(rows.map((one) => one.rule)).size;
}

/** Facet → its most frequent values, as the first rule spells them. */
function samplesOf(database: Database, technique: string): ReadonlyMap<string, readonly string[]> {
  const rows = database.all<{ field: string | null; spelling: string }>(
    `WITH ${activeRules},
     used AS (SELECT u.indicator, count(DISTINCT u.rule) AS rules FROM rules CROSS JOIN rule_indicator u ON u.rule = rules.key GROUP BY 1),
     ranked AS (SELECT i.field, i.spelling, row_number() OVER (PARTITION BY i.field ORDER BY used.rules DESC, i.key) AS place
       FROM used JOIN indicator i ON i.key = used.indicator WHERE i.spelling <> '')
     SELECT field, spelling FROM ranked WHERE place <= ?2 ORDER BY field, place`,
    technique,
    samplesPerField,
  );
  const groups = Map.groupBy(rows, (one) => one.field ?? anyField);
  return new Map([...groups].map(([field, own]) => [field, own.map((one) => one.spelling)]));
}

interface IndicatorRow {
  readonly field: string | null;
  readonly operator: Operator;
  readonly value: string;
  readonly rulesHere: number;
  readonly reach: number;
  readonly excludedBy: number;
  readonly vendors: string;
  readonly total: number;
}

function indicatorsOf(
  database: Database,
  technique: string,
  most: number,
): { readonly total: number; readonly shown: readonly IndicatorAnswer[] } {
  const rows = database.all<IndicatorRow>(
    `WITH ${activeRules},
     used AS (SELECT u.indicator, count(*) AS rules FROM rules CROSS JOIN rule_indicator u ON u.rule = rules.key WHERE u.negated = 0 GROUP BY 1)
     SELECT i.field, i.operator, i.spelling AS value, used.rules AS rulesHere, i.reach, i.excluded_by AS excludedBy,
       i.vendors_json AS vendors, count(*) OVER () AS total
     FROM used JOIN indicator i ON i.key = used.indicator ORDER BY rulesHere DESC, i.reach DESC, i.key LIMIT ?2`,
    technique,
    most,
  );
  const shown = rows.map(({ total: _total, vendors, ...one }) => ({
    ...one,
    vendors: JSON.parse(vendors) as IndicatorAnswer["vendors"],
  }));
  return { total: rows[0]?.total ?? 0, shown };
}
