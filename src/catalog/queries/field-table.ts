import type { Database } from "../database.ts";
import type { CountedFields, IndicatorAnswer } from "./answers.ts";
import { indicatorsByKey, spellings } from "./indicators.ts";
import type { RulePredicateRows } from "./predicates.ts";

/** How keywords, which name no field, stand in tables. */
export const anyField = "(any field)";

/** Sample values a row. */
const samplesPerField = 6;

export interface FieldsAndIndicators {
  readonly fields: readonly CountedFields[];
  readonly indicators: readonly IndicatorAnswer[];
  readonly counts: { readonly fields: number; readonly indicators: number };
}

interface FieldCount {
  rules: number;
  readonly operators: Map<string, number>;
  readonly forms: Set<string>;
  /** Indicator key → rules. */
  readonly values: Map<number, number>;
}

/**
 * Which fields these rules filter on, with which operators and values, and which indicators they look for. A rule
 * counts once in each row. Filters on computed values are left out; exclusions count as filtering, not as looking for.
 */
export function fieldsAndIndicators(
  database: Database,
  rules: Iterable<RulePredicateRows>,
  limit: { readonly fields: number; readonly indicators: number },
): FieldsAndIndicators {
  const fields = new Map<string, FieldCount>();
  const lookedFor = new Map<number, number>();
  for (const rule of rules) countRule(rule, fields, lookedFor);
  const sorted = [...fields].sort(([a, x], [b, y]) => y.rules - x.rules || (a < b ? -1 : 1));
  const shown = sorted.slice(0, limit.fields);
  const samples = shown.map(([, one]) => mostFrequent(one.values, samplesPerField));
  const spelled = spellings(database, samples.flat());
  const top = [...lookedFor].sort(([a, x], [b, y]) => y - x || a - b);
  const ranked = indicatorsByKey(
    database,
    top.slice(0, limit.indicators * 4).map(([key]) => key),
    (key) => lookedFor.get(key) ?? 0,
  );
  return {
    fields: shown.map(([facet, one], index) => ({
      facet,
      rules: one.rules,
      operators: Object.fromEntries([...one.operators].sort(([, x], [, y]) => y - x)),
      forms: [...one.forms],
      samples: (samples[index] ?? []).flatMap((key) => spelled.get(key) || []),
    })),
    indicators: [...ranked].sort((a, b) => b.rulesHere - a.rulesHere || b.reach - a.reach).slice(0, limit.indicators),
    counts: { fields: fields.size, indicators: lookedFor.size },
  };
}

function countRule(rule: RulePredicateRows, fields: Map<string, FieldCount>, lookedFor: Map<number, number>): void {
  const counted = new Set<string | number>();
  const once = (key: string | number, count: () => void): void => {
    if (counted.has(key)) return;
    counted.add(key);
    count();
  };
  for (const { answer, indicators } of rule.predicates) {
    if (answer.derived) continue;
    const facet = answer.canonical ?? answer.field ?? anyField;
    const known = fields.get(facet) ?? { rules: 0, operators: new Map(), forms: new Set(), values: new Map() };
    fields.set(facet, known);
    once(`field ${facet}`, () => known.rules++);
    once(`operator ${answer.operator} ${facet}`, () =>
      known.operators.set(answer.operator, (known.operators.get(answer.operator) ?? 0) + 1),
    );
    if (answer.field !== null) known.forms.add(answer.field);
    for (const key of indicators) {
      if (key === null) continue;
      once(`value ${key}`, () => known.values.set(key, (known.values.get(key) ?? 0) + 1));
      if (!answer.negated) once(key, () => lookedFor.set(key, (lookedFor.get(key) ?? 0) + 1));
    }
  }
}

function mostFrequent(counts: ReadonlyMap<number, number>, most: number): readonly number[] {
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, most)
    .map(([key]) => key);
}
