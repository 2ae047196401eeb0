import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FieldTables } from "../../../vocabulary/fields/tables.ts";
import { openVocabulary, type Vocabulary } from "../../../vocabulary/vocabulary.ts";
import { readCheckedYaml } from "../checked-yaml.ts";
import { contentFolder } from "../folder.ts";
import { fieldFile, schemaFile } from "./field-files.ts";
import { refuseTwice, tableFiles } from "./table-files.ts";

/** The tables of `content/vocabulary`. Throws with file and line of every fault: whoever edits a table is to see it. */
export function readFieldTables(folder = join(contentFolder, "vocabulary")): FieldTables {
  const files = tableFiles(folder, "fields").map(({ name, text }) => readCheckedYaml(name, text, fieldFile));
  const facets = files.flatMap((one) => one.facets);
  const fields = files.flatMap((one) => one.fields);
  const namespaces = files.flatMap((one) => one.namespaces);
  refuseTwice(
    "facet",
    facets.map((one) => one.id),
  );
  refuseTwice(
    "field",
    fields.map((one) => one.id),
  );
  refuseTwice(
    "namespace",
    namespaces.map((one) => one.prefix),
  );
  const facetIds = new Set(facets.map((one) => one.id));
  const stray = fields.find((one) => one.facet !== undefined && !facetIds.has(one.facet));
  if (stray !== undefined) throw new Error(`content/vocabulary/fields: ${stray.id} names no facet: ${stray.facet}.`);
  const ecs = (
    JSON.parse(readFileSync(join(folder, "generated", "ecs.json"), "utf8")) as Pick<FieldTables, "ecs"> & {
      readonly fields: FieldTables["ecs"];
    }
  ).fields;
  const unnamed: FieldTables = { facets, fields, namespaces, schemas: [], ecs };
  const { field } = openVocabulary(unnamed);
  const prefixes = new Set(namespaces.map((one) => one.prefix));
  const schema = schemaFile(
    (id) => field(id) !== null,
    (prefix) => prefixes.has(prefix),
  );
  const schemas = tableFiles(folder, "schemas").map(({ name, text }) => readCheckedYaml(name, text, schema));
  return { ...unnamed, schemas };
}

let tables: FieldTables | null = null;

/** The tables that ship with this version, read once. */
export function fieldTables(): FieldTables {
  tables ??= readFieldTables();
  return tables;
}

let known: Vocabulary | null = null;

/** The vocabulary that ships with this version, read once. */
export function vocabulary(): Vocabulary {
  known ??= openVocabulary(fieldTables());
  return known;
}
