import type { Database } from "../database.ts";
import { techniqueFor } from "./technique-alias.ts";

/** Which rules are meant, by what they are tied to. What is left out does not narrow. */
export interface Narrowing {
  /** In whichever version of ATT&CK that is its id. */
  readonly technique?: string | undefined;
  /** Filters on one of the forms of this facet. */
  readonly facet?: string | undefined;
  /** Filters on this field: a canonical id, or `<schema>:<raw name>`. */
  readonly field?: string | undefined;
  /** Looks for this indicator. */
  readonly indicator?: string | undefined;
  /** Leaves this indicator out. */
  readonly excludes?: string | undefined;
  /** Needs an event of this provider. */
  readonly provider?: string | undefined;
  /** Of the provider, this event. */
  readonly event?: string | undefined;
  /** Stands under none of these: no event, no technique. */
  readonly without?: "event" | "technique" | undefined;
}

export const narrowings = [
  "technique",
  "facet",
  "field",
  "indicator",
  "excludes",
  "provider",
  "event",
  "without",
] as const;

export interface Condition {
  /** Speaks of the table `r`. */
  readonly where: readonly string[];
  readonly values: readonly string[];
}

export function narrowed(database: Database, narrowing: Narrowing): Condition {
  const { technique, facet, field, indicator, excludes, provider, event, without } = narrowing;
  const where: string[] = [];
  const values: string[] = [];
  const only = (clause: string, ...own: readonly string[]): void => {
    where.push(clause);
    values.push(...own);
  };
  if (technique !== undefined) {
    only("r.key IN (SELECT rule FROM rule_technique WHERE technique = ?)", techniqueFor(database, technique));
  }
  if (facet !== undefined) {
    only(
      "r.key IN (SELECT rule FROM predicate WHERE derived = 0 AND field_id IN (SELECT id FROM field WHERE facet = ?))",
      facet,
    );
  }
  if (field !== undefined) only("r.key IN (SELECT rule FROM predicate WHERE derived = 0 AND field_id = ?)", field);
  const uses = "SELECT u.rule FROM indicator i JOIN rule_indicator u ON u.indicator = i.key WHERE i.id = ?";
  if (indicator !== undefined) only(`r.key IN (${uses} AND u.negated = 0)`, indicator);
  if (excludes !== undefined) only(`r.key IN (${uses} AND u.negated = 1)`, excludes);
  if (provider !== undefined && event !== undefined) {
    only("r.key IN (SELECT rule FROM event_tie WHERE provider = ? AND event_id = ?)", provider, event);
  } else if (provider !== undefined) only("r.key IN (SELECT rule FROM event_tie WHERE provider = ?)", provider);
  if (without === "event") only("r.key NOT IN (SELECT rule FROM event_tie)");
  if (without === "technique") only("r.key NOT IN (SELECT rule FROM rule_technique)");
  return { where, values };
}
