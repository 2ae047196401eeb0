/** Needles of which one may stand in a text, found by a window of each of them; all windows have one length. */
export interface WindowFinder {
  readonly scan: (text: string, found: (needle: number) => void) => void;
  /** Numbers of the needles that could not be taken: too many others have the same letters. */
  readonly left: readonly number[];
}

/** Letters that are looked at together. */
const letters = 4;

/** Cells of the table for each place of a window, so that few of them say "here" by chance; all of it stays in a near cache. */
const spareBits = 4;
const mostBits = 17;

/** Needles that may be known by the same letters, so that no text can make a scan slow. */
const mostSharing = 32;

interface Anchored {
  readonly number: number;
  readonly needle: string;
  /** Where its window ends in it. */
  readonly end: number;
}

/** The needles that are known by four letters. */
type Anchors = ReadonlyMap<number, readonly Anchored[]>;

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
        const cell = cellOf(gramBefore(needle, end - back), shift);
        steps[cell] = Math.min(steps[cell] ?? 0, back);
      }
    }
  }
  const scan: WindowFinder["scan"] = (text, found) => {
    for (let at = length; at <= text.length; ) {
      const gram = gramBefore(text, at);
      const step = steps[cellOf(gram, shift)] ?? 0;
      if (step > 0) {
        at += step;
        continue;
      }
      compare(anchors.get(gram), text, at, found);
      at++;
    }
  };
  return { scan: length === letters ? everywhere(anchors, steps, shift) : scan, left };
}

/** Windows of four letters can end anywhere: no step depends on what was found, so that the processor looks ahead. */
function everywhere(anchors: Anchors, steps: Uint8Array, shift: number): WindowFinder["scan"] {
  return (text, found) => {
    let gram = 0;
    for (let at = 0; at < text.length; at++) {
      gram = (gram >>> 8) | (text.charCodeAt(at) << 24);
      if (steps[cellOf(gram, shift)] !== 0 || at < letters - 1) continue;
      compare(anchors.get(gram), text, at + 1, found);
    }
  };
}

function compare(
  own: readonly Anchored[] | undefined,
  text: string,
  at: number,
  found: (needle: number) => void,
): void {
  if (own === undefined) return;
  for (const { number, needle, end } of own) if (text.startsWith(needle, at - end)) found(number);
}

function cellOf(gram: number, shift: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> shift;
}

/** The four letters that end before a place, by their lowest eight bits: others may have the same, and the needle decides. */
function gramBefore(text: string, end: number): number {
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
): { readonly anchors: Anchors; readonly left: readonly number[] } {
  const uses = new Map<number, number>();
  for (const { needle } of needles) {
    for (let end = length; end <= needle.length; end++) {
      const gram = gramBefore(needle, end);
      uses.set(gram, (uses.get(gram) ?? 0) + 1);
    }
  }
  const anchors = new Map<number, Anchored[]>();
  const left: number[] = [];
  for (const { number, needle } of needles) {
    let best = length;
    for (let end = length; end <= needle.length; end++) {
      if ((uses.get(gramBefore(needle, end)) ?? 0) < (uses.get(gramBefore(needle, best)) ?? 0)) best = end;
    }
    const gram = gramBefore(needle, best);
    const own = anchors.get(gram) ?? [];
    if (own.length >= mostSharing) left.push(number);
    else {
      own.push({ number, needle, end: best });
      anchors.set(gram, own);
    }
  }
  return { anchors, left };
}
