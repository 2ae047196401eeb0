/** Words of one question that are looked at; more say nothing more. */
const mostWords = 16;

/** The words of a question: parts between white space; text in double quotes is one word. */
export function wordsOf(query: string): readonly string[] {
  // A text with NUL in it would end there for SQLite, in the middle of a quoted string.
  const words = query.replaceAll("\0", " ").match(/"[^"]+"|\S+/g) ?? [];
  return words
    .map((word) => word.replaceAll('"', " ").trim())
    .filter(hasLetters)
    .slice(0, mostWords);
}

/**
 * An FTS5 expression for what people type, whatever characters it holds: each word is a quoted string, which FTS5
 * splits like the indexed text, so `C:\Windows\Temp` is the phrase c, windows, temp. The last word may be unfinished,
 * unless it ends in a piece so short that half of all words begin with it.
 * null where nothing is left to look for.
 */
export function matchExpression(query: string): string | null {
  const words = wordsOf(query);
  if (words.length === 0) return null;
  const unfinished = /[\p{L}\p{N}]{3}$/u.test(query);
  return words.map((word, index) => `"${word}"${unfinished && index === words.length - 1 ? "*" : ""}`).join(" ");
}

/** A word that holds nothing but punctuation cannot be found in an index of words. */
function hasLetters(word: string): boolean {
  return /[\p{L}\p{N}]/u.test(word);
}
