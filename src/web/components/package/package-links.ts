import type { Database } from "../../../catalog/database.ts";
import type { DetectionPackage } from "../../../packages/detection-package.ts";
import { sourcesOf } from "../../../packages/sources.ts";
import { addresses } from "../../addresses.ts";

/** What of a package has a page of its own here. */
export interface PackageLinks {
  /** Rule (`elastic:<id>`) → the address of its page. */
  readonly rules: ReadonlyMap<string, string>;
  /** GUID of a test → the address of its page. */
  readonly tests: ReadonlyMap<string, string>;
  /** `provider id` of an event → the address of its page. */
  readonly events: ReadonlyMap<string, string>;
}

/** Looks up all that a package names. What the catalog does not have stays without a link. */
export function packageLinks(database: Database, data: DetectionPackage): PackageLinks {
  const rules = new Map<string, string>();
  for (const name of new Set([
    ...sourcesOf(data).flatMap(({ source }) => source.rule ?? []),
    ...data.detections.map((one) => one.id),
  ])) {
    const [corpus = "", ...id] = name.split(":");
    const row = database.one<{ slug: string }>(
      "SELECT slug FROM rule WHERE corpus = ? AND id = ?",
      corpus,
      id.join(":"),
    );
    if (row !== null) rules.set(name, addresses.rule({ corpus, slug: row.slug }));
  }
  const tests = new Map<string, string>();
  for (const { id } of data.tests) {
    if (database.one("SELECT 1 FROM test WHERE guid = ?", id) !== null) tests.set(id, addresses.test(id));
  }
  const events = new Map<string, string>();
  for (const { provider, id } of data.needs.flatMap((one) => one.events)) {
    const known = database.one("SELECT 1 FROM event WHERE provider = ? AND event_id = ?", provider, id);
    if (known !== null) events.set(`${provider} ${id}`, addresses.event({ provider, eventId: id }));
  }
  return { rules, tests, events };
}
