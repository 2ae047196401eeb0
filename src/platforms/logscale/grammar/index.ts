import { limits } from "../../../kit/limits.ts";
import { readPipeline } from "./pipeline.ts";
import { CqlFault, type CqlLiteral, openReader, refuse, skipBlank } from "./reader.ts";

export type { CqlLiteral } from "./reader.ts";

export interface CqlCheck {
  /** The first fault; none for a query that the reference allows. */
  readonly problems: readonly { readonly at: number; readonly message: string }[];
  /** Every value of the query, in order, as the language understands it. */
  readonly literals: readonly CqlLiteral[];
  /** Fields that the query reads, in the order in which they first stand. */
  readonly fields: readonly string[];
}

/**
 * Checks a query against the CrowdStrike Query Language as its public reference has it. The grammar is the subset that
 * the vendor publishes for programs that write queries
 * (library.humio.com/lql-grammar/syntax-grammar-guide-subset.html); what the full parser may allow beyond it is refused.
 */
export function checkCql(text: string): CqlCheck {
  const reader = openReader(text);
  const problems: { at: number; message: string }[] = [];
  try {
    if (text.length > limits.length) refuse(0, "The query is too long.");
    skipBlank(reader);
    if (reader.at === text.length) refuse(0, "The query is empty: it would match everything.");
    readPipeline(reader);
    skipBlank(reader);
    if (reader.at < text.length) refuse(reader.at, "Nothing more was expected here.");
  } catch (error) {
    if (!(error instanceof CqlFault)) throw error;
    problems.push({ at: error.at, message: error.message });
  }
  return { problems, literals: reader.literals, fields: [...reader.fields] };
}
