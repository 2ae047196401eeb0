import { checkAql } from "./grammar/check-aql.ts";

/** For the fuzz of all platforms: what is wrong with a query, and the texts that stand in it. */
export function checkQuery(text: string): {
  readonly problems: readonly string[];
  readonly literals: readonly string[];
} {
  const { problems, literals } = checkAql(text);
  return {
    problems: problems.map(({ at, message }) => `${at}: ${message}`),
    literals: literals.filter((one) => one.kind === "string").map((one) => one.value),
  };
}
