/** Characters around the first hit. */
const before = 60;
const length = 220;

/** A piece of the description or, where that holds no word of the question, of the rule's text around the first hit. */
export function excerpt(description: string, text: string, words: readonly string[]): string {
  for (const source of [description, text]) {
    const folded = source.toLowerCase();
    for (const word of words) {
      const at = folded.indexOf(word.toLowerCase());
      if (at >= 0) return cut(source, Math.max(0, at - before));
    }
  }
  return cut(description, 0);
}

function cut(source: string, from: number): string {
  const piece = source
    .slice(from, from + length)
    .replace(/\s+/g, " ")
    .trim();
  return `${from > 0 ? "…" : ""}${piece}${from + length < source.length ? "…" : ""}`;
}
