import { breaksLiteral } from "./grammar/characters.ts";
import { isReserved } from "./grammar/functions.ts";

/** Can a text stand between quotes? Strings know no escape for control characters but for a line feed and a tab. */
export function isQuotable(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x0a && breaksLiteral(code)) return false;
  }
  return text.isWellFormed();
}

const named: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t" };

/** A string of a text that `isQuotable`. */
export function cqlString(text: string): string {
  return `"${text.replace(/["\\\n\t]/gu, (char) => named[char] ?? char)}"`;
}

/** A value of a filter: bare where it is a plain word or number, as people write it. `*` in it stands for anything. */
export function cqlValue(text: string): string {
  return /^\*?[A-Za-z0-9_][A-Za-z0-9_.]*\*?$|^\*$/u.test(text) && !/^(?:and|or|not|true|false)$/iu.test(text)
    ? text
    : cqlString(text);
}

/** A field, quoted where its name could be taken for anything else. The name must be `isQuotable`. */
export function cqlField(name: string): string {
  return isBareField(name) ? name : cqlString(name);
}

/** A field within an expression, where quotes make a string. */
export function fieldInExpression(name: string): string {
  return isBareField(name) ? name : `getField(${cqlString(name)})`;
}

function isBareField(name: string): boolean {
  return /^[#@]?[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*$/u.test(name) && !isReserved(name);
}

const controls: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f" };

/**
 * A regular expression between slashes. What its dialect gives as a character must not end it or its line, and what
 * nobody sees (control and format characters, spaces of other kinds) is written by its number.
 */
export function cqlRegex(expression: string, flags: string): string {
  const body = expression.replace(/[/\p{C}\p{Z}]/gu, (char) => {
    if (char === " ") return char;
    if (char === "/") return "\\/";
    const known = controls[char];
    if (known !== undefined) return known;
    return [...Array(char.length).keys()].map((at) => unit(char.charCodeAt(at))).join("");
  });
  return `/${body}/${flags}`;
}

function unit(code: number): string {
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
