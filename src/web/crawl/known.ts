import type { Database } from "../../catalog/database.ts";
import { systems } from "../../platforms/systems.ts";
import { addresses } from "../addresses.ts";

const inForce = "SELECT id FROM technique WHERE revoked_by IS NULL AND deprecated = 0 ORDER BY id";

/** Every page that stands for something in the catalog, by what it stands for. */
export function knownPages(database: Database): Readonly<Record<string, readonly string[]>> {
  const ids = (sql: string): readonly string[] => database.all<{ id: string }>(sql).map(({ id }) => id);
  const objects = (kind: string): readonly string[] =>
    ids(`SELECT id FROM attack_object WHERE kind = '${kind}' AND revoked = 0 AND deprecated = 0 ORDER BY id`);
  return {
    corpora: ids("SELECT id FROM corpus ORDER BY id").map(addresses.corpus),
    rules: database
      .all<{ corpus: string; slug: string }>("SELECT corpus, slug FROM rule ORDER BY key")
      .map(addresses.rule),
    tactics: ids("SELECT short_name AS id FROM tactic ORDER BY position").map(addresses.tactic),
    // An id that was replaced leads to the page of what replaced it.
    techniques: ids("SELECT id FROM technique WHERE id NOT IN (SELECT id FROM technique_alias) ORDER BY id").map(
      addresses.technique,
    ),
    packages: ids(inForce).flatMap((id) => systems.map((one) => addresses.package(id, one.id))),
    groups: objects("group").map(addresses.group),
    software: objects("software").map(addresses.software),
    tests: ids("SELECT guid AS id FROM test ORDER BY key").map(addresses.test),
    providers: ids("SELECT name AS id FROM provider ORDER BY name").map(addresses.provider),
    events: database
      .all<{ provider: string; eventId: string }>("SELECT provider, event_id AS eventId FROM event ORDER BY 1, 2")
      .map(addresses.event),
    fields: ids("SELECT id FROM field ORDER BY id").map(addresses.field),
    indicators: ids("SELECT id FROM indicator ORDER BY key").map(addresses.indicator),
  };
}
