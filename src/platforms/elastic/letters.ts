/**
 * Regular expressions of Lucene as `luceneRegexFor` writes them: what has a backslash before it is never a letter there, so
 * that letters are only themselves, or ends of a range in a class.
 */

interface Piece {
  readonly text: string;
  readonly kind: "escaped" | "range" | "sign";
  readonly inClass: boolean;
}

function piecesOf(regex: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const chars = [...regex];
  let inClass = false;
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? "";
    const end = chars[at + 2];
    if (char === "\\") pieces.push({ text: char + (chars[++at] ?? ""), kind: "escaped", inClass });
    else if (inClass && chars[at + 1] === "-" && end !== undefined && end !== "]" && end !== "\\") {
      pieces.push({ text: `${char}-${end}`, kind: "range", inClass });
      at += 2;
    } else {
      if (char === "[") inClass = true;
      else if (char === "]") inClass = false;
      pieces.push({ text: char, kind: "sign", inClass });
    }
  }
  return pieces;
}

const letters = /^(?:[a-z]-[a-z]|[A-Z]-[A-Z])$/u;

/** With each letter standing for both of its cases. */
export function foldedRegex(regex: string): string {
  return piecesOf(regex)
    .map(({ text, kind, inClass }) => {
      if (kind === "escaped") return text;
      const [lower, upper] = [text.toLowerCase(), text.toUpperCase()];
      if (kind === "range") return letters.test(text) ? `${lower}${upper}` : text;
      const both = lower !== upper && [...lower].length === 1 && [...upper].length === 1;
      return !both ? text : inClass ? lower + upper : `[${lower}${upper}]`;
    })
    .join("");
}

/** With small letters, for values whose letters have been made small; null where a range mixes letters with signs. */
export function smallRegex(regex: string): string | null {
  const pieces = piecesOf(regex);
  const mixed = pieces.some(({ text, kind }) => kind === "range" && /[a-z]/iu.test(text) && !letters.test(text));
  if (mixed) return null;
  return pieces.map(({ text, kind }) => (kind === "escaped" ? text : text.toLowerCase())).join("");
}
