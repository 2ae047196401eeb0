import type { PatternToken } from "../../rule/expression.ts";
import { isPlainName } from "./grammar/reader.ts";

const control = /\p{Cc}/u;

/** Can this text stand in quotation marks? How to write a line break there, no page says. */
export function isQuotable(text: string): boolean {
  return !control.test(text);
}

/** A text in single quotation marks; one within is doubled, and a backslash is a plain character. */
export function aqlString(text: string): string {
  if (!isQuotable(text)) throw new Error("A control character cannot stand in a text of AQL.");
  return `'${text.replaceAll("'", "''")}'`;
}

/** A property by its name; a call such as `UTF8(payload)` stands for itself. null where nothing can quote the name. */
export function aqlName(name: string): string | null {
  if (/^[A-Z][A-Z0-9]*\([A-Za-z]+\)$/u.test(name)) return name;
  if (/^[A-Za-z_][A-Za-z0-9_]*$/u.test(name) && isPlainName({ type: "word", value: name, at: 0 })) return name;
  return name === "" || name.includes('"') || !isQuotable(name) ? null : `"${name}"`;
}

/**
 * The pattern of `LIKE` for a whole value; null where a part holds `%` or `_` itself, which nothing escapes
 * (https://www.ibm.com/docs/en/qsip/7.6.0?topic=structure-like-clause), or what no quotation marks hold.
 */
export function likePattern(tokens: readonly PatternToken[]): string | null {
  let text = "";
  for (const token of tokens) {
    if (token.type === "literal") {
      if (/[%_]/u.test(token.text) || !isQuotable(token.text)) return null;
      text += token.text;
    } else text += token.type === "any" ? "%" : "_";
  }
  return text;
}

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f" };

/** A regular expression of Java as a text, its control characters as escapes. */
export function regexLiteral(source: string): string {
  const visible = source.replace(
    /\p{Cc}/gu,
    (char) => named[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return aqlString(visible);
}

/** A comment that no line can end. */
export function aqlComment(lines: readonly string[]): string {
  const clean = lines.flatMap((one) => one.split(/\r\n|[\n\r\u2028\u2029]/u)).map((one) => oneLineComment(one));
  return `/*\n${clean.map((one) => `  ${one}`).join("\n")}\n*/`;
}

/** The text of a comment on one line, without its signs. */
export function oneLineComment(text: string): string {
  return text
    .replace(/\p{Cc}/gu, " ")
    .replaceAll("*/", "* /")
    .replaceAll("/*", "/ *");
}
