import type { Operator } from "../../rule/expression.ts";
import type { Database } from "../database.ts";
import type { PredicateAnswer } from "./answers.ts";

/** A predicate with the keys of its indicators (null where a value is none). */
export interface KeyedPredicate {
  readonly answer: PredicateAnswer;
  readonly indicators: readonly (number | null)[];
}

export interface RulePredicateRows {
  readonly predicates: readonly KeyedPredicate[];
  readonly eventIds: readonly string[];
}

interface Row {
  readonly key: number;
  readonly rule: number;
  readonly field: string | null;
  readonly canonical: string | null;
  readonly written: string | null;
  readonly operator: Operator;
  readonly quantifier: "any" | "all";
  readonly case_sensitive: number;
  readonly negated: number;
  readonly exclusion_group: number | null;
  readonly derived: number;
  readonly selects_event: number;
  readonly origin: string | null;
  readonly raw: string;
  readonly normal: string;
  readonly indicator: number | null;
}

const columns = `p.key, p.rule, p.field, p.canonical, p.written, p.operator, p.quantifier, p.case_sensitive, p.negated,
  p.exclusion_group, p.derived, p.selects_event, p.origin, v.raw, v.normal, v.indicator`;

export function predicatesOfTechnique(database: Database, technique: string): ReadonlyMap<number, RulePredicateRows> {
  return gather(
    database.all<Row>(
      `SELECT ${columns} FROM rule_technique t JOIN predicate p ON p.rule = t.rule JOIN predicate_value v ON v.predicate = p.key
       WHERE t.technique = ? ORDER BY p.rule, p.position, v.position`,
      technique,
    ),
  );
}

export function predicatesOfRule(database: Database, rule: number): RulePredicateRows {
  const rows = database.all<Row>(
    `SELECT ${columns} FROM predicate p JOIN predicate_value v ON v.predicate = p.key WHERE p.rule = ? ORDER BY p.position, v.position`,
    rule,
  );
  return gather(rows).get(rule) ?? { predicates: [], eventIds: [] };
}

/** Rows come a value each, sorted by rule and predicate. */
function gather(rows: readonly Row[]): ReadonlyMap<number, RulePredicateRows> {
  const rules = new Map<number, { predicates: KeyedPredicate[]; eventIds: string[] }>();
  for (let at = 0; at < rows.length; ) {
    const row = rows[at] as Row;
    let end = at + 1;
    while (rows[end]?.key === row.key) end++;
    const values = rows.slice(at, end);
    at = end;
    const rule = rules.get(row.rule) ?? { predicates: [], eventIds: [] };
    rules.set(row.rule, rule);
    if (row.selects_event === 1) rule.eventIds.push(...values.map((one) => one.normal));
    else rule.predicates.push({ answer: toAnswer(row, values), indicators: values.map((one) => one.indicator) });
  }
  return rules;
}

function toAnswer(row: Row, values: readonly Row[]): PredicateAnswer {
  const valueless = row.operator === "exists" || row.operator === "is_null";
  return {
    field: row.field,
    canonical: row.canonical,
    written: row.written,
    operator: row.operator,
    values: values.map((one) => one.raw).filter((raw) => !valueless || raw !== ""),
    normal: valueless ? [] : values.map((one) => one.normal),
    quantifier: row.quantifier,
    caseSensitive: row.case_sensitive === 1,
    negated: row.negated === 1,
    exclusionGroup: row.exclusion_group,
    derived: row.derived === 1,
    origin: row.origin,
  };
}
