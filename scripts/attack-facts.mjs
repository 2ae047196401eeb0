#!/usr/bin/env node
// Writes content/attack/enterprise.json from MITRE's own STIX data: ids, names and links, no prose.
// Usage: node scripts/attack-facts.mjs BUNDLE.json|DIRECTORY [--version X.Y] [--out DIRECTORY]
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const VERSIONED_BUNDLE = /^enterprise-attack-(\d+)\.(\d+)\.json$/;
const DEFAULT_OUT = join(dirname(fileURLToPath(import.meta.url)), "..", "content", "attack");

/** The newest versioned bundle of a directory, otherwise every JSON file below it (one object a file). */
function inputFiles(path) {
  if (!statSync(path).isDirectory()) return [path];
  const bundles = readdirSync(path)
    .map((name) => VERSIONED_BUNDLE.exec(name))
    .filter((match) => match !== null)
    .sort((a, b) => Number(a[1]) - Number(b[1]) || Number(a[2]) - Number(b[2]));
  const newest = bundles.at(-1);
  if (newest) return [join(path, newest[0])];
  return readdirSync(path, { recursive: true })
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(path, name));
}

function readObjects(files) {
  return files.flatMap((file) => {
    const parsed = JSON.parse(readFileSync(file, "utf8"));
    return parsed.type === "bundle" ? parsed.objects : [parsed];
  });
}

/** Old bundles carry no collection object, so the file name is the second witness and --version the last. */
function versionOf(objects, files, stated) {
  if (stated) return stated;
  const collection = objects.find((object) => object.type === "x-mitre-collection");
  if (collection) return collection.x_mitre_version;
  const named = files.length === 1 ? VERSIONED_BUNDLE.exec(basename(files[0])) : null;
  if (named) return `${named[1]}.${named[2]}`;
  throw new Error("neither the data nor the file name tells the ATT&CK version; pass --version X.Y");
}

/** The wording that MITRE's terms of use ask for, with the year of the data's own copyright statement. */
function noticeOf(objects) {
  const statement = objects.find((object) => object.type === "marking-definition")?.definition?.statement ?? "";
  const year = statement.match(/\d{4}/g)?.at(-1);
  if (!year) throw new Error("the data has no copyright statement with a year");
  return `© ${year} The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.`;
}

function attackId(object) {
  return object.external_references.find((reference) => reference.source_name === "mitre-attack").external_id;
}

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Tactics in the order of the matrix; where a domain has several matrices, one after the other. */
function tacticsOf(objects, byStixId) {
  const order = objects.filter((object) => object.type === "x-mitre-matrix").flatMap((matrix) => matrix.tactic_refs);
  return [...new Set(order)].map((ref) => {
    const tactic = byStixId.get(ref);
    return { id: attackId(tactic), shortName: tactic.x_mitre_shortname, name: tactic.name };
  });
}

function techniquesOf(objects, byStixId, tactics) {
  const target = (type) =>
    new Map(
      objects
        .filter((object) => object.type === "relationship" && object.relationship_type === type)
        .map((link) => [link.source_ref, attackId(byStixId.get(link.target_ref))]),
    );
  const revokedBy = target("revoked-by");
  const parents = target("subtechnique-of");
  const matrixOrder = new Map(tactics.map((tactic, position) => [tactic.shortName, position]));
  return objects
    .filter((object) => object.type === "attack-pattern")
    .map((object) => {
      const id = attackId(object);
      const phases = (object.kill_chain_phases ?? []).map((phase) => phase.phase_name);
      // A revoked sub-technique has lost its link to the parent; its id still says which one it was.
      const parent = object.x_mitre_is_subtechnique ? (parents.get(object.id) ?? id.split(".")[0]) : undefined;
      return {
        id,
        name: object.name,
        tactics: phases.sort((a, b) => matrixOrder.get(a) - matrixOrder.get(b)),
        platforms: [...(object.x_mitre_platforms ?? [])].sort(byText),
        ...(parent && { parent }),
        ...(object.revoked && { revokedBy: revokedBy.get(object.id) }),
        ...(object.x_mitre_deprecated && { deprecated: true }),
      };
    })
    .sort((a, b) => byText(a.id, b.id));
}

/** One tactic or technique a line, so that the next version's diff reads as a list of changes. */
function print({ tactics, techniques, ...head }) {
  const scalars = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`);
  const lines = (rows) => rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
  return `{\n${scalars.join("")}  "tactics": [\n${lines(tactics)}\n  ],\n  "techniques": [\n${lines(techniques)}\n  ]\n}\n`;
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { version: { type: "string" }, out: { type: "string", default: DEFAULT_OUT } },
  });
  if (positionals.length !== 1) {
    console.error("usage: node scripts/attack-facts.mjs BUNDLE.json|DIRECTORY [--version X.Y] [--out DIRECTORY]");
    process.exit(2);
  }
  const files = inputFiles(positionals[0]);
  const objects = readObjects(files);
  const byStixId = new Map(objects.map((object) => [object.id, object]));
  const tactics = tacticsOf(objects, byStixId);
  const techniques = techniquesOf(objects, byStixId, tactics);
  const version = versionOf(objects, files, values.version);
  mkdirSync(values.out, { recursive: true });
  const file = join(values.out, "enterprise.json");
  writeFileSync(
    file,
    print({ source: "MITRE ATT&CK Enterprise", version, notice: noticeOf(objects), tactics, techniques }),
  );
  console.log(`ATT&CK ${version}: ${tactics.length} tactics, ${techniques.length} techniques`);
}

main();
