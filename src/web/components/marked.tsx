import type { Child } from "hono/jsx";

/** A text in which the words of a question are marked, whatever their case. */
export function Marked({ text, words }: { readonly text: string; readonly words: readonly string[] }): Child {
  const folded = text.toLowerCase();
  // Folding that changes lengths would put the marks elsewhere.
  const wanted =
    folded.length === text.length ? words.map((word) => word.toLowerCase()).filter((word) => word !== "") : [];
  const pieces: Child[] = [];
  let at = 0;
  for (;;) {
    const hit = firstHit(folded, wanted, at);
    if (hit === null) break;
    pieces.push(text.slice(at, hit.start), <mark>{text.slice(hit.start, hit.end)}</mark>);
    at = hit.end;
  }
  return <>{[...pieces, text.slice(at)]}</>;
}

/** The hit that starts first at or after `from`; of two, the longer. */
function firstHit(text: string, words: readonly string[], from: number): { start: number; end: number } | null {
  let best: { start: number; end: number } | null = null;
  for (const word of words) {
    const start = text.indexOf(word, from);
    if (start === -1) continue;
    const end = start + word.length;
    if (best === null || start < best.start || (start === best.start && end > best.end)) best = { start, end };
  }
  return best;
}
