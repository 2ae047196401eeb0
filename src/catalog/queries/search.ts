import type { Database } from "../database.ts";
import type { RuleLine, SearchAnswer } from "./answers.ts";
import { excerpt } from "./excerpt.ts";
import { matchExpression, wordsOf } from "./match-expression.ts";
import { type Condition, type Narrowing, narrowed } from "./narrowing.ts";
import { type RuleLineRow, ruleLine, ruleLineColumns } from "./rule-lines.ts";
import { techniqueFor } from "./technique-alias.ts";
import { findTests } from "./tests.ts";

const pageSize = 25;

/** ATT&CK objects shown above the rules. */
const attackHits = 8;

/** With an empty query, all rules that the narrowing leaves. */
export interface SearchInput extends Narrowing {
  readonly query: string;
  readonly corpus?: string;
  /** From 1. */
  readonly page?: number;
}

/** Finds what people type: every word must occur; a word of several parts (`C:\Windows\Temp`) as a phrase. */
export function search(database: Database, input: SearchInput): SearchAnswer {
  const query = input.query.trim();
  const page = Math.max(1, Math.floor(input.page ?? 1));
  const expression = matchExpression(query);
  const nothing: SearchAnswer = {
    query,
    total: 0,
    active: 0,
    page,
    pageSize,
    attack: [],
    rules: [],
    tests: [],
    vendors: [],
  };
  const narrowing = narrowed(database, input);
  if (expression === null && narrowing.where.length === 0) return nothing;
  const found = findRules(expression, narrowing);
  const vendors = database.all<SearchAnswer["vendors"][number]>(
    `SELECT r.corpus, count(*) AS rules, sum(r.lifecycle = 'active') AS active FROM ${found.from} WHERE ${found.where} GROUP BY r.corpus ORDER BY rules DESC, r.corpus`,
    ...found.values,
  );
  const chosen = input.corpus === undefined ? vendors : vendors.filter((one) => one.corpus === input.corpus);
  const rows = database.all<RuleLineRow & { description: string; text: string }>(
    `SELECT ${ruleLineColumns}, x.description, x.raw AS text FROM ${found.from} JOIN rule_text x ON x.rule = r.key
     WHERE ${found.where} AND (? IS NULL OR r.corpus = ?) ORDER BY ${found.order} LIMIT ? OFFSET ?`,
    ...found.values,
    input.corpus ?? null,
    input.corpus ?? null,
    pageSize,
    (page - 1) * pageSize,
  );
  const words = wordsOf(query);
  return {
    query,
    total: chosen.reduce((sum, one) => sum + one.rules, 0),
    active: chosen.reduce((sum, one) => sum + one.active, 0),
    page,
    pageSize,
    attack: expression === null ? [] : findAttack(database, expression, query),
    rules: rows.map((row): RuleLine & { excerpt: string } => ({
      ...ruleLine(row),
      excerpt: excerpt(row.description, row.text, words),
    })),
    tests: expression === null ? [] : findTests(database, expression),
    vendors,
  };
}

interface Found {
  readonly from: string;
  readonly where: string;
  readonly values: readonly string[];
  readonly order: string;
}

function findRules(expression: string | null, { where, values }: Condition): Found {
  if (expression === null)
    return { from: "rule r", where: where.join(" AND "), values, order: "r.lifecycle, r.corpus, r.title" };
  return {
    from: "rule_search f JOIN rule r ON r.key = f.rowid",
    where: ["rule_search MATCH ?", ...where].join(" AND "),
    values: [expression, ...values],
    order: "r.lifecycle, bm25(rule_search, 8.0, 6.0, 3.0, 1.0), r.key",
  };
}

/** What the query names by its id, in whichever version of ATT&CK, comes first. */
function findAttack(database: Database, expression: string, query: string): SearchAnswer["attack"] {
  return database.all<SearchAnswer["attack"][number]>(
    `SELECT a.id, a.name, a.kind, coalesce(t.rules, c.rules, 0) AS rules FROM attack_search a
       LEFT JOIN technique t ON t.id = a.id LEFT JOIN tactic c ON c.id = a.id WHERE attack_search MATCH ? ORDER BY a.id = ? DESC, bm25(attack_search, 8.0, 4.0, 2.0), a.id LIMIT ?`,
    expression,
    techniqueFor(database, query.toUpperCase()),
    attackHits,
  );
}
