import { type CheckedQuery, checkParsed } from "../proof/parsed-check.ts";

/** For the fuzz of all platforms: what is wrong with a query, and the texts that stand in it, with letters of either case as small ones. */
export function checkQuery(text: string): CheckedQuery {
  const { problems, literals } = checkParsed("lucene", text);
  return { problems, literals: literals.map(unfolded) };
}

function unfolded(literal: string): string {
  return literal.replace(/\[(\p{Ll})(\p{Lu})\]/gu, (both, lower: string, upper: string) =>
    lower.toUpperCase() === upper ? lower : both,
  );
}
