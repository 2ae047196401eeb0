import { checkSumo } from "./grammar/index.ts";

/** For the shared fuzz test: what is wrong with a query, and the texts and expressions that stand in it as the platform reads them. */
export function checkQuery(text: string): {
  readonly problems: readonly string[];
  readonly literals: readonly string[];
} {
  const { problems, literals } = checkSumo(text);
  return {
    problems: problems.map(({ at, message }) => `${at}: ${message}`),
    literals: literals.filter((one) => one.kind !== "number").map((one) => one.value),
  };
}
