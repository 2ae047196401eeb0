import { yaraL } from "../../languages/yara-l/index.ts";
import { lex } from "../../languages/yara-l/lexer.ts";

/** For the fuzz of all platforms: what is wrong with a rule, and the texts that stand in it. */
export function checkQuery(text: string): {
  readonly problems: readonly string[];
  readonly literals: readonly string[];
} {
  const { diagnostics } = yaraL.parse(text);
  const literals: string[] = [];
  for (const token of lex(text).tokens) {
    if (token.type === "string") literals.push(token.text.startsWith("`") ? unnumbered(token.value) : token.value);
    if (token.type === "regex") literals.push(token.value);
  }
  return { problems: diagnostics.map((one) => `${one.span.start}: ${one.message}`), literals };
}

/** A regular expression with the characters that it writes as numbers. */
function unnumbered(expression: string): string {
  return expression.replace(/\\x\{([0-9a-f]+)\}/gu, (_whole, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)),
  );
}
