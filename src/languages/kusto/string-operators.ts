import type { Operator } from "../../rule/expression.ts";
import type { ComparisonOperator, Membership } from "./ast.ts";

/** What an operator asks of a value, and whether upper and lower case differ. Source: docs/languages/kusto.md. */
export interface ComparisonMeaning {
  readonly operator: Operator;
  readonly caseSensitive: boolean;
  /** Where a term may go on beyond what is asked for: `hasprefix` at its end, `hassuffix` at its start. */
  readonly open?: "start" | "end";
}

/** null: not documented, so it cannot be said what it means. */
export const comparisons: Readonly<Record<ComparisonOperator, ComparisonMeaning | null>> = {
  "==": { operator: "eq", caseSensitive: true },
  "=~": { operator: "eq", caseSensitive: false },
  "<": { operator: "lt", caseSensitive: true },
  "<=": { operator: "le", caseSensitive: true },
  ">": { operator: "gt", caseSensitive: true },
  ">=": { operator: "ge", caseSensitive: true },
  ":": { operator: "match", caseSensitive: false },
  has: { operator: "match", caseSensitive: false },
  has_cs: { operator: "match", caseSensitive: true },
  hasprefix: { operator: "match", caseSensitive: false, open: "end" },
  hasprefix_cs: { operator: "match", caseSensitive: true, open: "end" },
  hassuffix: { operator: "match", caseSensitive: false, open: "start" },
  hassuffix_cs: { operator: "match", caseSensitive: true, open: "start" },
  contains: { operator: "contains", caseSensitive: false },
  contains_cs: { operator: "contains", caseSensitive: true },
  startswith: { operator: "starts_with", caseSensitive: false },
  startswith_cs: { operator: "starts_with", caseSensitive: true },
  endswith: { operator: "ends_with", caseSensitive: false },
  endswith_cs: { operator: "ends_with", caseSensitive: true },
  "matches regex": { operator: "regex_match", caseSensitive: true },
  like: null,
  like_cs: null,
};

export interface MembershipMeaning {
  readonly operator: "eq" | "match";
  readonly caseSensitive: boolean;
  readonly quantifier: "any" | "all";
}

export const memberships: Readonly<Record<Membership["operator"], MembershipMeaning>> = {
  in: { operator: "eq", caseSensitive: true, quantifier: "any" },
  "in~": { operator: "eq", caseSensitive: false, quantifier: "any" },
  has_any: { operator: "match", caseSensitive: false, quantifier: "any" },
  has_all: { operator: "match", caseSensitive: false, quantifier: "all" },
};

/** With the sides exchanged. Other operators do not have a mirror image. */
export const mirrored: Readonly<Partial<Record<ComparisonOperator, ComparisonOperator>>> = {
  "==": "==",
  "=~": "=~",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};
