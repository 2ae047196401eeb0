import { z } from "zod";

const id = z.string().regex(/^[@\w][\w.@:/[\]{}$"-]*$/u, "Expected the id of a field, such as process.executable.");
const title = z.string().trim().min(1);
const address = z.url({ protocol: /^https$/u, error: "Expected an address that begins with https://." });

const facet = z.strictObject({ id, title });

const field = z.strictObject({
  id,
  title,
  facet: id.optional(),
  role: title,
  form: title.optional(),
  type: z.enum([
    "path",
    "name",
    "command_line",
    "registry_path",
    "ip",
    "domain",
    "url",
    "hash",
    "hashes",
    "sid",
    "number",
    "hex_number",
    "boolean",
    "date",
    "text",
    "keyword",
  ]),
  case: z.enum(["ignored", "by_platform", "kept"]),
  selects: z.boolean().optional(),
  note: title.optional(),
});

const namespace = z.strictObject({
  prefix: z
    .string()
    .regex(/^[A-Za-z][\w.]*\.$/u, "Expected a prefix with a dot at its end, such as winlog.event_data."),
  title,
  source: address,
});

/** A file of `content/vocabulary/fields/`: what fields there are, apart from those of ECS. */
export const fieldFile = z.strictObject({
  facets: z.array(facet).default([]),
  fields: z.array(field).default([]),
  namespaces: z.array(namespace).default([]),
});

const entry = z.union([
  id.transform((field) => ({ field, shown: true })),
  z.strictObject({ field: id, shown: z.boolean().default(true), source: z.string().optional() }),
]);

const names = z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)]);

const scope = z.strictObject({
  title,
  when: z.record(z.string(), names).default({}),
  source: z.string(),
  fields: z.record(z.string().min(1), entry).default({}),
  otherwise: z.string().optional(),
  identity: z.boolean().optional(),
});

/** A file of `content/vocabulary/schemas/`: the names that one schema has for fields. `isField`: is this an id of the vocabulary? */
export function schemaFile(isField: (id: string) => boolean, isNamespace: (prefix: string) => boolean) {
  return z
    .strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]*$/u),
      title,
      languages: z.array(z.string()).default([]),
      sources: z.record(z.string(), z.strictObject({ title, url: address })),
      scopes: z.array(scope).min(1),
    })
    .superRefine((table, context) => {
      const refuse = (path: readonly (string | number)[], message: string): void => {
        context.addIssue({ code: "custom", path: ["scopes", ...path], message });
      };
      const titles = new Set<string>();
      for (const [at, one] of table.scopes.entries()) {
        if (titles.has(one.title)) refuse([at, "title"], `Two scopes are called ${one.title}.`);
        titles.add(one.title);
        if (!Object.hasOwn(table.sources, one.source)) refuse([at, "source"], `No source is called ${one.source}.`);
        if (one.otherwise !== undefined && !isNamespace(one.otherwise)) {
          refuse([at, "otherwise"], `No namespace is called ${one.otherwise}`);
        }
        for (const [raw, { field: target, ...own }] of Object.entries(one.fields)) {
          if (!isField(target)) {
            refuse(
              [at, "fields", raw],
              `${target} is no field: define it in content/vocabulary/fields, or use an id of ECS.`,
            );
          }
          const source = "source" in own ? own.source : undefined;
          if (source !== undefined && !Object.hasOwn(table.sources, source)) {
            refuse([at, "fields", raw], `No source is called ${source}.`);
          }
        }
      }
    });
}
