import type { Operator } from "../../rule/expression.ts";
import type { Database } from "../database.ts";
import type { IndicatorAnswer, TechniqueLink } from "./answers.ts";
import { eventsWithField, type FieldEvents } from "./field-events.ts";
import { formsOf } from "./field-lookup.ts";
import { type IndicatorRow, indicatorAnswer, indicatorColumns } from "./indicators.ts";

/** Rows of the lists on one page; the counts beside them say how many there are. */
const limit = { indicators: 60, excluded: 30, techniques: 30, spellings: 40 };

/** A field of the vocabulary, a raw name that no table maps, or all forms of a facet together. */
export interface FieldAnswer {
  readonly id: string;
  readonly title: string;
  /** All forms of the facet are counted together. */
  readonly allForms: boolean;
  /** null for a field without other forms. */
  readonly facet: { readonly id: string; readonly title: string } | null;
  /** '' for a raw name that no table maps. */
  readonly role: string;
  /** Like what follows, null for several forms, which differ in it. */
  readonly type: string | null;
  /** Whether letters of either case are the same: ignored, by_platform, kept. */
  readonly letterCase: string | null;
  readonly note: string | null;
  /** Is its id one of the Elastic Common Schema? */
  readonly ecs: boolean;
  readonly mapped: boolean;
  /** Its predicates choose the log or the event; then it has no indicators. */
  readonly selects: boolean;
  /** The fields of its facet, itself among them. */
  readonly forms: readonly FieldForm[];
  readonly names: readonly SchemaName[];
  /** Active rules that filter on it, each once; exclusions count as filtering, too. */
  readonly rules: number;
  readonly predicates: number;
  readonly corpora: readonly { readonly corpus: string; readonly rules: number }[];
  /** Operator → active rules that use it here. */
  readonly operators: Readonly<Partial<Record<Operator, number>>>;
  /** Values looked for most. */
  readonly indicators: CountedIndicators;
  /** Values left out most: `rulesHere` counts the rules that exclude it. */
  readonly excluded: CountedIndicators;
  /** Techniques by the number of their active rules that filter on it. */
  readonly techniques: { readonly total: number; readonly shown: readonly TechniqueUse[] };
  readonly events: FieldEvents;
  /** The names by which active rules call it. */
  readonly spellings: { readonly total: number; readonly shown: readonly Spelling[] };
}

export interface FieldForm {
  readonly field: string;
  readonly title: string;
  readonly form: string | null;
  readonly type: string;
  readonly rules: number;
}

export interface SchemaName {
  readonly field: string;
  readonly schema: string;
  readonly name: string;
  /** Is it the one that the schema shows for the field? */
  readonly shown: boolean;
  /** The log sources in which it holds. */
  readonly scope: string;
  readonly source: { readonly title: string; readonly url: string };
}

interface CountedIndicators {
  readonly total: number;
  readonly shown: readonly IndicatorAnswer[];
}

export interface TechniqueUse extends TechniqueLink {
  readonly rulesHere: number;
}

export interface Spelling {
  readonly name: string;
  /** The table that says what it means; null where none does. */
  readonly namedBy: string | null;
  readonly rules: number;
}

export interface FieldQuestion {
  /** Count the other forms of its facet, too. */
  readonly allForms?: boolean;
}

/** null for what is neither a field that a rule or a schema names, nor a facet. */
export function field(database: Database, id: string, { allForms = false }: FieldQuestion = {}): FieldAnswer | null {
  const own = database.one<FieldRow>("SELECT * FROM field WHERE id = ?", id);
  const facet = own?.facet ?? id;
  const forms = formsOf(database, facet);
  const first = own ?? database.one<FieldRow>("SELECT * FROM field WHERE id = ?", forms[0] ?? "");
  if (first === null) return null;
  const together = own === null || (allForms && forms.length > 1);
  const fields = together ? forms : [id];
  const list = JSON.stringify(fields);
  const title = database.one<{ title: string }>("SELECT title FROM facet WHERE id = ?", facet)?.title;
  const several = together || forms.length > 1;
  return {
    id: together ? facet : id,
    title: together ? (title ?? facet) : first.title,
    allForms: together,
    facet: several ? { id: facet, title: title ?? facet } : null,
    role: first.role,
    type: together ? null : first.type,
    letterCase: together ? null : first.letter_case,
    note: together ? null : first.note,
    ecs: !together && first.ecs === 1,
    mapped: first.mapped === 1,
    forms: database.all<FieldForm>(
      "SELECT id AS field, title, form, type, rules FROM field WHERE facet = ? ORDER BY rules DESC, id",
      facet,
    ),
    names: namesOf(database, list),
    predicates: predicatesOf(database, list),
    ...usesOf(database, list),
    indicators: indicatorsOf(database, list, "reach"),
    excluded: indicatorsOf(database, list, "excluded_by"),
    events: eventsWithField(database, list),
  };
}

