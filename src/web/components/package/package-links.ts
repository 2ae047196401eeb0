import type { Database } from "../../../catalog/database.ts";
import type { DetectionPackage, Source } from "../../../packages/detection-package.ts";
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
    ...sourcesOf(data).flatMap(({ rule }) => rule ?? []),
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

/** Every source that a package names, as often as it does. */
export function sourcesOf(data: DetectionPackage): readonly Source[] {
  return sourcedParts(data).map(({ source }) => source);
}

/** What a source gave to a package. */
export interface SourcedPart {
  readonly part: string;
  readonly source: Source;
}

/** Every part of a package with its source, in the order of the page. */
export function sourcedParts(data: DetectionPackage): readonly SourcedPart[] {
  const of = (part: string, sources: readonly Source[]): readonly SourcedPart[] =>
    sources.map((source) => ({ part, source }));
  return [
    ...of(
      "description",
      data.description.map((one) => one.source),
    ),
    ...of(
      "detection",
      data.detections.map((one) => one.source),
    ),
    ...of(
      "false positives",
      data.falsePositives.flatMap((one) => one.sources),
    ),
    ...of(
      "tuning",
      data.knobs.flatMap((one) => one.sources),
    ),
    ...of(
      "test",
      data.tests.map((one) => one.source),
    ),
    ...of(
      "investigation",
      data.investigation.map((one) => one.source),
    ),
    ...of(
      "response",
      data.response.map((one) => one.source),
    ),
    ...of(
      "reference",
      data.references.flatMap((one) => one.sources),
    ),
  ];
}
