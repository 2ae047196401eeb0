/**
 * Characters of the CrowdStrike Query Language, by the character table of its grammar
 * (library.humio.com/lql-grammar/syntax-grammar-guide-appendix-c.html).
 */

/** What a field name may hold without quotes; `\` is one of them, `-` and `:` are not. */
const nameCharacters = "#%&.0-9@A-Z\\\\^_a-z\\u00A1-\\u00AA\\u00AE-\\u00BA\\u00BC-\\u00FF";

/** `name`, `foo.bar[42]`: an index of a JSON array may close an unquoted field name. */
export const unquotedName = new RegExp(`[${nameCharacters}]+(?:\\[[0-9]+\\])?`, "y");

/** What a pattern may hold without quotes: names, `*` (any run of characters), and `+ - : ~ ¬`. */
export const unquotedPattern = new RegExp(`[${nameCharacters}*+\\-:~\\u00AC]+`, "y");

/** A function's name, with its namespace: `groupBy`, `text:contains`. */
export const functionName = /[A-Za-z][A-Za-z0-9]*(?::[A-Za-z][A-Za-z0-9]*)?/y;

export const number = /[0-9]+(?:\.[0-9]+)?/y;

export const blank = /[\t\n\f\r ]+/y;

/**
 * Characters that may not stand as themselves between quotes or slashes: neither strings nor regular expressions may
 * span lines (grammar subset, quoted strings and regular expressions), and control characters are reserved.
 */
export function breaksLiteral(code: number): boolean {
  const control = code < 0x20 && code !== 0x09;
  return control || (code >= 0x7f && code <= 0x9f) || code === 0x2028 || code === 0x2029;
}

/** A word goes on here, so what was read before was no whole word. */
export const wordGoesOn = new RegExp(`[${nameCharacters}]`, "y");
