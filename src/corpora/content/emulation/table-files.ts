import { z } from "zod";

const text = z.string().trim().min(1);
const address = z.url({ protocol: /^https$/u, error: "Expected an address that begins with https://." });
/** Names in one text, with blanks between. */
const words = z.string().transform((all): readonly string[] => all.split(/\s+/u).filter((one) => one !== ""));
const variable = z.string().regex(/^[a-z_]+$/u, "Expected a variable: small letters and _.");
const variables = z.record(z.string(), variable).default({});
const values = z
  .record(variable, z.array(z.coerce.string()).min(1))
  .transform((all): Readonly<Record<string, readonly string[]>> => all);
const certainty = z.enum(["certain", "likely", "possible"]);

/** `machine.yaml`. */
export const machineFile = z
  .strictObject({
    start: z.iso.datetime(),
    windows: z.strictObject({
      computer: text,
      domain: text,
      user: text,
      sid: z.string().regex(/^S-1-5-21(?:-\d+){4}$/u, "Expected the SID of an account."),
      address: z.ipv4(),
      directory: text,
    }),
    unix: z.strictObject({
      computer: text,
      user: text,
      user_id: z.int().min(0),
      home: text,
      address: z.ipv4(),
      directory: text,
    }),
  })
  .transform(({ start, windows, unix: { user_id, ...unix } }) => ({
    start,
    windows,
    unix: { ...unix, userId: user_id },
  }));

/** `windows-programs.yaml`: programs that share their maker and folder; the empty folder is for tools that stand anywhere. */
export const windowsProgramsFile = z.array(
  z.strictObject({
    company: z.string(),
    product: z.string(),
    directory: z.string(),
    programs: z.record(
      z.string().regex(/^[a-z0-9_.-]+$/u, "Expected a name in small letters without .exe."),
      z.union([z.tuple([z.string(), z.string()]), z.tuple([z.string(), z.string(), text])]),
    ),
  }),
);

const placed = z.record(z.string().startsWith("/"), words);

/** `unix-programs.yaml`: folder → names. */
export const unixProgramsFile = z.strictObject({ linux: placed, macos: placed });

/** `commands.yaml`. */
export const commandsFile = z.strictObject({
  sources: z.record(text, address),
  cmd: words,
  sh: words,
  powershell_aliases: z.record(text, text),
  powershell_switches: words,
  associations: z.record(z.string().regex(/^\.[a-z0-9]+$/u), text),
});

const base = {
  certainty,
  why: z.string(),
  by: text.optional(),
  needs: z.array(variable).optional(),
  lacks: z.array(variable).optional(),
  when: values.optional(),
};

const leaf = z.discriminatedUnion("event", [
  z.strictObject({
    ...base,
    event: z.literal("registry-set"),
    key: text,
    name: z.string(),
    type: z.string(),
    data: z.string(),
  }),
  z.strictObject({ ...base, event: z.enum(["registry-key-created", "registry-key-deleted"]), key: text }),
  z.strictObject({ ...base, event: z.literal("registry-value-deleted"), key: text, name: z.string() }),
  z.strictObject({ ...base, event: z.enum(["file-created", "file-deleted"]), path: text, from: text.optional() }),
  z.strictObject({ ...base, event: z.literal("image-loaded"), path: text }),
  z.strictObject({ ...base, event: z.literal("connection"), url: text, port: text.optional() }),
  z.strictObject({
    ...base,
    event: z.literal("process-accessed"),
    target: text,
    access: z.string().regex(/^0x[0-9a-f]+$/u),
  }),
  z.strictObject({ ...base, event: z.literal("pipe-created"), name: text }),
  z.strictObject({ ...base, event: z.literal("process-started"), command: text, parent: text.optional() }),
  z.strictObject({
    ...base,
    event: z.literal("windows-log"),
    kind: text,
    channel: text,
    provider: text,
    id: z.int().positive(),
    data: z.record(text, z.string()),
    userData: text.optional(),
  }),
  z.strictObject({ ...base, event: z.literal("unix-log"), kind: text, data: z.record(text, z.string()) }),
  z.strictObject({ ...base, event: z.literal("unshown"), reason: text }),
]);

const pattern = z.string().refine(
  (one) => {
    try {
      return new RegExp(`${one}|`, "iu").exec("")?.length !== 1;
    } catch {
      return false;
    }
  },
  { error: "Expected a regular expression with a group." },
);

/** A file of `effects/`: what commands leave. */
export const effectsFile = z
  .array(
    z.strictObject({
      commands: z.array(z.string().regex(/^[\]a-z0-9_.:+[-]+$/u, "Expected a name in small letters.")).min(1),
      platform: z.enum(["windows", "unix", "any"]),
      options: variables,
      flags: variables,
      words: z.array(z.string().regex(/^[a-z_]+(?:\.\.\.)?$/u)).default([]),
      patterns: z.record(variable, pattern).default({}),
      defaults: z.record(variable, z.string()).default({}),
      when: values.default({}),
      leaves: z.array(leaf),
    }),
  )
  .superRefine((effects, context) => {
    effects.forEach((effect, index) => {
      const known = new Set([...always, ...variablesOf(effect)]);
      effect.leaves.forEach((one, at) => {
        const asked = [...namesIn(one), ...(one.needs ?? []), ...Object.keys(one.when ?? {})];
        for (const name of asked.filter((each) => !known.has(each))) {
          const message = `No word, option or pattern of this command gives {${name}}.`;
          context.addIssue({ code: "custom", path: [index, "leaves", at], message });
        }
      });
    });
  });

/** What every command has without saying it. */
const always = [
  "url",
  "machine_user",
  "machine_domain",
  "machine_computer",
  "machine_sid",
  "machine_time",
  "machine_home",
];

function variablesOf(effect: {
  readonly options: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  readonly patterns: Readonly<Record<string, string>>;
  readonly defaults: Readonly<Record<string, string>>;
}): readonly string[] {
  const { options, flags, words: named, patterns, defaults } = effect;
  const places = named.map((one) => one.replace(/\.\.\.$/u, ""));
  return [
    ...Object.values(options),
    ...Object.values(flags),
    ...places,
    ...Object.keys(patterns),
    ...Object.keys(defaults),
  ];
}

/** The variables that texts of a leaf name, except where a missing one only leaves `-`. */
function namesIn(one: z.output<typeof leaf>): readonly string[] {
  return [...JSON.stringify(one).matchAll(/\{([a-z_]+)(?:\|[a-z]+)?\}/gu)].map((found) => found[1] ?? "");
}

/** `cloud-operations.yaml`. */
export const cloudFile = z.strictObject({
  sources: z.record(text, address),
  aws: z.strictObject({
    sources: z.record(text, text),
    operations: z.record(z.string().regex(/^[a-z0-9-]+ [a-z0-9-]+$/u), z.array(text)),
  }),
  operations: z.array(
    z.strictObject({ commands: z.array(text).min(1), kind: text, data: z.record(text, z.unknown()) }),
  ),
});

/** `not-shown.yaml`. */
export const notShownFile = z.record(z.uuid(), text);