interface FieldRow {
  readonly id: string;
  readonly title: string;
  readonly facet: string;
  readonly role: string;
  readonly type: string;
  readonly letter_case: string;
  readonly note: string | null;
  readonly ecs: number;
  readonly mapped: number;
}

/** Of a raw name that no table maps there is nothing to say but the name itself. */
function namesOf(database: Database, fields: string): readonly SchemaName[] {
  const rows = database.all<Omit<SchemaName, "shown" | "source"> & { position: number; title: string; url: string }>(
    `SELECT n.field, n.schema, n.name, n.position, n.scope, n.source_title AS title, n.source_url AS url
     FROM json_each(?) one JOIN field_name n ON n.field = one.value LEFT JOIN field_schema s ON s.id = n.schema
     ORDER BY s.title COLLATE NOCASE, one.key, n.position`,
    fields,
  );
  return rows.map(({ position, title, url, ...name }) => ({ ...name, shown: position === 0, source: { title, url } }));
}

function predicatesOf(database: Database, fields: string): number {
  const sum = "SELECT sum(predicates) AS predicates FROM field WHERE id IN (SELECT value FROM json_each(?))";
  return database.one<{ predicates: number }>(sum, fields)?.predicates ?? 0;
}

interface UseRow {
  readonly rule: number;
  readonly corpus: string;
  readonly operator: Operator;
  readonly name: string;
  readonly named_by: string | null;
  readonly selects: number;
}

/** Read once and counted five ways. */
function usesOf(
  database: Database,
  fields: string,
): Pick<FieldAnswer, "rules" | "corpora" | "operators" | "spellings" | "selects" | "techniques"> {
  const rows = database.all<UseRow>(
    `SELECT DISTINCT p.rule, r.corpus, p.operator, p.field AS name, p.named_by, p.selects
     FROM json_each(?) one CROSS JOIN predicate p ON p.field_id = one.value JOIN rule r ON r.key = p.rule AND r.lifecycle = 'active'
     WHERE p.derived = 0`,
    fields,
  );
  const spellings = counted(rows, (one) => JSON.stringify([one.name, one.named_by])).map(([key, rules]): Spelling => {
    const [name, namedBy] = JSON.parse(key) as [string, string | null];
    return { name, namedBy, rules };
  });
  const rules = new Set(rows.map((one) => one.rule));
  return {
    rules: rules.size,
    techniques: techniquesOf(database, rules),
    corpora: counted(rows, (one) => one.corpus).map(([corpus, rules]) => ({ corpus, rules })),
    operators: Object.fromEntries(counted(rows, (one) => one.operator)),
    spellings: { total: spellings.length, shown: spellings.slice(0, limit.spellings) },
    selects: rows.length > 0 && rows.every((one) => one.selects === 1),
  };
}

/** Key → rules, most first. */
function counted(rows: readonly UseRow[], keyOf: (row: UseRow) => string): readonly (readonly [string, number])[] {
  return [...Map.groupBy(rows, keyOf)]
    .map(([key, own]) => [key, rulesAmong(own)] as const)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

function rulesAmong(rows: readonly UseRow[]): number {
  return new Set(rows.map((one) => one.rule)).size;
}

function indicatorsOf(database: Database, fields: string, by: "reach" | "excluded_by"): CountedIndicators {
  const from = `indicator i WHERE i.field IN (SELECT value FROM json_each(?)) AND i.${by} > 0`;
  // Counted apart: a window over all rows would have to read them in full.
  const total = database.one<{ total: number }>(`SELECT count(*) AS total FROM ${from}`, fields)?.total ?? 0;
  const rows = database.all<IndicatorRow>(
    `SELECT ${indicatorColumns} FROM ${from} ORDER BY i.${by} DESC, i.reach DESC, i.key LIMIT ?`,
    fields,
    by === "reach" ? limit.indicators : limit.excluded,
  );
  return { total, shown: rows.map((one) => indicatorAnswer(one, one[by])) };
}

/** Techniques that any of the rules is tagged with. */
function techniquesOf(database: Database, rules: ReadonlySet<number>): FieldAnswer["techniques"] {
  const rows = database.all<TechniqueUse & { total: number }>(
    `SELECT x.technique AS id, coalesce(t.name, '') AS name, coalesce(t.rules, count(*)) AS rules, count(*) AS rulesHere, count(*) OVER () AS total
     FROM json_each(?) one JOIN rule_technique x ON x.rule = one.value LEFT JOIN technique t ON t.id = x.technique
     GROUP BY x.technique ORDER BY rulesHere DESC, x.technique LIMIT ?`,
    JSON.stringify([...rules]),
    limit.techniques,
  );
  return { total: rows[0]?.total ?? 0, shown: rows.map(({ total: _, ...one }) => one) };
}
