/** What lexers tell apart alike. Codes are UTF-16 code units. */

const backslash = 92;

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

/** Does a character of two code units stand here? */
export function isPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}

export function hasLineBreak(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isLineBreak(text.charCodeAt(at))) return true;
  return false;
}

/** The place of the next line break, or the end of the text. */
export function lineEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !isLineBreak(text.charCodeAt(end))) end++;
  return end;
}

/**
 * The place after the mark that closes what the one at `from` opens; null where the line ends first. A backslash guards
 * the character after it, unless the text is `raw`.
 */
export function quoteEnd(text: string, from: number, mark: string, raw = false): number | null {
  const closing = mark.charCodeAt(0);
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isLineBreak(code)) return null;
    if (code === closing) return at + 1;
    if (code === backslash && !raw && !isLineBreak(text.charCodeAt(at + 1))) at++;
  }
  return null;
}
