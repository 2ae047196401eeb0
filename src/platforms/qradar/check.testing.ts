import { checkAql } from "./grammar/check-aql.ts";

/** For the fuzz of all platforms: what is wrong with a query, and the texts that stand in it, also read as expressions. */
export function checkQuery(text: string): {
  readonly problems: readonly string[];
  readonly literals: readonly string[];
} {
  const { problems, literals } = checkAql(text);
  const texts = literals.filter((one) => one.kind === "string").map((one) => one.value);
  return {
    problems: problems.map(({ at, message }) => `${at}: ${message}`),
    literals: [...texts, ...texts.filter((one) => one.includes("\\")).map(withControls)],
  };
}

const named: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f" };

/** An expression with the control characters that its escapes stand for; other escapes are left. */
function withControls(expression: string): string {
  return expression.replace(/\\(?:x([0-9a-f]{2})|([\s\S]))/gu, (whole, hex: string | undefined, char: string) =>
    hex === undefined ? (named[char] ?? whole) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
