import type { AnalysedQuery, AnalysedRule } from "../languages/analyse.ts";
import type { RuleDocument } from "../rule/document.ts";
import type { PredicateUse } from "../rule/predicates.ts";
import type { Events } from "../vocabulary/events/events.ts";
import { tiesOf } from "../vocabulary/events/ties.ts";
import { exclusionLines, type MeaningOf } from "../vocabulary/exclusion.ts";
import { indicatorOf, type ValueKnowledge } from "../vocabulary/indicator.ts";
import { isNamed, mainLanguage } from "../vocabulary/name-rule.ts";
import { type Platform, platformOf } from "../vocabulary/platform.ts";
import type { Database } from "./database.ts";
import type { FieldRegister } from "./field-register.ts";
import type { FoldedTag, FoldTags } from "./fold-attack.ts";
import type { IndicatorLedger } from "./indicators.ts";
import type { Inheritance } from "./inherited-ties.ts";
import { placedDiagnostics } from "./placing.ts";
import type { PlacedDiagnostic } from "./queries/answers.ts";
import { writeTies } from "./write-ties.ts";

export interface RuleWriter {
  readonly database: Database;
  readonly ledger: IndicatorLedger;
  readonly fields: FieldRegister;
  readonly fold: FoldTags;
  readonly knowledge: ValueKnowledge;
  readonly events: Events;
  readonly inheritance: Inheritance;
  /** Keys of rules and predicates count up over the whole build. */
  readonly next: { rule: number; predicate: number };
}

export interface WrittenRule {
  readonly diagnostics: readonly PlacedDiagnostic[];
  /** Predicates written, and those of them of which the vocabulary knows what they filter on. */
  readonly predicates: number;
  readonly mapped: number;
  /** ATT&CK tags that stand under another id than they name. */
  readonly folded: number;
}

/** Writes one rule, whose fields are named, with all that hangs on it. */
export function writeRule(writer: RuleWriter, rule: AnalysedRule, slug: string, url: string | null): WrittenRule {
  const { database } = writer;
  const { document, queries } = rule;
  const key = writer.next.rule++;
  const language = mainLanguage(rule);
  const { raw, queries: _queries, diagnostics: _diagnostics, ...metadata } = document;
  database.run(
    "INSERT INTO rule VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    key,
    document.corpus,
    document.id,
    slug,
    document.path,
    url,
    document.title,
    document.kind,
    language,
    rule.outcome,
    document.status,
    document.lifecycle,
    document.severity,
    document.created,
    document.modified,
    document.licence,
  );
  database.run(
    "INSERT INTO rule_text VALUES (?, ?, ?, ?, ?)",
    key,
    document.description,
    JSON.stringify(metadata),
    raw,
    JSON.stringify(rule.logic),
  );
  for (const [position, one] of queries.entries()) writeQuery(writer, key, position, one, document);
  rule.logic.stages.forEach((stage, position) => {
    database.run(
      "INSERT INTO stage VALUES (?, ?, ?, ?)",
      key,
      position,
      stage.type,
      stage.type === "filter" ? (stage.origin ?? null) : null,
    );
  });
  const platform = platformOf(writer.knowledge.values, document, rule.logic);
  for (const [position, use] of rule.predicates.uses.entries()) {
    writePredicate(writer, key, position, use, language, platform);
  }
  for (const one of rule.predicates.exclusions) {
    const lines = exclusionLines(one.expression, meaningIn(writer.knowledge, platform));
    database.run(
      "INSERT INTO exclusion VALUES (?, ?, ?, ?, ?)",
      key,
      one.group,
      one.stage,
      lines.map((line) => line.meaning).join(" and "),
      JSON.stringify(lines.map((line) => line.pieces)),
    );
  }
  writeTies(database, key, tiesOf(writer.events, rule));
  writer.inheritance.add(key, document, rule.logic);
  writer.ledger.closeRule(key, document.corpus, document.lifecycle === "active");
  const tags = writer.fold(document.attack);
  writeTags(database, key, tags);
  writeSearch(database, key, document, queries, tags);
  const diagnostics = placedDiagnostics(rule);
  for (const one of diagnostics) writeDiagnostic(database, document.corpus, key, one);
  return {
    diagnostics,
    predicates: rule.predicates.uses.length,
    mapped: rule.predicates.uses.filter((use) => isNamed(use.predicate.field)).length,
    folded: new Set(tags.filter((one) => one.folded).map((one) => one.tag)).size,
  };
}

/** What values mean in the rules of one platform. */
function meaningIn(knowledge: ValueKnowledge, platform: Platform): MeaningOf {
  return (predicate, value) => indicatorOf(knowledge, platform, predicate, value);
}

