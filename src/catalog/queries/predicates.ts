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

interface PredicateRow {
  readonly key: number;
  readonly rule: number;
  readonly field: string | null;
  readonly canonical: string | null;
  readonly title: string | null;
  readonly named_by: string | null;
  readonly written: string | null;
  readonly operator: Operator;
  readonly quantifier: "any" | "all";
  readonly case_sensitive: number;
  readonly negated: number;
  readonly exclusion_group: number | null;
  readonly derived: number;
  readonly selects: number;
  readonly encoding: string | null;
  readonly origin: string | null;
}

interface ValueRow {
  readonly predicate: number;
  readonly raw: string;
  readonly normal: string;
  readonly indicator: number | null;
}

/** The field that names an event by its number: Sigma's EventID, Splunk's EventCode, `event.code`. */
const eventId = "event.code";

const predicateColumns = `p.key, p.rule, p.field, p.canonical, d.title, p.named_by, p.written, p.operator, p.quantifier, p.case_sensitive, p.negated,
  p.exclusion_group, p.derived, p.selects, p.encoding, p.origin`;

const definition = "LEFT JOIN field d ON d.id = p.canonical";

const valueColumns = "v.predicate, v.raw, v.normal, v.indicator";

export function predicatesOfTechnique(database: Database, technique: string): ReadonlyMap<number, RulePredicateRows> {
  const from = "rule_technique t JOIN predicate p ON p.rule = t.rule";
  return gather(
    database.all<PredicateRow>(
      `SELECT ${predicateColumns} FROM ${from} ${definition} WHERE t.technique = ? ORDER BY p.key`,
      technique,
    ),
    database.all<ValueRow>(
      `SELECT ${valueColumns} FROM ${from} JOIN predicate_value v ON v.predicate = p.key WHERE t.technique = ? ORDER BY p.key, v.position`,
      technique,
    ),
  );
}

export function predicatesOfRule(database: Database, rule: number): RulePredicateRows {
  const rules = gather(
    database.all<PredicateRow>(
      `SELECT ${predicateColumns} FROM predicate p ${definition} WHERE p.rule = ? ORDER BY p.key`,
      rule,
    ),
    database.all<ValueRow>(
      `SELECT ${valueColumns} FROM predicate p JOIN predicate_value v ON v.predicate = p.key WHERE p.rule = ? ORDER BY p.key, v.position`,
      rule,
    ),
  );
  return rules.get(rule) ?? { predicates: [], eventIds: [] };
}

/**
 * Keys of predicates count up in the order of rules and of their text, so both lists come in one order and are walked
 * side by side. Two narrow lists cost half of what one wide join does.
 */
function gather(
  predicates: readonly PredicateRow[],
  values: readonly ValueRow[],
): ReadonlyMap<number, RulePredicateRows> {
  const rules = new Map<number, { predicates: KeyedPredicate[]; eventIds: string[] }>();
  let at = 0;
  for (const row of predicates) {
    const start = at;
    while (values[at]?.predicate === row.key) at++;
    const own = values.slice(start, at);
    const rule = rules.get(row.rule) ?? { predicates: [], eventIds: [] };
    rules.set(row.rule, rule);
    if (row.canonical === eventId) rule.eventIds.push(...own.map((one) => one.normal));
    else rule.predicates.push({ answer: toAnswer(row, own), indicators: own.map((one) => one.indicator) });
  }
  return rules;
}

function toAnswer(row: PredicateRow, values: readonly ValueRow[]): PredicateAnswer {
  const valueless = row.operator === "exists" || row.operator === "is_null";
  return {
    field: row.field,
    canonical: row.canonical,
    title: row.title,
    namedBy: row.named_by,
    written: row.written,
    operator: row.operator,
    values: values.map((one) => one.raw).filter((raw) => !valueless || raw !== ""),
    normal: valueless ? [] : values.map((one) => one.normal),
    quantifier: row.quantifier,
    caseSensitive: row.case_sensitive === 1,
    negated: row.negated === 1,
    exclusionGroup: row.exclusion_group,
    derived: row.derived === 1,
    selects: row.selects === 1,
    encoding: row.encoding?.split(" ") ?? [],
    origin: row.origin,
  };
}
