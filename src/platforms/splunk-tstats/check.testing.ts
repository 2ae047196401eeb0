import { type CheckedQuery, checkParsed } from "../proof/parsed-check.ts";

/** For the fuzz of all platforms: what is wrong with a query, and the texts that stand in it. */
export function checkQuery(text: string): CheckedQuery {
  return checkParsed("spl", text);
}
