import type { AttackVersions } from "../corpora/attack/index.ts";
import type { AttackKnowledge, AttackObject } from "../rule/attack.ts";
import type { Database } from "./database.ts";
import type { AttackFold } from "./fold-attack.ts";
import { writeMeta } from "./meta.ts";

/**
 * Writes tactics, techniques, those who use them, and how ATT&CK says that they are detected. What other versions call
 * a technique or a tactic is found in the search as another name of it.
 */
export function writeAttack(
  database: Database,
  attack: AttackKnowledge,
  versions: AttackVersions,
  fold: AttackFold,
): void {
  const otherTechniques = otherNames(attack, versions, fold);
  writeMeta(database, "attack_version", attack.version);
  writeMeta(database, "attack_notice", attack.notice);
  attack.tactics.forEach((one, position) => {
    database.run(
      "INSERT INTO tactic (short_name, position, id, name, description) VALUES (?, ?, ?, ?, ?)",
      one.shortName,
      position,
      one.id,
      one.name,
      one.description,
    );
    const others = versions.tactics.filter((other) => fold.tactics(other.shortName).includes(one.shortName));
    const aliases = others.flatMap((other) => (other.id === one.id ? [other.name] : [other.id, other.name]));
    index(database, one.id, one.name, aliases, "tactic");
  });
  for (const one of attack.techniques) {
    database.run(
      "INSERT INTO technique (id, name, description, platforms_json, parent, revoked_by, deprecated) VALUES (?, ?, ?, ?, ?, ?, ?)",
      one.id,
      one.name,
      one.description,
      JSON.stringify(one.platforms),
      one.parent,
      one.revokedBy,
      Number(one.deprecated),
    );
    for (const tactic of one.tactics)
      database.run("INSERT OR IGNORE INTO technique_tactic VALUES (?, ?)", tactic, one.id);
    if (one.revokedBy === null && !one.deprecated) {
      index(database, one.id, one.name, otherTechniques.get(one.id) ?? [], "technique");
    }
  }
  writeAliases(database, attack, versions, fold);
  writeObjects(database, "group", attack.groups);
  writeObjects(database, "software", attack.software);
  writeObjects(database, "campaign", attack.campaigns);
  writeObjects(database, "mitigation", attack.mitigations);
  for (const one of attack.uses)
    database.run("INSERT OR IGNORE INTO attack_use VALUES (?, ?, ?)", one.technique, one.source, one.kind);
  for (const one of attack.dataComponents) {
    database.run(
      "INSERT INTO data_component VALUES (?, ?, ?, ?)",
      one.id,
      one.name,
      one.description,
      JSON.stringify(one.logSources),
    );
  }
  for (const one of attack.strategies) {
    const analytics = JSON.stringify(one.analytics);
    for (const technique of one.techniques) {
      database.run(
        "INSERT OR IGNORE INTO detection_strategy VALUES (?, ?, ?, ?)",
        technique,
        one.id,
        one.name,
        analytics,
      );
    }
  }
}

/** Technique in force → ids and names that it has in other versions, or had before. */
function otherNames(
  attack: AttackKnowledge,
  versions: AttackVersions,
  fold: AttackFold,
): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, Set<string>>();
  for (const { id, name } of [...attack.techniques, ...versions.techniques]) {
    const place = fold.technique(id);
    if (place !== null) names.set(place, new Set([...(names.get(place) ?? []), id, name]));
  }
  return new Map([...names].map(([place, others]) => [place, [...others]]));
}

function writeAliases(database: Database, attack: AttackKnowledge, versions: AttackVersions, fold: AttackFold): void {
  const known = new Set(attack.techniques.map((one) => one.id));
  for (const { id, name } of versions.techniques) {
    const place = known.has(id) ? null : fold.technique(id);
    if (place !== null) database.run("INSERT INTO technique_alias VALUES (?, ?, ?)", id, name, place);
  }
}

function writeObjects(database: Database, kind: string, objects: readonly AttackObject[]): void {
  for (const one of objects) {
    database.run(
      "INSERT INTO attack_object VALUES (?, ?, ?, ?, ?, ?, ?)",
      one.id,
      kind,
      one.name,
      JSON.stringify(one.aliases),
      one.description,
      Number(one.revoked),
      Number(one.deprecated),
    );
    if (!one.revoked && !one.deprecated && kind !== "mitigation") index(database, one.id, one.name, one.aliases, kind);
  }
}

function index(database: Database, id: string, name: string, aliases: readonly string[], kind: string): void {
  database.run(
    "INSERT INTO attack_search (id, name, aliases, kind) VALUES (?, ?, ?, ?)",
    id,
    name,
    aliases.join("\n"),
    kind,
  );
}
