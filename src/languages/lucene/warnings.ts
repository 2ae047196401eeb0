import type { Clause, LuceneNode } from "./ast.ts";
import { occurrences } from "./occurrence.ts";
import type { Parser } from "./parser.ts";

/** Says where the clauses of one query mean something else than they seem to; what is broken has been reported. */
export function warnOfClauses(parser: Parser, clauses: readonly Clause[]): void {
  let taken: Clause | null = null;
  let before: Clause | null = null;
  const strays: Clause[] = [];
  for (const one of clauses) {
    if (one.node.type === "error") return;
    if (one.conjunction === "OR" && one.modifier === "NOT") taken ??= one;
    if (before !== null && isStray(one, before)) strays.push(one);
    before = one;
  }
  // A single clause is what it seems to be.
  if (clauses.length < 2) return;
  const found = occurrences(clauses);
  const idle = found.includes("must") ? clauses[found.indexOf("should")] : undefined;
  if (idle !== undefined) {
    const message = "This part is optional and changes nothing, since another part is required.";
    parser.report("optional-clause", "warning", message, idle.node.span, "Put what belongs together in brackets.");
  }
  if (taken !== null) {
    const message = "`OR NOT` takes events out like `AND NOT`; it is no alternative.";
    parser.report("or-not", "warning", message, taken.span, "Write the alternative in brackets: `a OR (NOT b)`.");
  }
  for (const { node } of strays) {
    const message = "White space ended the value before: this is looked for in the default fields.";
    const hint = "Put a value with spaces in quotes, or values of one field in brackets.";
    parser.report("term-without-field", "warning", message, node.span, hint);
  }
}

function isStray({ conjunction, modifier, node }: Clause, before: Clause): boolean {
  if (conjunction !== null || modifier !== null || node.type !== "term" || !isFieldTerm(before.node)) return false;
  // It has been told that this is no operator, which is what was meant.
  return !/^(?:and|or|not)(?:\s|$)/.test(node.text);
}

function isFieldTerm(node: LuceneNode): boolean {
  return node.type === "field" && node.value.type === "term";
}
