import { openAutomaton } from "./aho-corasick.ts";

/**
 * Finds which of many texts stand in a text. Each text is known by four letters of it that few others have; a table of bits
 * that fits the cache of a processor says for nearly every place of a text that none begins there. Texts with fewer letters
 * are left to an automaton, as are those whose letters are shared by too many. (One automaton for all of them has a table
 * of tens of megabytes, and waits for memory at every letter.)
 */
export interface TextFinder {
  /** Calls `found` with the number of every needle that stands in the text, perhaps more than once. */
  readonly scan: (text: string, found: (needle: number) => void) => void;
}

const letters = 4;
const tableBits = 18;

/** Needles that may be known by the same letters, so that no text can make a scan slow. */
const mostSharing = 16;

interface Anchored {
  readonly number: number;
  readonly needle: string;
  /** Where its four letters begin in it. */
  readonly offset: number;
}

export function openTextFinder(needles: readonly string[]): TextFinder {
  const { anchors, rest } = anchorsOf(needles);
  const bits = new Int32Array(2 ** (tableBits - 5));
  for (const gram of anchors.keys()) {
    const bit = bitOf(gram);
    bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
  const automaton = rest.length === 0 ? null : openAutomaton(rest.map((number) => needles[number] ?? ""));
  return {
    scan: (text, found) => {
      automaton?.scan(text, (at) => {
        found(rest[at] ?? 0);
        return undefined;
      });
      if (anchors.size === 0) return;
      let gram = 0;
      for (let at = 0; at < text.length; at++) {
        gram = (gram >>> 8) | (text.charCodeAt(at) << 24);
        const bit = Math.imul(gram, 0x9e3779b1) >>> (32 - tableBits);
        if (((bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) continue;
        for (const { number, needle, offset } of anchors.get(gram) ?? []) {
          if (text.startsWith(needle, at - letters + 1 - offset)) found(number);
        }
      }
    },
  };
}

function bitOf(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> (32 - tableBits);
}

/** The lowest eight bits of four letters: others may have the same, and the needle itself decides. */
function gramAt(text: string, at: number): number {
  let gram = 0;
  for (let next = at; next < at + letters; next++) gram = (gram >>> 8) | (text.charCodeAt(next) << 24);
  return gram;
}

function anchorsOf(needles: readonly string[]): {
  readonly anchors: ReadonlyMap<number, readonly Anchored[]>;
  /** Numbers of those that have none. */
  readonly rest: readonly number[];
} {
  const common = new Map<number, number>();
  for (const needle of needles) {
    for (let at = 0; at + letters <= needle.length; at++) {
      const gram = gramAt(needle, at);
      common.set(gram, (common.get(gram) ?? 0) + 1);
    }
  }
  const anchors = new Map<number, Anchored[]>();
  const rest: number[] = [];
  for (const [number, needle] of needles.entries()) {
    let best: Anchored | null = null;
    let least = Infinity;
    for (let offset = 0; offset + letters <= needle.length; offset++) {
      const uses = common.get(gramAt(needle, offset)) ?? 0;
      if (uses < least) [best, least] = [{ number, needle, offset }, uses];
    }
    const gram = best === null ? 0 : gramAt(needle, best.offset);
    const own = anchors.get(gram) ?? [];
    if (best === null || own.length >= mostSharing) {
      rest.push(number);
      continue;
    }
    own.push(best);
    anchors.set(gram, own);
  }
  return { anchors, rest };
}
