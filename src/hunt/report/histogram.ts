/** Hits in a span of time. */
export interface Bin {
  count: number;
  /** Of the gravest hit, as `severityPlace` has it. */
  severity: number;
}

/** Counts hits over time in bounded memory: the more time they span, the wider the bins. */
export interface Histogram {
  readonly add: (lane: string, time: number, severity: number) => void;
  /** Milliseconds that a bin holds. */
  readonly width: () => number;
  /** Lane → bins by number; bin n begins at n times the width. */
  readonly lanes: () => ReadonlyMap<string, ReadonlyMap<number, Bin>>;
}

/** `mostBins`: between the first and the last hit of all lanes together. */
export function openHistogram(mostBins: number): Histogram {
  let width = 1;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let lanes = new Map<string, Map<number, Bin>>();
  const widen = (): void => {
    while (Math.floor(last / width) - Math.floor(first / width) >= mostBins) width *= 2;
    lanes = new Map([...lanes].map(([lane, bins]) => [lane, rebinned(bins)]));
  };
  let binnedBy = width;
  const rebinned = (bins: ReadonlyMap<number, Bin>): Map<number, Bin> => {
    const made = new Map<number, Bin>();
    for (const [at, bin] of bins) put(made, Math.floor((at * binnedBy) / width), bin.count, bin.severity);
    return made;
  };
  return {
    add: (lane, time, severity) => {
      first = Math.min(first, time);
      last = Math.max(last, time);
      if (Math.floor(last / width) - Math.floor(first / width) >= mostBins) {
        widen();
        binnedBy = width;
      }
      const bins = lanes.get(lane) ?? new Map<number, Bin>();
      lanes.set(lane, bins);
      put(bins, Math.floor(time / width), 1, severity);
    },
    width: () => width,
    lanes: () => lanes,
  };
}

function put(bins: Map<number, Bin>, at: number, count: number, severity: number): void {
  const bin = bins.get(at);
  if (bin === undefined) bins.set(at, { count, severity });
  else {
    bin.count += count;
    bin.severity = Math.min(bin.severity, severity);
  }
}
