import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { DerivedEvent } from "../../../emulation/derived-event.ts";
import { deriveRun } from "../../../emulation/telemetry/derive-run.ts";
import { readCheckedYaml } from "../checked-yaml.ts";
import { emulationTables } from "./tables.ts";

const folder = join(import.meta.dirname, "../../../../fixtures/emulation/telemetry");

const wanted = z.looseObject({ kind: z.string(), id: z.int().optional(), certainty: z.string().optional() });
const casesFile = z.array(
  z.strictObject({
    name: z.string(),
    shell: z.enum(["cmd", "powershell", "sh", "bash"]),
    platform: z.enum(["windows", "linux", "macos"]).default("windows"),
    elevated: z.boolean().default(false),
    command: z.string(),
    leaves: z.array(wanted).default([]),
    never: z.array(wanted).default([]),
    count: z.record(z.string(), z.int()).default({}),
    unshown: z.array(z.string()).default([]),
  }),
);

type Wanted = z.output<typeof wanted>;

const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

describe.each(files)("what commands leave: %s", (file) => {
  const cases = readCheckedYaml(
    `fixtures/emulation/telemetry/${file}`,
    readFileSync(join(folder, file), "utf8"),
    casesFile,
  );

  it.each(cases)("$name", ({ shell, platform, elevated, command, leaves, never, count, unshown }) => {
    const run = { shell, elevated, platforms: [platform], command };
    const told = deriveRun(run, emulationTables());
    const shown = told.events.map(inShort);
    for (const one of leaves)
      expect(shown, JSON.stringify(one)).toContainEqual(expect.toSatisfy((event) => meets(one, event)));
    for (const one of never) expect(shown.filter((event) => meets(one, event))).toEqual([]);
    for (const [kind, number] of Object.entries(count)) {
      expect(shown.filter((event) => event.kind === kind || `${event.kind}.${event.id}` === kind)).toHaveLength(number);
    }
    expect(told.unshown).toEqual(expect.arrayContaining(unshown));
    for (const { span } of told.events) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeLessThanOrEqual(command.length);
      expect(span.start).toBeLessThan(span.end);
    }
    expect(deriveRun(run, emulationTables())).toEqual(told);
  });
});

interface InShort {
  readonly kind: string;
  readonly id: number | undefined;
  readonly certainty: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Its fields by name; those of nested data by their path. */
function inShort({ kind, certainty, data }: DerivedEvent): InShort {
  const event = data.Event as { readonly System: { readonly EventID: number } } | undefined;
  const body = event as unknown as {
    readonly EventData?: object;
    readonly UserData?: Readonly<Record<string, object>>;
  };
  const own = event === undefined ? data : (body.EventData ?? Object.values(body.UserData ?? {})[0] ?? {});
  return { kind, id: event?.System.EventID, certainty, fields: flat(own as Readonly<Record<string, unknown>>, "") };
}

function flat(data: Readonly<Record<string, unknown>>, above: string): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(data)) {
    if (value !== null && typeof value === "object")
      Object.assign(fields, flat(value as typeof data, `${above}${name}.`));
    else fields[`${above}${name}`] = value;
  }
  return fields;
}

function meets({ kind, id, certainty, ...fields }: Wanted, event: InShort): boolean {
  if (kind !== event.kind || (id !== undefined && id !== event.id)) return false;
  if (certainty !== undefined && certainty !== event.certainty) return false;
  return Object.entries(fields).every(([name, value]) => {
    const [plain = "", how] = name.split("|");
    const found = event.fields[plain];
    return how === "contains" ? typeof found === "string" && found.includes(String(value)) : found === value;
  });
}
