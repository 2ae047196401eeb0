import type { AttackKnowledge, AttackObject } from "../rule/attack.ts";
import type { Database } from "./database.ts";
import { writeMeta } from "./meta.ts";

/** Writes tactics, techniques, those who use them, and how ATT&CK says that they are detected. */
export function writeAttack(database: Database, attack: AttackKnowledge): void {
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
    index(database, one.id, one.name, [], "tactic");
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
    if (one.revokedBy === null && !one.deprecated) index(database, one.id, one.name, [], "technique");
  }
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
