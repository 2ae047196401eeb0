import type { Logic } from "../../rule/logic.ts";
import { outputFieldsOf } from "../../rule/output-fields.ts";
import type { Database } from "../database.ts";
import type { PlacedDiagnostic, PredicateAnswer, RuleAnswer, RuleEvent, RuleQueryAnswer, RuleTag } from "./answers.ts";
import { exclusionAnswer } from "./exclusions.ts";
import { indicatorsByKey } from "./indicators.ts";
import { type KeyedPredicate, predicatesOfRule } from "./predicates.ts";
import { proofOfRule } from "./proof.ts";
import { type RuleLineRow, ruleLine, ruleLineColumns } from "./rule-lines.ts";

/** Rows of the indicator table and words of the search terms on one page. */
const limit = { indicators: 200, searchTerms: 20 };

/** Shorter words find too much in raw logs. */
const shortestTerm = 4;

interface Row extends RuleLineRow {
  readonly url: string | null;
  readonly created: string | null;
  readonly modified: string | null;
  readonly licence: string;
  readonly document_json: string;
  readonly raw: string;
  readonly logic_json: string;
}

/** One rule with all that is known of it, by corpus and slug or upstream id; null when there is none. */
export function rule(database: Database, corpus: string, slugOrId: string): RuleAnswer | null {
  const row = database.one<Row>(
    `SELECT ${ruleLineColumns}, r.url, r.created, r.modified, r.licence, x.document_json, x.raw, x.logic_json
     FROM rule r JOIN rule_text x ON x.rule = r.key WHERE r.corpus = ?1 AND (r.slug = ?2 OR r.id = ?2) ORDER BY r.slug = ?2 DESC`,
    corpus,
    slugOrId,
  );
  if (row === null) return null;
  const document = JSON.parse(row.document_json) as RuleAnswer["document"];
  const logic = JSON.parse(row.logic_json) as Logic;
  const { predicates, eventIds } = predicatesOfRule(database, row.key);
  return {
    ...ruleLine(row),
    url: row.url,
    created: row.created,
    modified: row.modified,
    licence: row.licence,
    document,
    raw: row.raw,
    queries: queriesOf(database, row),
    logic,
    predicates: predicates.map((one) => one.answer),
    eventIds,
    indicators: indicatorsByKey(database, lookedFor(predicates)),
    exclusions: exclusionsOf(database, row.key),
    events: eventsOf(database, row.key),
    techniques: tagsOf(database, row.key, "rule_technique", "technique", "technique", "id"),
    tactics: tagsOf(database, row.key, "rule_tactic", "tactic", "tactic", "short_name"),
    proof: proofOfRule(database, row.key),
    diagnostics: database.all<PlacedDiagnostic>(
      `SELECT path, line, "column", code, severity, message, hint FROM diagnostic WHERE rule = ? ORDER BY line, "column"`,
      row.key,
    ),
    searchTerms: searchTerms(predicates),
    outputFields: document.outputFields.length > 0 ? document.outputFields : outputFieldsOf(logic),
    related: document.related.map((one) => ({ ...one, rule: relatedRule(database, corpus, one.id) })),
  };
}

function relatedRule(database: Database, corpus: string, id: string) {
  const row = database.one<RuleLineRow>(
    `SELECT ${ruleLineColumns} FROM rule r WHERE r.corpus = ? AND r.id = ?`,
    corpus,
    id,
  );
  return row === null ? null : ruleLine(row);
}

/** The queries of a rule, main ones and filters, as its file has them. */
export function queriesOf(
  database: Database,
  rule: { readonly key: number; readonly raw: string },
): readonly RuleQueryAnswer[] {
  return database
    .all<Omit<RuleQueryAnswer, "text"> & { text: string | null; length: number }>(
      'SELECT role, title, language, outcome, text, line, "offset", length FROM rule_query WHERE rule = ? ORDER BY position',
      rule.key,
    )
    .map(({ length, ...one }) => ({
      ...one,
      text: one.text ?? rule.raw.slice(one.offset ?? 0, (one.offset ?? 0) + length),
    }));
}

function lookedFor(predicates: readonly KeyedPredicate[]): readonly number[] {
  const keys = predicates.filter((one) => !one.answer.negated).flatMap((one) => one.indicators);
  return [...new Set(keys)].filter((key) => key !== null).slice(0, limit.indicators);
}

/** Every exclusion of the rule once, though several of its queries may state it, and how many active rules of the catalog leave out the same. */
function exclusionsOf(database: Database, rule: number): RuleAnswer["exclusions"] {
  return database
    .all<{ pieces_json: string; rules: number }>(
      `SELECT e.pieces_json, (SELECT count(DISTINCT x.rule) FROM exclusion x JOIN rule r ON r.key = x.rule AND r.lifecycle = 'active'
        WHERE x.text = e.text) AS rules FROM exclusion e WHERE e.rule = ? GROUP BY e.text ORDER BY min(e.exclusion_group)`,
      rule,
    )
    .map((one) => exclusionAnswer(one.pieces_json, one.rules));
}

function eventsOf(database: Database, rule: number): readonly RuleEvent[] {
  return database
    .all<Omit<RuleEvent, "missing"> & { missing_json: string }>(
      `SELECT e.provider, e.event_id AS eventId, v.title, e.kind AS tie, e.reason, e.missing_json FROM event_tie e
       JOIN event v ON v.provider = e.provider AND v.event_id = e.event_id WHERE e.rule = ? ORDER BY e.provider, e.event_id`,
      rule,
    )
    .map(({ missing_json, ...one }) => ({ ...one, missing: JSON.parse(missing_json) as readonly string[] }));
}

function tagsOf(
  database: Database,
  rule: number,
  links: string,
  column: string,
  table: "technique" | "tactic",
  key: string,
): readonly RuleTag[] {
  const folded = Map.groupBy(
    database.all<{ id: string; written: string }>(
      "SELECT id, written FROM folded_tag WHERE rule = ? AND kind = ? ORDER BY written",
      rule,
      table,
    ),
    (one) => one.id,
  );
  return database
    .all<Omit<RuleTag, "foldedFrom">>(
      `SELECT l.${column} AS id, t.name, l.written FROM ${links} l LEFT JOIN ${table} t ON t.${key} = l.${column} WHERE l.rule = ? ORDER BY 1`,
      rule,
    )
    .map((one) => ({ ...one, foldedFrom: folded.get(one.id)?.map((each) => each.written) ?? [] }));
}

/** Literal texts that an event must hold somewhere for the rule to fire: what to type into a raw log search. */
function searchTerms(predicates: readonly KeyedPredicate[]): readonly string[] {
  const literal = new Set(["eq", "contains", "starts_with", "ends_with", "match"]);
  const terms = predicates
    .filter(({ answer }) => !answer.negated && !answer.derived && literal.has(answer.operator) && isPlain(answer))
    .flatMap(({ answer }) => answer.normal.map((value) => value.trim()))
    .filter((value) => value.length >= shortestTerm && value !== "true" && value !== "false");
  return [...new Set(terms)].sort((a, b) => b.length - a.length).slice(0, limit.searchTerms);
}

/** Does a value stand in the event as the rule writes it, but for the kind of dash? */
function isPlain(answer: PredicateAnswer): boolean {
  return answer.encoding.every((one) => one === "windash");
}