export function writeDiagnostic(database: Database, corpus: string, rule: number | null, one: PlacedDiagnostic): void {
  database.run(
    'INSERT INTO diagnostic (corpus, rule, path, line, "column", code, severity, message, hint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    corpus,
    rule,
    one.path,
    one.line,
    one.column,
    one.code,
    one.severity,
    one.message,
    one.hint,
  );
}

function writeQuery(
  { database }: RuleWriter,
  rule: number,
  position: number,
  one: AnalysedQuery,
  document: RuleDocument,
): void {
  const { role, title, language, text, offset, line } = one.query;
  database.run(
    "INSERT INTO rule_query VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    rule,
    position,
    role,
    title ?? null,
    language,
    one.outcome,
    offset === null ? text : null,
    offset,
    text.length,
    line,
    one.nodes,
    one.opaque.length,
  );
  for (const hole of one.opaque) {
    database.run(
      "INSERT INTO opaque VALUES (?, ?, ?, ?, ?)",
      rule,
      document.corpus,
      language,
      hole.reason,
      hole.text.slice(0, 500),
    );
  }
}

function writePredicate(
  writer: RuleWriter,
  rule: number,
  position: number,
  use: PredicateUse,
  language: string,
  platform: Platform,
): void {
  const { database, ledger, knowledge } = writer;
  const { predicate, negated } = use;
  const { field } = predicate;
  const place = writer.fields.place(field, language);
  const key = writer.next.predicate++;
  const selects = place?.selects ?? false;
  database.run(
    "INSERT INTO predicate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    key,
    rule,
    position,
    use.stage,
    field?.raw ?? null,
    field?.canonical ?? null,
    place?.id ?? null,
    place?.facet ?? null,
    field?.namedBy ?? null,
    field?.derivedFrom?.text ?? null,
    predicate.operator,
    predicate.quantifier,
    Number(predicate.caseSensitive),
    Number(negated),
    use.exclusionGroup,
    Number(use.derived),
    Number(selects),
    predicate.encoding?.join(" ") ?? null,
    predicate.origin ?? null,
    predicate.span.start,
    predicate.span.end,
  );
  // Asking whether a field is there looks for no value.
  const looksForNothing = use.derived || selects || predicate.values.length === 0;
  const rows = predicate.values.length === 0 ? 1 : predicate.values.length;
  for (let i = 0; i < rows; i++) {
    const value = predicate.values[i];
    const meaning = value === undefined ? null : indicatorOf(knowledge, platform, predicate, value);
    const normal = meaning?.value ?? "";
    const spelling = meaning?.spelling ?? "";
    // Another form of the facet may be asked than the rule does: the name instead of the path.
    const moved = field !== null && meaning !== null && meaning.field !== field.canonical;
    const asked = moved ? writer.fields.place({ ...field, canonical: meaning.field }, language) : place;
    const indicator =
      meaning === null || looksForNothing
        ? null
        : ledger.use({ place: asked, operator: meaning.operator, value: normal, spelling, negated });
    database.run(
      "INSERT INTO predicate_value VALUES (?, ?, ?, ?, ?)",
      key,
      i,
      predicate.raw[i] ?? spelling,
      normal,
      indicator,
    );
  }
}

/** A tag that names the very thing comes first: it is the spelling that is kept beside the link. */
function writeTags(database: Database, rule: number, tags: readonly FoldedTag[]): void {
  for (const { kind, id, tag, folded } of tags.toSorted((a, b) => Number(a.folded) - Number(b.folded))) {
    const table = kind === "technique" ? "rule_technique" : "rule_tactic";
    database.run(`INSERT OR IGNORE INTO ${table} VALUES (?, ?, ?)`, id, rule, tag.written);
    if (folded)
      database.run("INSERT OR IGNORE INTO folded_tag VALUES (?, ?, ?, ?, ?)", kind, id, rule, tag.id, tag.written);
  }
}

function writeSearch(
  database: Database,
  rule: number,
  document: RuleDocument,
  queries: readonly AnalysedQuery[],
  tags: readonly FoldedTag[],
): void {
  const attack = new Set([...document.attack.map((tag) => tag.id), ...tags.map((one) => one.id)]);
  const ids = [document.id, document.path, ...attack, ...document.cves, ...document.tags];
  database.run(
    "INSERT INTO rule_search (rowid, title, ids, description, text) VALUES (?, ?, ?, ?, ?)",
    rule,
    document.title,
    ids.join("\n"),
    document.description,
    queries.map((one) => one.query.text).join("\n"),
  );
}
