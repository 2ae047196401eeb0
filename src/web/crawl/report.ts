import type { Crawl } from "./crawl.ts";

/** Faults of a kind that are told in full. */
const mostOfKind = 5;

/** What a crawl has found, each kind of fault with some pages that have it: a fault of a component stands on thousands. */
export function describeFaults({ faults }: Crawl): readonly string[] {
  const kinds = Map.groupBy(faults, ({ what }) => what.replaceAll(/\d+/g, "0").slice(0, 40));
  return [...kinds.values()].flatMap((own) => {
    const told = own.slice(0, mostOfKind).map(({ address, what }) => `${address} ${what}`);
    return own.length > mostOfKind ? [...told, `… and ${own.length - mostOfKind} more like it`] : told;
  });
}
