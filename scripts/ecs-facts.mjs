#!/usr/bin/env node
// Writes content/vocabulary/generated/ecs.json from the field list of the Elastic Common Schema: names and types, no prose.
// Usage: node scripts/ecs-facts.mjs fields.csv [--out FILE]
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const DEFAULT_OUT = join(
  dirname(fileURLToPath(import.meta.url)),
  "..",
  "content",
  "vocabulary",
  "generated",
  "ecs.json",
);

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: "string" } } });
const [file] = positionals;
if (file === undefined) {
  process.stderr.write("ecs-facts: name the CSV file of ECS, generated/csv/fields.csv in its repository.\n");
  process.exit(2);
}

// The columns that are read come before the ones that may be quoted, so that a line's first commas tell them apart.
const rows = readFileSync(file, "utf8")
  .split("\n")
  .map((line) => line.split(",", 5))
  .filter(([version, indexed]) => /^\d/.test(version) && (indexed === "true" || indexed === "false"));
const fields = Object.fromEntries(rows.map(([, , , name, type]) => [name, type]).sort(([a], [b]) => (a < b ? -1 : 1)));
const facts = { source: "https://www.elastic.co/docs/reference/ecs", version: rows[0][0], fields };
writeFileSync(values.out ?? DEFAULT_OUT, `${JSON.stringify(facts, null, 1)}\n`);
process.stdout.write(`${Object.keys(fields).length} fields of ECS ${facts.version}\n`);
