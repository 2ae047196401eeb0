/** Needles of which one may stand in a text, found by a window of each of them; all windows have one length. */
export interface WindowFinder {
  readonly scan: (text: string, found: (needle: number) => void) => void;
  /** Numbers of the needles that could not be taken: too many others have the same letters. */
  readonly left: readonly number[];
}

/** Letters that are looked at together. */
const letters = 4;

/** Cells of the table for each place of a window, so that few of them say "here" by chance; all of it stays in a near cache. */
const spareBits = 3;
const mostBits = 16;

/** Needles that may be known by the same letters, so that no text can make a scan slow. */
const mostSharing = 16;

interface Anchored {
  readonly number: number;
  readonly needle: string;
  /** Where its window ends in it. */
  readonly end: number;
}

/**
 * Looks at four letters, and goes on by as many as the table says that no window can end before; where one may end, the
 * needles with these letters are compared. The longer the windows, the longer the steps. No needle is shorter than `length`
 * (of 4 or more), and no number is used twice.
 */
export function openWindowFinder(
  needles: readonly { readonly number: number; readonly needle: string }[],
  length: number,
): WindowFinder {
  const { anchors, left } = anchorsOf(needles, length);
  const places = needles.length * (length - letters + 1);
  const bits = Math.min(mostBits, Math.max(6, Math.ceil(Math.log2(places + 1)) + spareBits));
  const shift = 32 - bits;
  const steps = new Uint8Array(2 ** bits).fill(length - letters + 1);
  for (const own of anchors.values()) {
    for (const { needle, end } of own) {
      for (let back = 0; back + letters <= length; back++) {
        const cell = cellOf(gramAt(needle, end - back), shift);
        steps[cell] = Math.min(steps[cell] ?? 0, back);
      }
    }
  }
  const scan: WindowFinder["scan"] = (text, found) => {
    for (let at = length; at <= text.length; ) {
      const gram = gramAt(text, at);
      const step = steps[cellOf(gram, shift)] ?? 0;
      if (step > 0) {
        at += step;
        continue;
      }
      const own = anchors.get(gram);
      if (own !== undefined) {
        for (const { number, needle, end } of own) if (text.startsWith(needle, at - end)) found(number);
      }
      at++;
    }
  };
  return { scan: anchors.size === 0 ? () => undefined : scan, left };
}

function cellOf(gram: number, shift: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> shift;
}

/** The four letters that end before a place, by their lowest eight bits: others may have the same, and the needle decides. */
function gramAt(text: string, end: number): number {
  return (
    (text.charCodeAt(end - 1) << 24) |
    ((text.charCodeAt(end - 2) & 255) << 16) |
    ((text.charCodeAt(end - 3) & 255) << 8) |
    (text.charCodeAt(end - 4) & 255)
  );
}

/** Each needle is known by the window whose last letters fewest others have. */
function anchorsOf(
  needles: readonly { readonly number: number; readonly needle: string }[],
  length: number,
): { readonly anchors: ReadonlyMap<number, readonly Anchored[]>; readonly left: readonly number[] } {
  const uses = new Map<number, number>();
  for (const { needle } of needles) {
    for (let end = length; end <= needle.length; end++) {
      const gram = gramAt(needle, end);
      uses.set(gram, (uses.get(gram) ?? 0) + 1);
    }
  }
  const anchors = new Map<number, Anchored[]>();
  const left: number[] = [];
  for (const { number, needle } of needles) {
    let best = length;
    for (let end = length; end <= needle.length; end++) {
      if ((uses.get(gramAt(needle, end)) ?? 0) < (uses.get(gramAt(needle, best)) ?? 0)) best = end;
    }
    const gram = gramAt(needle, best);
    const own = anchors.get(gram) ?? [];
    if (own.length >= mostSharing) left.push(number);
    else {
      own.push({ number, needle, end: best });
      anchors.set(gram, own);
    }
  }
  return { anchors, left };
}
