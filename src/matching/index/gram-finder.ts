/** Needles of which one may stand in a text, each known by four letters in a row of it. */
export interface GramFinder {
  readonly scan: (text: string, found: (needle: number) => void) => void;
  /** Numbers of the needles that could not be taken: too many others are known by the same letters. */
  readonly left: readonly number[];
}

/** Letters that are looked at together; no needle may be shorter. */
export const gramLetters = 4;

/** Cells of the table for each needle, so that few of them say "here" by chance; all of it stays in a near cache. */
const spareBits = 5;
const mostBits = 17;

/** Needles that may be known by the same letters, so that no text can make a scan slow. */
const mostSharing = 32;

interface Numbered {
  readonly number: number;
  readonly needle: string;
}

/** A needle, and where four letters of it end by which it is known. */
interface Anchored extends Numbered {
  readonly end: number;
}

/**
 * Looks at four letters at every `stride`th place of a text. As many rows of four letters are known of each needle as there
 * are places between two of these, so that one of them is looked at wherever the needle stands. No needle is shorter than
 * four letters and the stride less one. What is looked at does not depend on what was found, so that the processor goes
 * ahead, which steps by what a table says would keep it from.
 */
export function openGramFinder(needles: readonly Numbered[], stride: number): GramFinder {
  const { anchors, left } = anchorsOf(needles, stride);
  const bits = Math.min(mostBits, Math.max(6, Math.ceil(Math.log2(anchors.size + 1)) + spareBits));
  const shift = 32 - bits;
  const cells = new Uint8Array(2 ** bits);
  for (const gram of anchors.keys()) cells[cellOf(gram, shift)] = 1;
  const compare = (gram: number, text: string, at: number, found: (needle: number) => void): void => {
    for (const { number, needle, end } of anchors.get(gram) ?? []) if (text.startsWith(needle, at - end)) found(number);
  };
  const atEach: GramFinder["scan"] = (text, found) => {
    let gram = 0;
    for (let at = 1; at <= text.length; at++) {
      gram = (gram >>> 8) | (text.charCodeAt(at - 1) << 24);
      if (cells[cellOf(gram, shift)] !== 0 && at >= gramLetters) compare(gram, text, at, found);
    }
  };
  const atSome: GramFinder["scan"] = (text, found) => {
    for (let at = gramLetters; at <= text.length; at += stride) {
      const gram = gramBefore(text, at);
      if (cells[cellOf(gram, shift)] !== 0) compare(gram, text, at, found);
    }
  };
  return { scan: stride === 1 ? atEach : atSome, left };
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

/** Each needle is known by the rows of letters in a row that fewest others have. */
function anchorsOf(
  needles: readonly Numbered[],
  stride: number,
): { readonly anchors: ReadonlyMap<number, readonly Anchored[]>; readonly left: readonly number[] } {
  const uses = new Map<number, number>();
  for (const { needle } of needles) {
    for (let end = gramLetters; end <= needle.length; end++) {
      const gram = gramBefore(needle, end);
      uses.set(gram, (uses.get(gram) ?? 0) + 1);
    }
  }
  const anchors = new Map<number, Anchored[]>();
  const left: number[] = [];
  for (const { number, needle } of needles) {
    const ends = rarest(needle, stride, uses);
    const grams = [...new Set(ends.map((end) => gramBefore(needle, end)))];
    if (grams.some((gram) => (anchors.get(gram)?.length ?? 0) >= mostSharing)) {
      left.push(number);
      continue;
    }
    for (const end of ends) {
      const gram = gramBefore(needle, end);
      const own = anchors.get(gram) ?? [];
      own.push({ number, needle, end });
      anchors.set(gram, own);
    }
  }
  return { anchors, left };
}

/** The ends of `stride` rows of letters, one after the other, that fewest needles have. */
function rarest(needle: string, stride: number, uses: ReadonlyMap<number, number>): readonly number[] {
  const from = (first: number): readonly number[] => Array.from({ length: stride }, (_, at) => first + at);
  const cost = (first: number): number =>
    from(first).reduce((sum, end) => sum + (uses.get(gramBefore(needle, end)) ?? 0), 0);
  let best = gramLetters;
  let least = cost(best);
  for (let first = gramLetters + 1; first + stride - 1 <= needle.length; first++) {
    const own = cost(first);
    if (own < least) [best, least] = [first, own];
  }
  return from(best);
}
