import type { Database } from "../database.ts";
import type { RuleLine } from "./answers.ts";
import { containing } from "./like.ts";
import { type RuleLineRow, ruleLine, ruleLineColumns } from "./rule-lines.ts";

const pageSize = 100;

/** Raw names shown below the fields of the vocabulary, where the list is not of raw names alone. */
const unmappedBelow = 30;

export interface FieldFilter {
  /** Part of an id, of a title or of a name in any schema. */
  readonly text?: string | undefined;
  readonly role?: string | undefined;
  readonly type?: string | undefined;
  /** Only fields that this schema has a name for. */
  readonly schema?: string | undefined;
  /** true: only fields of the vocabulary; false: only raw names that no table maps. */
  readonly mapped?: boolean | undefined;
}

export interface FieldListQuestion extends FieldFilter {
  /** By the number of rules, or grouped by whose attribute they are. */
  readonly sort?: "rules" | "role" | undefined;
  readonly page?: number;
}

/** One thing that rules filter on, and the fields that hold a form of it. */
export interface FacetLine {
  readonly facet: string;
  readonly title: string;
  readonly role: string;
  /** Active rules that filter on one of its forms, each once. */
  readonly rules: number;
  readonly fields: readonly FieldLine[];
}

export interface FieldLine {
  readonly field: string;
  readonly title: string;
  readonly form: string | null;
  readonly type: string;
  readonly rules: number;
  /** How many schemas have a name for it. */
  readonly schemas: number;
}

/** A raw name that no table maps. */
export interface UnmappedField {
  /** `<schema>:<name>`. */
  readonly field: string;
  readonly name: string;
  readonly schema: string;
  /** Of rules of every lifecycle. */
  readonly predicates: number;
  /** Active ones. */
  readonly rules: number;
  readonly example: RuleLine | null;
}

export interface FieldListAnswer {
  /** Facets in all; `facets` holds one page of them. */
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly facets: readonly FacetLine[];
  readonly unmapped: {
    readonly total: number;
    readonly predicates: number;
    readonly shown: readonly UnmappedField[];
  };
  /** All roles and types of fields in use, to choose from. */
  readonly roles: readonly string[];
  readonly types: readonly string[];
  /** How many predicates of each corpus filter on a field that the vocabulary knows. */
  readonly coverage: readonly { readonly corpus: string; readonly predicates: number; readonly mapped: number }[];
}

/** The fields that rules filter on, with the forms of one facet together; and the raw names that are still to be mapped, by frequency. */
export function fieldList(database: Database, question: FieldListQuestion): FieldListAnswer {
  const page = Math.max(1, Math.floor(question.page ?? 1));
  const used = usedFields(database, question);
  const facets = question.mapped === false ? [] : facetsOf(used, question);
  const window = question.mapped === false ? { size: pageSize, page } : { size: unmappedBelow, page: 1 };
  return {
    total: facets.length,
    page,
    pageSize,
    facets: facets.slice((page - 1) * pageSize, page * pageSize),
    unmapped: unmapped(database, question, window),
    roles: distinct(used.map((one) => one.role)),
    types: distinct(used.map((one) => one.type)),
    coverage: database.all(
      "SELECT id AS corpus, predicates, mapped FROM corpus WHERE predicates > 0 ORDER BY predicates DESC, position",
    ),
  };
}

interface FieldRow extends FieldLine {
  readonly facet: string;
  readonly facetTitle: string;
  readonly facetRules: number;
  readonly role: string;
  /** Does it fit the filter? */
  readonly fits: number;
}

