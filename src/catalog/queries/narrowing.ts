import type { Database } from "../database.ts";
import { familyOf } from "./family.ts";
import { techniqueFor } from "./technique-alias.ts";

/** Which rules are meant, by what they are tied to. What is left out does not narrow. */
export interface Narrowing {
  /** In whichever version of ATT&CK that is its id. */
  readonly technique?: string | undefined;
  /** The technique with its sub-techniques, or with its parent. */
  readonly family?: "yes" | undefined;
  /** Tagged with this tactic, or with one of its techniques: its short name. */
  readonly tactic?: string | undefined;
  /** Of those, the rules that carry none of its techniques. */
  readonly alone?: "yes" | undefined;
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
  "family",
  "tactic",
  "alone",
  "facet",
  "field",
  "indicator",
  "excludes",
  "provider",
  "event",
  "without",
] as const;

/** Why a narrowing makes no sense; null where it does. */
export function nonsense({ technique, family, tactic, alone, provider, event }: Narrowing): string | null {
  if (family !== undefined && technique === undefined) return "family goes with a technique.";
  if (alone !== undefined && tactic === undefined) return "alone goes with a tactic.";
  if (event !== undefined && provider === undefined) return "event goes with a provider.";
  return null;
}

export interface Condition {
  /** Speaks of the table `r`. */
  readonly where: readonly string[];
  readonly values: readonly string[];
}

export function narrowed(database: Database, narrowing: Narrowing): Condition {
  const { technique, family, tactic, alone, facet, field, indicator, excludes, provider, event, without } = narrowing;
  const where: string[] = [];
  const values: string[] = [];
  const only = (clause: string, ...own: readonly string[]): void => {
    where.push(clause);
    values.push(...own);
  };
  if (technique !== undefined) {
    const id = techniqueFor(database, technique);
    const techniques = family === undefined ? [id] : familyOf(database, id);
    only(
      "r.key IN (SELECT rule FROM rule_technique WHERE technique IN (SELECT value FROM json_each(?)))",
      JSON.stringify(techniques),
    );
  }
  const ofTactic =
    "SELECT x.rule FROM technique_tactic k JOIN rule_technique x ON x.technique = k.technique WHERE k.tactic = ?";
  if (tactic !== undefined && alone === undefined) {
    only(`r.key IN (SELECT rule FROM rule_tactic WHERE tactic = ? UNION ${ofTactic})`, tactic, tactic);
  } else if (tactic !== undefined) {
    only(`r.key IN (SELECT rule FROM rule_tactic WHERE tactic = ? EXCEPT ${ofTactic})`, tactic, tactic);
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
