import { join } from "node:path";
import { z } from "zod";
import type { FieldType } from "../../../vocabulary/fields/tables.ts";
import type { ValueTables } from "../../../vocabulary/values/tables.ts";
import { openValues, type Values } from "../../../vocabulary/values/values.ts";
import { readCheckedYaml } from "../checked-yaml.ts";
import { contentFolder } from "../folder.ts";
import { vocabulary } from "./index.ts";
import { tableFiles } from "./table-files.ts";

const text = z.string().trim().min(1);
const texts = z.array(text).min(1);
const source = z.strictObject({
  title: text,
  url: z.url({ protocol: /^https$/u, error: "Expected an address that begins with https://." }),
});

const fieldTypes = ["sid", "keyword", "number", "boolean"] as const satisfies readonly FieldType[];

const hive = z.strictObject({ short: text, anywhere: texts, atStart: z.array(text).default([]), sources: texts });

const registryData = z.strictObject({
  fields: texts,
  words: z.array(z.string().regex(/^\w+$/u)).min(1),
  sources: texts,
});

const algorithm = z.strictObject({
  label: z.string().regex(/^[A-Z0-9]+$/u, "Expected a label in capitals, such as SHA256."),
  form: text,
  digits: z.int().positive(),
  sources: texts,
});

const code = z.strictObject({
  title: text,
  fields: z.array(text).default([]),
  types: z.array(z.enum(fieldTypes)).default([]),
  source: text,
  values: z.array(z.array(text).min(2, "Expected the normal form and the spellings that mean the same.")).min(1),
});

const platform = z.strictObject({
  platform: z.enum(["windows", "unix"]),
  sources: texts,
  tags: z.array(text).default([]),
  facts: z.record(text, texts).default({}),
  from: z.record(text, texts).default({}),
  values: z.record(text, texts).default({}),
});

/** A file of `content/vocabulary/values/`: spellings that mean the same. `isField`: is this an id of the vocabulary? */
function valueFile(isField: (id: string) => boolean) {
  return z
    .strictObject({
      sources: z.record(text, source),
      hives: z.array(hive).default([]),
      data: z.array(registryData).default([]),
      algorithms: z.array(algorithm).default([]),
      codes: z.array(code).default([]),
      platforms: z.array(platform).default([]),
    })
    .superRefine((table, context) => {
      const refuse = (path: readonly (string | number)[], message: string): void => {
        context.addIssue({ code: "custom", path: [...path], message });
      };
      const known = (path: readonly (string | number)[], keys: readonly string[]): void => {
        for (const key of keys) if (!Object.hasOwn(table.sources, key)) refuse(path, `No source is called ${key}.`);
      };
      const once = (path: readonly (string | number)[], spellings: readonly string[]): void => {
        const seen = new Set<string>();
        for (const one of spellings.map((spelling) => spelling.toLowerCase())) {
          if (seen.has(one)) refuse(path, `${one} stands here twice.`);
          seen.add(one);
        }
      };
      const named = (path: readonly (string | number)[], fields: readonly string[]): void => {
        for (const one of fields) if (!isField(one)) refuse(path, `${one} is no field of the vocabulary.`);
      };
      once(
        ["hives"],
        table.hives.flatMap((one) => [one.short, ...one.anywhere, ...one.atStart]),
      );
      once(
        ["algorithms"],
        table.algorithms.map((one) => one.label),
      );
      once(
        ["platforms"],
        table.platforms.map((one) => one.platform),
      );
      for (const key of ["hives", "data", "algorithms", "platforms"] as const) {
        for (const [at, one] of table[key].entries()) known([key, at, "sources"], one.sources);
      }
      for (const [at, one] of table.data.entries()) named(["data", at, "fields"], one.fields);
      for (const [at, one] of table.codes.entries()) {
        known(["codes", at, "source"], [one.source]);
        named(["codes", at, "fields"], one.fields);
        once(["codes", at, "values"], one.values.flat());
        if (one.fields.length + one.types.length === 0) refuse(["codes", at], "Neither a field nor a type is named.");
      }
    });
}

/** The tables of `content/vocabulary/values`. Throws with file and line of every fault: whoever edits a table is to see it. */
export function readValueTables(
  isField: (id: string) => boolean,
  folder = join(contentFolder, "vocabulary"),
): ValueTables {
  const schema = valueFile(isField);
  const files = tableFiles(folder, "values").map(({ name, text }) => readCheckedYaml(name, text, schema));
  return {
    hives: files.flatMap((one) => one.hives),
    registryData: files.flatMap((one) => one.data),
    algorithms: files.flatMap((one) => one.algorithms),
    codes: files.flatMap((one) => one.codes),
    platforms: files.flatMap((one) => one.platforms),
  };
}

let tables: ValueTables | null = null;

/** The tables that ship with this version, read once. */
export function valueTables(): ValueTables {
  tables ??= readValueTables((id) => vocabulary().field(id) !== null);
  return tables;
}

let known: Values | null = null;

/** What is known of values in this version, read once. */
export function values(): Values {
  known ??= openValues(valueTables());
  return known;
}
