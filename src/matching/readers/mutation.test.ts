import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fuzzFormat } from "./mutation.ts";
import { logFormats } from "./registry.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "fixtures", "logs");
const seeds = new Map<string, Uint8Array[]>();
for (const file of readdirSync(join(folder, "expected"))) {
  const { format } = JSON.parse(readFileSync(join(folder, "expected", file), "utf8"));
  seeds.set(format, [
    ...(seeds.get(format) ?? []),
    new Uint8Array(readFileSync(join(folder, file.replace(/\.json$/, "")))),
  ]);
}

const tested = logFormats.filter((one) => one.id !== "evtx");

test.each(tested.map((one) => [one.id, one] as const))(
  "damaged files of %s are read, whole and in pieces",
  (id, format) => {
    const result = fuzzFormat(format, { seeds: seeds.get(id) ?? [], count: 700, seed: 6, now: () => 0 });
    expect(result.failures.map((one) => one.error)).toEqual([]);
    expect(result.records).toBeGreaterThan(500);
    expect(result.faults).toBeGreaterThan(100);
  },
);
