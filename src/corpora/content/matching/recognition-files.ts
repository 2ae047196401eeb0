import { z } from "zod";

const text = z.string().trim().min(1);
const list = z
  .union([z.string().transform((one) => [one]), z.array(z.coerce.string()).min(1)])
  .transform((all): readonly string[] => all);
/** `Event.System.EventID`: the names on the way to a member. */
const path = text.transform((one): readonly string[] => one.split("."));
const paths = z.union([path.transform((one) => [one]), z.array(path).min(1)]);
const lists = z.record(text, list).default({});
const logSourceId = z.string().regex(/^[a-z0-9_-]+(\.[a-z0-9_.-]+)?$/u, "Expected the id of a log source.");
const kinds = z.array(logSourceId).default([]);
const address = z.url({ protocol: /^https$/u, error: "Expected an address that begins with https://." });

const is = z
  .record(text, list)
  .default({})
  .transform((all) => Object.entries(all).map(([key, values]) => ({ path: key.split("."), values })));

const condition = z
  .strictObject({ has: z.array(path).default([]), lacks: z.array(path).default([]), is })
  .refine((one) => one.has.length + one.is.length > 0, { error: "A condition asks for something." });

const time = z.union([
  path.transform((one) => ({ path: one })),
  z.strictObject({ path, and: path.optional(), unit: z.enum(["s", "ms", "us", "ns"]).optional() }),
]);

const made = z.strictObject({
  field: text,
  from: paths,
  between: z.string().default(""),
  before: z.string().optional(),
});

const names = z.record(text, text).default({});

const oneCase = z.strictObject({
  is,
  tells: lists,
  kinds,
  context: lists,
  facts: lists,
  made: z.array(made).default([]),
  names,
});

const contextMember = z.union([
  path.transform((one) => ({ path: one })),
  z.strictObject({ path, after: z.string().min(1).optional(), as: z.string().includes("{}").optional() }),
]);

const logMember = z.union([
  path.transform((one) => ({ path: one })),
  z.strictObject({ path, too: z.boolean().optional(), after: z.string().min(1).optional() }),
]);

const platform = z.strictObject({
  id: text,
  container: text,
  unsure: z.array(logSourceId).default([]),
  ignores: z.array(text).default([]),
  replaced: z.array(z.strictObject({ path, from: z.string().min(1), to: z.string() })).default([]),
});

const shape = z.strictObject({
  id: text,
  title: text,
  /** Where the form is described. */
  source: address,
  structure: z.enum(["windows_event", "members"]).default("members"),
  schema: z.string().nullable(),
  windows: z.boolean().default(false),
  when: z.array(condition).default([]),
  log: z.record(text, z.union([logMember.transform((one) => [one]), z.array(logMember).min(1)])).default({}),
  kinds,
  cases: z.array(oneCase).default([]),
  /** Providers in the tables of events that are tables of a product, each with its ids in one member: they tell the table. */
  tables: z.strictObject({ member: path, names: z.array(text).min(1) }).optional(),
  signs: z.boolean().default(false),
  platform: platform.optional(),
  context: lists,
  from: z.record(text, z.array(contextMember).min(1)).default({}),
  facts: lists,
  time: z.array(time).default([]),
  made: z.array(made).default([]),
  names,
  flatten: z.array(text).default([]),
});

/** A file of `content/matching/recognition/` with forms of events. */
export const shapesFile = z.strictObject({
  wrappers: z.array(z.strictObject({ member: text, beside: text.optional(), begins: text.optional() })).default([]),
  recased: z.array(path).default([]),
  shapes: z.array(shape),
});

/** `windows-events.yaml`: what is known of events of the Windows event log beside what ties and log sources say. */
export const windowsEventsFile = z.strictObject({
  sources: z.record(text, z.strictObject({ title: text, url: address })),
  split: z.array(z.strictObject({ id: z.coerce.string(), name: text })).default([]),
  sensor: z.array(text).default([]),
  said: lists,
  foreign: z.record(text, text).default({}),
  narrowed: z.record(logSourceId, lists).default({}),
  names,
  envelope: names,
  categories: z
    .array(z.strictObject({ kind: logSourceId, provider: text, ids: z.array(z.coerce.string()).min(1) }))
    .default([]),
  providers: z.array(
    z.strictObject({
      name: text,
      /** Of a provider that the tables of events do not have. */
      channels: z.array(text).default([]),
      /** Event id → what an integration says of it: categories, types, actions. */
      ecs: z
        .record(
          text,
          z.strictObject({
            category: list.optional(),
            type: list.optional(),
            action: list.optional(),
            outcome: list.optional(),
          }),
        )
        .default({}),
      /** Ids, and the fields that their data says in other names. */
      also: z
        .array(z.strictObject({ ids: z.array(z.coerce.string()).min(1), fields: z.record(text, text) }))
        .default([]),
      source: text,
    }),
  ),
});

/** `contexts.yaml`: in which context the schema of an event reads its names. */
export const contextsFile = z.array(
  z.strictObject({ schema: text, kinds: z.array(text).min(1), context: z.record(text, list) }),
);

export type ShapesFile = z.output<typeof shapesFile>;
export type WindowsEventsFile = z.output<typeof windowsEventsFile>;
