import { openAutomaton } from "./aho-corasick.ts";
import { gramLetters, openGramFinder } from "./gram-finder.ts";

/**
 * Finds which of many texts stand in a text. Most are found by four letters of each, with a table that fits the cache of a
 * processor (one automaton for all of them has a table of tens of megabytes, and waits for memory at every letter). Few, and
 * short ones, are looked for by the runtime itself; what is left over, by an automaton.
 */
export interface TextFinder {
  /** Calls `found` with the number of every needle that stands in the text, perhaps more than once. */
  readonly scan: (text: string, found: (needle: number) => void) => void;
}

type Scan = TextFinder["scan"];

interface Numbered {
  readonly number: number;
  readonly needle: string;
}

/** Needles from which on a table of letters pays, and others from which on an automaton does. */
const fewGrams = 6;
const fewOthers = 8;

/** Needles of that many letters are looked for at every fifth place and further apart; no needle of the index is longer. */
const longNeedle = 8;
const longestNeedle = 12;

export function openTextFinder(needles: readonly string[]): TextFinder {
  const all = needles.map((needle, number): Numbered => ({ number, needle }));
  const plain = scansOf(all.filter(({ needle }) => isAscii(needle)));
  const others = scansOf(all.filter(({ needle }) => !isAscii(needle)));
  return {
    scan: (text, found) => {
      for (const scan of plain) scan(text, found);
      if (others.length > 0 && !isAscii(text)) for (const scan of others) scan(text, found);
    },
  };
}

const ascii = /^[\0-\x7f]*$/;

function isAscii(text: string): boolean {
  return ascii.test(text);
}

function scansOf(needles: readonly Numbered[]): readonly Scan[] {
  const rest = needles.filter(({ needle }) => needle.length < gramLetters);
  const medium = needles.filter(({ needle }) => needle.length >= gramLetters && needle.length < longNeedle);
  const long = needles.filter(({ needle }) => needle.length >= longNeedle);
  const shortest = long.reduce((least, { needle }) => Math.min(least, needle.length), longestNeedle);
  const scans: Scan[] = [];
  for (const [own, length] of [
    [medium, gramLetters],
    [long, shortest],
  ] as const) {
    if (own.length <= fewGrams) {
      rest.push(...own);
      continue;
    }
    const { scan, left } = openGramFinder(own, length - gramLetters + 1);
    scans.push(scan);
    const without = new Set(left);
    rest.push(...own.filter(({ number }) => without.has(number)));
  }
  if (rest.length > 0) scans.push(rest.length <= fewOthers ? oneByOne(rest) : byAutomaton(rest));
  return scans;
}

function oneByOne(needles: readonly Numbered[]): Scan {
  return (text, found) => {
    for (const { number, needle } of needles) if (text.includes(needle)) found(number);
  };
}

function byAutomaton(needles: readonly Numbered[]): Scan {
  const automaton = openAutomaton(needles.map((one) => one.needle));
  return (text, found) =>
    automaton.scan(text, (at) => {
      found(needles[at]?.number ?? 0);
      return undefined;
    });
}
