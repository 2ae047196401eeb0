import { checkCql } from "./grammar/index.ts";

/** For the shared fuzz test: what is wrong with a query, and the texts and expressions that stand in it as the platform reads them. */
export function checkQuery(text: string): {
  readonly problems: readonly string[];
  readonly literals: readonly string[];
} {
  const { problems, literals } = checkCql(text);
  return {
    problems: problems.map(({ at, message }) => `${at}: ${message}`),
    literals: literals.map(({ kind, value }) => (kind === "regex" ? spelled(value) : value)),
  };
}

const named: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f" };

/** An expression with its escapes taken for the characters that they stand for, so that a text can be found again in it. */
function spelled(expression: string): string {
  return expression.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([\s\S]))/gu,
    (_, short: string | undefined, long: string | undefined, char = "") => {
      const code = short ?? long;
      return code === undefined ? (named[char] ?? char) : String.fromCharCode(Number.parseInt(code, 16));
    },
  );
}
