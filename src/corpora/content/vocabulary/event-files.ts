import { z } from "zod";

const text = z.string().trim().min(1);
const address = z.url({ protocol: /^https$/u, error: "Expected an address that begins with https://." });
const id = z.union([text, z.number().int().nonnegative().transform(String)]);
const list = z.union([text.transform((one) => [one]), z.array(text).min(1)]);
const ids = z.union([id.transform((one) => [one]), z.array(id).min(1)]);

const eventField = z.union([
  text.transform((name) => ({ name, type: "text" })),
  z.strictObject({ name: text, type: text, field: text.optional() }),
]);

const event = z.strictObject({
  id,
  title: text,
  category: text.optional(),
  logging: text.optional(),
  source: address.optional(),
  fields: z.array(eventField).default([]),
  absent: z.array(text).default([]),
});

const provider = z.strictObject({
  name: text,
  title: text,
  product: z.string().regex(/^[a-z][a-z0-9_-]*$/u, "Expected a product in small letters, such as windows."),
  channels: z.array(text).default([]),
  logging: text.optional(),
  source: address,
  /** Where facts on its events stand, if not at `source`. */
  events_source: address.optional(),
  events: z.array(event).default([]),
});

/** A file of `content/vocabulary/events/`: providers with their events, and operations of which nothing but the name is said. */
export const eventFile = z.strictObject({
  providers: z.array(provider).default([]),
  /** Provider → category → ids. */
  operations: z.record(text, z.record(text, z.array(id).min(1))).default({}),
});

export type EventFile = z.output<typeof eventFile>;

const matching = z.record(text, list);

const sign = z.union([
  z.strictObject({ fields: list, values: ids }).transform((one) => ({ type: "field" as const, ...one })),
  z.strictObject({ when: matching }).transform((one) => ({ type: "source" as const, ...one })),
]);

const condition = z.strictObject({ name: text, signs: z.array(sign).min(1) });

const idSource = z.strictObject({
  fields: list.default([]),
  rest: text.optional(),
  split: text.optional(),
  provider: text,
  providers: list.default([]),
  owners: z.record(text, ids).default({}),
  map: z.record(text, ids).default({}),
  known: z.boolean().default(false),
  open: z.boolean().default(false),
});

const tie = z
  .strictObject({
    reason: text,
    kind: z.enum(["stated", "category", "inferred"]),
    in: list.default([]),
    when: matching.default({}),
    outside: matching.default({}),
    asks: z.record(text, ids).default({}),
    unless: z.record(text, ids).default({}),
    events: z.record(text, ids).default({}),
    ids: idSource.optional(),
    fallback: z.boolean().default(false),
    whole: z.boolean().default(false),
  })
  .refine((one) => one.ids !== undefined || Object.keys(one.events).length > 0, {
    error: "A tie names events, or where the rule names their ids.",
  });

/** A file of `content/vocabulary/ties/`: what is known of where events come from. */
export const tieFile = z.strictObject({ conditions: z.array(condition).default([]), ties: z.array(tie).default([]) });

export type TieFile = z.output<typeof tieFile>;

/** What ties may name. */
export interface KnownEvents {
  readonly provider: (name: string) => boolean;
  readonly event: (provider: string, id: string) => boolean;
  readonly condition: (name: string) => boolean;
}

interface Stray {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The same with whatever its ties name that is not known; for a file of which `straysOf` finds any. */
export function checkedTieFile(known: KnownEvents) {
  return tieFile.superRefine((file, context) => {
    for (const one of straysOf(file, known)) context.addIssue({ code: "custom", ...one, path: [...one.path] });
  });
}

export function straysOf({ ties }: TieFile, known: KnownEvents): readonly Stray[] {
  const strays: Stray[] = [];
  const isProvider = (name: string): boolean => name.includes("{") || known.provider(name);
  for (const [at, one] of ties.entries()) {
    const refuse = (key: readonly string[], message: string): void => {
      strays.push({ path: ["ties", at, ...key], message });
    };
    for (const name of one.in) if (!known.condition(name)) refuse(["in"], `No condition is called ${name}.`);
    for (const [name, ids] of Object.entries(one.events)) {
      if (!isProvider(name)) refuse(["events", name], `No provider is called ${name}.`);
      const sure = (id: string): boolean => id === "*" || name.includes("{") || known.event(name, id);
      for (const id of ids) if (!sure(id)) refuse(["events", name], `${name} has no event ${id}.`);
    }
    for (const name of one.ids === undefined ? [] : [one.ids.provider, ...Object.keys(one.ids.owners)]) {
      if (!isProvider(name)) refuse(["ids"], `No provider is called ${name}.`);
    }
  }
  return strays;
}
