import { checkSumo } from "./grammar/index.ts";

/** For the shared fuzz test: what is wrong with a query, and the texts and expressions that stand in it as the platform reads them. */
export function checkQuery(text: string): {
  readonly problems: readonly string[];
  readonly literals: readonly string[];
} {
  const { problems, literals } = checkSumo(text);
  return {
    problems: problems.map(({ at, message }) => `${at}: ${message}`),
    literals: literals
      .filter((one) => one.kind !== "number")
      .map(({ kind, value }) => (kind === "regex" ? unescaped(value) : value)),
  };
}

/** The text of an expression that was made of a text: code points and escaped signs as themselves. */
function unescaped(regex: string): string {
  return regex.replaceAll(/\\x\{([0-9a-f]+)\}|\\(.)/gsu, (_, code: string | undefined, sign: string | undefined) =>
    code === undefined ? (sign ?? "") : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}
