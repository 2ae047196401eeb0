import { isLike, type Like, openLike } from "../like.ts";

/** Patterns that are kept ready; tables and rules have a few thousand. */
const maximumKept = 20_000;
const kept = new Map<string, Like>();

/** Is `text` what `pattern` says, in which `*` stands for any run of characters? Letter case does not matter. */
export function like(pattern: string, text: string): boolean {
  let opened = kept.get(pattern);
  if (opened === undefined) {
    opened = openLike(pattern);
    if (kept.size < maximumKept) kept.set(pattern, opened);
  }
  // Most patterns hold no star, and most texts are not even of their length.
  if (opened.length === 1) return opened[0].length === text.length && opened[0] === text.toLowerCase();
  return pattern === "*" || isLike(opened, text);
}
