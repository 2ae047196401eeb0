/** A text in which `*` stands for any run of characters, cut at the stars; letter case does not matter. */
export type Like = readonly [first: string, ...others: readonly string[]];

export function openLike(pattern: string): Like {
  const [first = "", ...others] = pattern.toLowerCase().split("*");
  return [first, ...others];
}

/** Is a text what the pattern says? */
export function isLike([first, ...others]: Like, text: string): boolean {
  const folded = text.toLowerCase();
  if (others.length === 0) return folded === first;
  if (!folded.startsWith(first)) return false;
  let at = first.length;
  const last = others.pop() ?? "";
  for (const part of others) {
    const found = folded.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return folded.length - last.length >= at && folded.endsWith(last);
}
