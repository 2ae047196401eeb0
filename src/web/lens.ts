import type { Database } from "../catalog/database.ts";

/** The names under which fields are shown on a page. */
export interface Lens {
  /** null: the ids of the common vocabulary, and on the page of a rule its own names. */
  readonly schema: string | null;
  readonly title: string;
  /** null for a field that the schema has no name for. */
  readonly nameOf: (field: string) => string | null;
}

/** The parameter of an address that chooses a schema. */
export const lensParameter = "names";

export const vocabularyLens: Lens = { schema: null, title: "Common vocabulary", nameOf: (field) => field };

export interface SchemaChoice {
  readonly id: string;
  readonly title: string;
}

export function schemaChoices(database: Database): readonly SchemaChoice[] {
  return database.all<SchemaChoice>("SELECT id, title FROM field_schema ORDER BY title COLLATE NOCASE");
}

/** Field → the name that a schema shows for it; a facet is shown by that of its forms that most rules filter on. */
export function schemaNames(database: Database, schema: string): ReadonlyMap<string, string> {
  const facets = database.all<{ id: string; name: string }>(
    `SELECT f.facet AS id, n.name, max(f.rules) FROM field_name n JOIN field f ON f.id = n.field
     WHERE n.schema = ? AND n.position = 0 AND f.facet <> f.id GROUP BY f.facet`,
    schema,
  );
  const fields = database.all<{ id: string; name: string }>(
    "SELECT field AS id, name FROM field_name WHERE schema = ? AND position = 0 ORDER BY field",
    schema,
  );
  return new Map([...facets, ...fields].map((one) => [one.id, one.name]));
}

let current = vocabularyLens;

/**
 * Draws with a lens. Pages are drawn in one go, so that the lens need not be handed through every component that may
 * name a field.
 */
export function drawThrough<Drawn>(lens: Lens, draw: () => Drawn): Drawn {
  const before = current;
  current = lens;
  try {
    return draw();
  } finally {
    current = before;
  }
}

export function currentLens(): Lens {
  return current;
}

/**
 * Makes links and forms of our own pages carry the lens on. The markup is ours: what rules bring along is escaped, so a
 * quote inside a tag can only be the end of an attribute.
 */
export function carryLens(html: string, { schema }: Lens): string {
  if (schema === null) return html;
  const carried = `${lensParameter}=${encodeURIComponent(schema)}`;
  return html
    .replaceAll(/<a ((?:(?!data-lens)[^<>])*?)href="(\/[^"#]*)/g, (_, before: string, address: string) => {
      return `<a ${before}href="${address}${address.includes("?") ? "&amp;" : "?"}${carried}`;
    })
    .replaceAll(
      /(<form [^<>]*method="get"[^<>]*>)/g,
      `$1<input type="hidden" name="${lensParameter}" value="${schema}"/>`,
    );
}
