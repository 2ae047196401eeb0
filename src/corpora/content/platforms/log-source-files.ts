import { z } from "zod";

const address = z.url({ protocol: /^https$/u, error: "Expected an address that begins with https://." });
const text = z.string().trim().min(1);
const values = z
  .union([z.string().transform((one) => [one]), z.array(z.coerce.string()).min(1)])
  .transform((all): readonly string[] => all);
const conditions = z.record(text, values).default({});
const logSourceId = z
  .string()
  .regex(/^[a-z0-9_-]+(\.[a-z0-9_.-]+)?$/u, "Expected the id of a log source, such as windows.process_creation.");

const sign = z.strictObject({
  when: conditions,
  asks: conditions,
  general: z.boolean().optional(),
  differs: text.optional(),
});

const restatement = z.record(text, z.array(z.union([z.null(), z.coerce.string()])).min(1));

/** A file of `content/platforms/log-sources/`: kinds of logs, whatever the platform. */
export const logSourceFile = z.array(
  z.strictObject({
    id: logSourceId,
    title: text,
    sigma: z.strictObject({ product: text.optional(), category: text.optional(), service: text.optional() }).optional(),
    facts: conditions,
    among: conditions.optional(),
    follows: conditions.optional(),
    same: z.record(text, z.record(text, restatement)).optional(),
    signs: z.array(sign).default([]),
  }),
);

const place = z.strictObject({
  from: z.array(text),
  where: conditions,
  facts: conditions,
  context: conditions,
  has: z.array(text).default([]),
  unlisted: z.record(text, text).default({}),
  lacks: z.array(text).default([]),
  says: z.record(text, z.record(text, z.record(text, z.array(z.coerce.string())))).default({}),
  types: z.record(text, text).optional(),
  source: text,
  differs: text.optional(),
});

/** A `log-sources.yaml` of one platform. */
export const placesFile = z
  .strictObject({
    platform: text,
    sources: z.record(text, z.strictObject({ title: text, url: address })),
    /** Name in `from`, `*` for all → field → what it holds. A place may say it for itself as well. */
    types: z.record(text, z.record(text, text)).default({}),
    places: z.record(logSourceId, z.array(place)),
  })
  .superRefine(({ sources, places }, context) => {
    for (const [id, own] of Object.entries(places)) {
      own.forEach(({ source }, index) => {
        if (sources[source] !== undefined) return;
        const path = ["places", id, index, "source"];
        context.addIssue({ code: "custom", path, message: `${source} stands not among the sources of this file.` });
      });
    }
  });

/** `triage.yaml`: what an analyst looks at first. */
export const triageFile = z.array(z.strictObject({ log_sources: z.array(text).min(1), show: z.array(text).min(1) }));
