import type { PatternToken } from "../../rule/expression.ts";

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A text in quotes, in which nothing is a wildcard. */
export function kueryString(text: string): string {
  return `"${text.replace(/["\\\n\r\t]/gu, (char) => named[char] ?? `\\${char}`)}"`;
}

/** A text outside of quotes, with `*` for any characters; a word of the language has a backslash before it. */
export function kueryText(tokens: readonly PatternToken[]): string {
  const text = tokens
    .map((one) =>
      one.type === "literal" ? one.text.replace(/[\\():<>"*{}\n\r\t]/gu, (char) => named[char] ?? `\\${char}`) : "*",
    )
    .join("");
  return text.replace(/(?<=^|\s)(?:and|or|not)(?=\s|$)/giu, (word) => `\\${word}`);
}

export function kueryField(name: string): string {
  return kueryText([{ type: "literal", text: name }]);
}
