import type { Clause, LuceneNode } from "./ast.ts";
import { occurrences } from "./occurrence.ts";
import type { Parser } from "./parser.ts";

/** Says where the clauses of one query mean something else than they seem to; what is broken has been reported. */
export function warnOfClauses(parser: Parser, clauses: readonly Clause[]): void {
  if (clauses.some(({ node }) => node.type === "error")) return;
  const found = occurrences(clauses);
  const idle = found.includes("must") ? clauses[found.indexOf("should")] : undefined;
  if (idle !== undefined) {
    const message = "This part is optional and changes nothing, since another part is required.";
    parser.report("optional-clause", "warning", message, idle.node.span, "Put what belongs together in brackets.");
  }
  const taken = clauses.find((one) => one.conjunction === "OR" && one.modifier === "NOT");
  if (taken !== undefined) {
    const message = "`OR NOT` takes events out like `AND NOT`; it is no alternative.";
    parser.report("or-not", "warning", message, taken.span, "Write the alternative in brackets: `a OR (NOT b)`.");
  }
  clauses.forEach(({ conjunction, modifier, node }, index) => {
    const before = clauses[index - 1];
    if (before === undefined || conjunction !== null || modifier !== null) return;
    if (node.type !== "term" || !isFieldTerm(before.node)) return;
    // It has been told that this is no operator, which is what was meant.
    if (/^(?:and|or|not)(?:\s|$)/.test(node.text)) return;
    const message = "White space ended the value before: this is looked for in the default fields.";
    const hint = "Put a value with spaces in quotes, or values of one field in brackets.";
    parser.report("term-without-field", "warning", message, node.span, hint);
  });
}

function isFieldTerm(node: LuceneNode): boolean {
  return node.type === "field" && node.value.type === "term";
}
