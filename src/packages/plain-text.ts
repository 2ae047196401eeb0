/** A text of a person on one line: white space of any kind is one blank, and what is no character is gone. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s\ufeff\ufffe\uffff]+/gu, " ")
    .trim();
}

/** The same, cut at a length: a format may have one. */
export function shortLine(text: string, most: number): string {
  const line = oneLine(text);
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`;
}

/** A text of several lines: ends of lines as `\n`, no other control characters but tabulators. */
export function severalLines(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/gu, "\n")
    .replace(/[^\P{Cc}\n\t]|[\ufeff\ufffe\uffff]/gu, " ")
    .replace(/[ \t]+$/gmu, "")
    .trim();
}

/**
 * A query as it is, but for halves of characters, which no file can hold. Where all its lines end as those of Windows do, they
 * end with `\n`; a lone carriage return may be a part of an expression.
 */
export function queryText(query: string): string {
  const text = query.toWellFormed();
  return /(?<!\r)\n|\r(?!\n)/u.test(text) ? text : text.replaceAll("\r\n", "\n");
}
