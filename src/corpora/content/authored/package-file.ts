import { z } from "zod";

/** `package.yaml` of an authored package; docs/authoring-packages.md says what belongs into each part. */

const line = z.string().trim().min(1);
const prose = z.string().trim().min(20);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, "is no id: small letters, digits and hyphens");
const attackId = (letter: string): z.ZodString =>
  z.string().regex(new RegExp(`^${letter}\\d{4}$`, "u"), "is no id of ATT&CK");
const ruleName = z
  .string()
  .regex(/^[a-z0-9_]+$/u, "is no name of a rule in rules/: small letters, digits, underscores");
const telemetry = z.string().regex(/^telemetry\/[a-z0-9-]+\.ndjson$/u, "is no file telemetry/….ndjson");
const scalar = z.union([z.string(), z.number()]);

export const targets = [
  "windows",
  "linux",
  "macos",
  "network",
  "aws",
  "azure",
  "gcp",
  "entra",
  "m365",
  "okta",
  "kubernetes",
  "github",
] as const;

const levels = ["low", "medium", "high", "critical"] as const;

const rule = z.strictObject({
  /** Name of the rule: the `name` of its document in `rules/`. */
  rule: ruleName,
  catches: prose,
  leavesOut: prose,
});

/** What a site sets for itself. Each changes the rules, and with them every query. */
const knob = z
  .strictObject({
    id,
    title: line,
    why: prose,
    /** The rules that it changes. */
    rules: z.array(ruleName).min(1),
    /** Leaves out what has one of these values in a field, as Sigma names it, with modifiers: `User|endswith`. */
    exclude: z.strictObject({ field: line, values: z.array(scalar), example: z.array(scalar).min(1) }).optional(),
    /** The number that a correlation asks for. */
    threshold: z.strictObject({ default: z.number(), least: z.number(), most: z.number() }).optional(),
    /** The time span of a correlation: `10m`. */
    window: z.strictObject({ default: line, example: z.array(line).min(1) }).optional(),
  })
  .refine((one) => [one.exclude, one.threshold, one.window].filter((part) => part !== undefined).length === 1, {
    message: "has to be one of exclude, threshold and window",
  });

const signal = z.strictObject({
  /** In words: `Sysmon 1, process creation`. */
  event: line,
  /** The fields by which the event is known, as its log names them, and their values; `*` stands for anything. */
  fields: z.record(z.string(), scalar),
});

const test = z.strictObject({
  id,
  title: line,
  target: z.enum(targets),
  /** What it does, in a sentence or two. */
  behaviour: prose,
  /** GUID of the Atomic Red Team test that does the same, where there is one. */
  atomic: z.guid().optional(),
  shell: z.enum(["powershell", "cmd", "sh", "bash", "manual"]),
  elevated: z.boolean(),
  prerequisites: z.array(line),
  command: line,
  /** '' where nothing is left behind. */
  cleanup: z.string(),
  signals: z.array(signal).min(1),
  telemetry,
  /** Where the events come from. */
  recorded: z.enum(["by-hand", "recorded"]),
  /** Rules that the telemetry must set off. */
  fires: z.array(ruleName).min(1),
});

const benign = z.strictObject({
  id,
  title: line,
  telemetry,
  /** What it looks like, and what tells it from the real thing. */
  difference: prose,
});

const pivot = z.strictObject({
  title: line,
  /** A Sigma log source and one selection; `{{Field}}` stands for what the alert says in that field. */
  logsource: z.partialRecord(z.enum(["category", "product", "service"]), line),
  selection: z.record(z.string(), z.union([scalar, z.array(scalar)])),
});

const question = z.strictObject({
  question: line,
  /** How the answer is read. */
  answer: prose,
  fields: z.array(line).min(1),
  pivots: z.array(pivot),
});

const step = z.strictObject({ step: line, how: prose });

export const packageSchema = z.strictObject({
  technique: z.string().regex(/^T\d{4}(\.\d{3})?$/u, "is no id of a technique"),
  title: line,
  targets: z.array(z.enum(targets)).min(1),
  description: prose,
  usedBy: z.strictObject({ groups: z.array(attackId("G")), software: z.array(attackId("S")) }),
  severity: z.strictObject({ level: z.enum(levels), why: prose }),
  confidence: z.strictObject({ level: z.enum(["low", "medium", "high"]), why: prose }),
  rules: z.array(rule).min(1),
  falsePositives: z.array(
    z.strictObject({
      /** What innocent work sets a rule off. */
      what: prose,
      /** How it is told from the real thing. */
      tell: prose,
      /** The knob that leaves it out; absent where none does. */
      knob: id.optional(),
    }),
  ),
  knobs: z.array(knob).min(1),
  tests: z.array(test).min(3),
  benign: z.array(benign).min(1),
  investigation: z.array(question).min(3),
  response: z.strictObject({
    contain: z.array(step).min(1),
    eradicate: z.array(step).min(1),
    recover: z.array(step).min(1),
    evidence: z.array(step).min(1),
    escalate: z.array(line).min(1),
  }),
  references: z.array(z.strictObject({ title: line, url: z.url({ protocol: /^https$/u }) })).min(2),
});

/** What `package.yaml` says. */
export type PackageFile = z.output<typeof packageSchema>;
