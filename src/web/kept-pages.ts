/** Pages that took long to make, kept until others push them out: the busiest techniques are asked for again and again. */
export interface KeptPages {
  /** `tag` names catalog, version and address, so that what it leads to never changes. */
  readonly find: (tag: string) => string | null;
  /** Keeps a page, if it took long enough. */
  readonly keep: (tag: string, page: string, milliseconds: number) => void;
}

export interface KeepingLimits {
  readonly pages: number;
  /** Milliseconds from which a page is worth keeping. */
  readonly slow: number;
}

/** At most 400 KB a page, held with two bytes a character: some 50 MB in all. */
const usual: KeepingLimits = { pages: 64, slow: 25 };

export function openKeptPages({ pages, slow }: KeepingLimits = usual): KeptPages {
  // A map keeps its order: the first key is the one that was asked for longest ago.
  const kept = new Map<string, string>();
  const put = (tag: string, page: string): void => {
    kept.delete(tag);
    kept.set(tag, page);
  };
  return {
    find: (tag) => {
      const page = kept.get(tag);
      if (page === undefined) return null;
      put(tag, page);
      return page;
    },
    keep: (tag, page, milliseconds) => {
      if (milliseconds < slow) return;
      put(tag, page);
      const [oldest] = kept.keys();
      if (kept.size > pages && oldest !== undefined) kept.delete(oldest);
    },
  };
}
