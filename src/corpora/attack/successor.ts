/** The technique that takes the place of a revoked one at the end of its chain; null where nothing does. */
export function successorOf(id: string, revokedBy: ReadonlyMap<string, string>): string | null {
  const seen = new Set([id]);
  let last: string | null = null;
  for (let next = revokedBy.get(id); next !== undefined && !seen.has(next); next = revokedBy.get(next)) {
    seen.add(next);
    last = next;
  }
  return last;
}
