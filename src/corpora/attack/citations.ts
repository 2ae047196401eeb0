const opening = "(Citation: ";

/** Longest reference name that is taken for one; a mark that is not closed by then is left as text. */
const longest = 400;

/** Takes the `(Citation: …)` marks out of a description, and the blanks before them. */
export function stripCitations(text: string): string {
  let out = "";
  let from = 0;
  for (;;) {
    const start = text.indexOf(opening, from);
    if (start < 0) return (out + text.slice(from)).trim();
    const end = closingOf(text, start);
    if (end === null) {
      out += text.slice(from, start + opening.length);
      from = start + opening.length;
      continue;
    }
    out += trimBlanks(text.slice(from, start));
    if (/^\p{L}/u.test(text.slice(end, end + 2)) && !out.endsWith("\n")) out += " ";
    from = end;
  }
}

/** The offset after the bracket that closes the mark; names of references hold brackets of their own. */
function closingOf(text: string, start: number): number | null {
  let depth = 0;
  const limit = Math.min(text.length, start + longest);
  for (let i = start; i < limit; i++) {
    const char = text[i];
    if (char === "(") depth++;
    else if (char === ")" && --depth === 0) return i + 1;
    else if (char === "\n") return null;
  }
  return null;
}

function trimBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === " ") end--;
  return text.slice(0, end);
}
