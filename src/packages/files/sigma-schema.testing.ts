import { z } from "zod";

/**
 * What the JSON schemas of the Sigma specification, version 2, ask of a rule and of a correlation, for tests.
 * https://github.com/SigmaHQ/sigma-specification (json-schema/sigma-detection-rule-schema.json and
 * sigma-correlation-rules-schema.json)
 */
const date = z.string().regex(/^\d{4}-(?:0[1-9]|1[012])-(?:0[1-9]|[12]\d|3[01])$/u);
const unique = (one: readonly unknown[]): boolean => new Set(one).size === one.length;
const uniqueTexts = (least = 0) => z.array(z.string().min(least)).refine(unique, { message: "says one thing twice" });

const head = {
  title: z.string().max(256),
  id: z.guid().optional(),
  name: z.string().max(256).optional(),
  related: z
    .array(z.object({ id: z.guid(), type: z.enum(["derived", "obsolete", "merged", "renamed", "similar"]) }))
    .optional(),
  status: z.enum(["stable", "test", "experimental", "deprecated", "unsupported"]).optional(),
  description: z.string().max(65_535).optional(),
  license: z.string().optional(),
  author: z.string().optional(),
  references: uniqueTexts().optional(),
  date: date.optional(),
  modified: date.optional(),
  falsepositives: z.union([z.string().min(2), uniqueTexts(2)]).optional(),
  level: z.enum(["informational", "low", "medium", "high", "critical"]).optional(),
};

const search = z.union([
  z.array(z.union([z.string(), z.int(), z.record(z.string(), z.unknown())])),
  z.record(z.string(), z.unknown()),
]);

const detectionRule = z.object({
  ...head,
  taxonomy: z.string().max(256).optional(),
  logsource: z.object({
    category: z.string().optional(),
    product: z.string().optional(),
    service: z.string().optional(),
    definition: z.string().optional(),
  }),
  detection: z.object({ condition: z.string() }).catchall(search),
  fields: uniqueTexts().optional(),
  tags: z
    .array(z.string().regex(/^[a-z0-9_-]+\.[a-z0-9._-]+$/u))
    .refine(unique, { message: "says one thing twice" })
    .optional(),
  scope: z.array(z.string().min(2)).optional(),
});

const correlationRule = z.object({
  ...head,
  correlation: z.object({
    type: z.enum(["event_count", "value_count", "temporal", "temporal_ordered"]),
    rules: uniqueTexts(2),
    aliases: z.record(z.string(), z.record(z.string(), z.string())).optional(),
    "group-by": uniqueTexts().optional(),
    timespan: z.string().max(10),
    condition: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  }),
  generate: z.boolean().optional(),
});

/** What the schema finds wrong with one document; nothing for a valid one. */
export function schemaFaults(document: unknown): readonly string[] {
  const correlation = typeof document === "object" && document !== null && "correlation" in document;
  const result = (correlation ? correlationRule : detectionRule).safeParse(document);
  return result.success ? [] : result.error.issues.map((one) => `${one.path.join(".")}: ${one.message}`);
}
