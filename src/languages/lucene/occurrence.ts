import type { Clause } from "./ast.ts";

/** Whether a clause must match, may match, or must not. */
export type Occurrence = "must" | "should" | "must not";

/**
 * What each clause of a query is for Lucene with OR as its default operator, which is that of Elasticsearch. `AND` makes
 * the clauses on both of its sides required, whatever stands around them; `OR` changes nothing; `NOT` and `-` prohibit.
 * So `a AND b OR c` asks for a and b alone, and `a OR NOT b` for a without b.
 */
export function occurrences(clauses: readonly Clause[]): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (const { conjunction, modifier } of clauses) {
    if (conjunction === "AND" && found.at(-1) === "should") found[found.length - 1] = "must";
    if (modifier === "NOT") found.push("must not");
    else found.push(modifier === "+" || conjunction === "AND" ? "must" : "should");
  }
  return found;
}
