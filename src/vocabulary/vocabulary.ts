import { openSchema, type Schema } from "./fields/names.ts";
import type { FacetDefinition, FieldDefinition, FieldTables, FieldType, LetterCase } from "./fields/tables.ts";

/** A field of the common vocabulary. */
export interface Field {
  readonly id: string;
  readonly title: string;
  /** Of a field that has no other form, itself. */
  readonly facet: string;
  readonly role: string;
  /** null where the facet has one form only. */
  readonly form: string | null;
  readonly type: FieldType;
  readonly case: LetterCase;
  /** Does ECS have it? */
  readonly ecs: boolean;
  /** Do predicates on it choose the log or the event, instead of filtering on what the event says? */
  readonly selects: boolean;
  readonly note: string | null;
}

/** All that is known of names, ready to be asked. */
export interface Vocabulary {
  readonly tables: FieldTables;
  /** null for what is no id of the vocabulary. */
  readonly field: (id: string) => Field | null;
  /** Title of a facet; of a field without one, the field's own. */
  readonly facetTitle: (facet: string) => string;
  /** Fields that are forms of one facet, in the order of the tables. */
  readonly formsOf: (facet: string) => readonly Field[];
  readonly schemas: readonly Schema[];
  /** The schema in which rules of a language name fields; null for a language without one. */
  readonly schemaOf: (language: string) => Schema | null;
}

/** Ids that are remembered: events may have names without end, and ids are made of them. */
const mostKnown = 50_000;

export function openVocabulary(tables: FieldTables): Vocabulary {
  const defined = new Map(tables.fields.map((one) => [one.id, one]));
  const facets = new Map(tables.facets.map((one) => [one.id, one]));
  const forms = Map.groupBy(
    tables.fields.filter((one) => one.facet !== undefined),
    (one) => one.facet ?? "",
  );
  const known = new Map<string, Field | null>();
  const field = (id: string): Field | null => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const found = fieldOf(id, defined.get(id), tables);
    if (known.size < mostKnown) known.set(id, found);
    return found;
  };
  const schemas = tables.schemas.map((table) => openSchema(table, (id) => field(id) !== null));
  const byLanguage = new Map(schemas.flatMap((one) => one.languages.map((language) => [language, one] as const)));
  return {
    tables,
    field,
    facetTitle: (facet) => facetTitle(facet, facets) ?? field(facet)?.title ?? facet,
    formsOf: (facet) => (forms.get(facet) ?? []).flatMap(({ id }) => field(id) ?? []),
    schemas,
    schemaOf: (language) => byLanguage.get(language) ?? null,
  };
}

function facetTitle(id: string, facets: ReadonlyMap<string, FacetDefinition>): string | undefined {
  return facets.get(id)?.title;
}

function fieldOf(id: string, definition: FieldDefinition | undefined, tables: FieldTables): Field | null {
  const ecsType = Object.hasOwn(tables.ecs, id) ? tables.ecs[id] : undefined;
  const ecs = ecsType !== undefined;
  if (definition !== undefined) {
    const { title, facet = id, role, form = null, type, case: letterCase, selects = false, note = null } = definition;
    return { id, title, facet, role, form, type, case: letterCase, ecs, selects, note };
  }
  const namespace = tables.namespaces.find((one) => id.startsWith(one.prefix) && id.length > one.prefix.length);
  if (!ecs && namespace === undefined) return null;
  const type = fieldType(ecsType);
  const letterCase = type === "ip" ? "ignored" : "kept";
  const role = namespace?.title ?? id.split(".")[0] ?? id;
  return { id, title: id, facet: id, role, form: null, type, case: letterCase, ecs, selects: false, note: null };
}

/** The types of ECS that say something of how values compare. */
function fieldType(ecs: string | undefined): FieldType {
  switch (ecs) {
    case "long":
    case "integer":
    case "float":
    case "double":
    case "scaled_float":
      return "number";
    case "ip":
    case "date":
    case "boolean":
      return ecs;
    case "match_only_text":
      return "text";
    default:
      return "keyword";
  }
}