/** All of them: a facet that fits by one of its forms is shown with the others, too. */
function usedFields(database: Database, { text, role, type, schema }: FieldFilter): readonly FieldRow[] {
  return database.all<FieldRow>(
    `SELECT f.id AS field, f.title, f.facet, coalesce(c.title, f.title) AS facetTitle, coalesce(c.rules, f.rules) AS facetRules, f.role, f.form, f.type, f.rules,
       (SELECT count(DISTINCT n.schema) FROM field_name n WHERE n.field = f.id) AS schemas,
       (?1 IS NULL OR f.id LIKE ?1 ESCAPE '!' OR f.title LIKE ?1 ESCAPE '!' OR f.facet LIKE ?1 ESCAPE '!' OR c.title LIKE ?1 ESCAPE '!'
         OR EXISTS (SELECT 1 FROM field_name n WHERE n.field = f.id AND n.name LIKE ?1 ESCAPE '!'))
       AND (?2 IS NULL OR f.role = ?2) AND (?3 IS NULL OR f.type = ?3)
       AND (?4 IS NULL OR EXISTS (SELECT 1 FROM field_name n WHERE n.field = f.id AND n.schema = ?4)) AS fits
     FROM field f LEFT JOIN facet c ON c.id = f.facet WHERE f.mapped = 1 AND f.predicates > 0`,
    text === undefined ? null : containing(text),
    role ?? null,
    type ?? null,
    schema ?? null,
  );
}

function facetsOf(used: readonly FieldRow[], { sort }: FieldListQuestion): readonly FacetLine[] {
  const lines = [...Map.groupBy(used, (one) => one.facet)]
    .filter(([, forms]) => forms.some((one) => one.fits === 1))
    .map(
      ([facet, forms]): FacetLine => ({
        facet,
        title: forms[0]?.facetTitle ?? facet,
        role: forms[0]?.role ?? "",
        rules: forms[0]?.facetRules ?? 0,
        fields: forms
          .toSorted((a, b) => b.rules - a.rules || compare(a.field, b.field))
          .map(({ field, title, form, type, rules, schemas }) => ({ field, title, form, type, rules, schemas })),
      }),
    );
  const byRules = (a: FacetLine, b: FacetLine): number => b.rules - a.rules || compare(a.facet, b.facet);
  return lines.sort(sort === "role" ? (a, b) => compare(a.role, b.role) || byRules(a, b) : byRules);
}

type UnmappedRow = Omit<UnmappedField, "example"> & { readonly [Name in keyof RuleLineRow]: RuleLineRow[Name] | null };

/** Raw names have neither role nor type: a filter on those leaves none. */
function unmapped(
  database: Database,
  { text, role, type, schema, mapped }: FieldFilter,
  { size, page }: { readonly size: number; readonly page: number },
): FieldListAnswer["unmapped"] {
  if (mapped === true || role !== undefined || type !== undefined) return { total: 0, predicates: 0, shown: [] };
  const from = `field f JOIN field_name n ON n.field = f.id AND n.position = 0 WHERE f.mapped = 0 AND f.predicates > 0
    AND (?1 IS NULL OR f.title LIKE ?1 ESCAPE '!') AND (?2 IS NULL OR n.schema = ?2)`;
  const values = [text === undefined ? null : containing(text), schema ?? null];
  const sums = database.one<{ total: number; predicates: number }>(
    `SELECT count(*) AS total, coalesce(sum(f.predicates), 0) AS predicates FROM ${from}`,
    ...values,
  );
  const example =
    "SELECT p.rule FROM predicate p JOIN rule x ON x.key = p.rule WHERE p.field_id = u.field AND p.derived = 0";
  const rows = database.all<UnmappedRow>(
    `SELECT u.field, u.name, u.schema, u.predicates, u.rules, ${ruleLineColumns}
     FROM (SELECT f.id AS field, f.title AS name, n.schema, f.predicates, f.rules FROM ${from} ORDER BY f.predicates DESC, f.id LIMIT ?3 OFFSET ?4) u
     LEFT JOIN rule r ON r.key = coalesce((${example} AND x.lifecycle = 'active' LIMIT 1), (${example} LIMIT 1))
     ORDER BY u.predicates DESC, u.field`,
    ...values,
    size,
    (page - 1) * size,
  );
  return {
    total: sums?.total ?? 0,
    predicates: sums?.predicates ?? 0,
    shown: rows.map(({ field, name, schema: own, predicates, rules, ...line }) => ({
      field,
      name,
      schema: own,
      predicates,
      rules,
      example: line.key === null ? null : ruleLine(line as RuleLineRow),
    })),
  };
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort(compare);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
