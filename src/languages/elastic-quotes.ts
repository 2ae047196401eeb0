import { isLineBreak } from "../kit/characters.ts";

/** Quotes that EQL and ES|QL share. What they hold never goes past its line, so an unclosed one costs one line. */

const quote = 34;
const backtick = 96;

/** The place after the closing three of `"""…"""`; up to two quotes may stand before them. */
export function rawEnd(text: string, from: number): number | null {
  for (let at = from + 3; at < text.length && !isLineBreak(text.charCodeAt(at)); at++) {
    if (text.charCodeAt(at) !== quote || !text.startsWith('"""', at)) continue;
    let end = at + 3;
    while (end < at + 5 && text.charCodeAt(end) === quote) end++;
    return end;
  }
  return null;
}

/** The place after the closing backtick of a name, in which backticks are doubled; null for an empty name, too. */
export function backtickEnd(text: string, from: number): number | null {
  for (let at = from + 1; at < text.length && !isLineBreak(text.charCodeAt(at)); at++) {
    if (text.charCodeAt(at) !== backtick) continue;
    if (text.charCodeAt(at + 1) !== backtick) return at === from + 1 ? null : at + 1;
    at++;
  }
  return null;
}
