import { openAutomaton } from "./aho-corasick.ts";
import { openWindowFinder } from "./window-finder.ts";

/**
 * Finds which of many texts stand in a text. Most are found by windows of four or eight letters, with a table that fits the
 * cache of a processor (one automaton for all of them has a table of tens of megabytes, and waits for memory at every
 * letter). Few, and short ones, are looked for by the runtime itself; what is left over, by an automaton.
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

/** The longer a window, the longer the steps; no needle of the index is longer. */
const longestWindow = 12;

/** Needles of one length from which on a table of windows pays, and others from which on an automaton does. */
const fewWindows = 6;
const fewOthers = 8;

export function openTextFinder(needles: readonly string[]): TextFinder {
  const all = needles.map((needle, number) => ({ number, needle, isAscii: isAscii(needle) }));
  const plain = scansOf(all.filter((one) => one.isAscii));
  const others = scansOf(all.filter((one) => !one.isAscii));
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
  const rest = needles.filter(({ needle }) => needle.length < 4);
  const medium = needles.filter(({ needle }) => needle.length >= 4 && needle.length < 8);
  const long = needles.filter(({ needle }) => needle.length >= 8);
  const shortest = long.reduce((least, { needle }) => Math.min(least, needle.length), longestWindow);
  const scans: Scan[] = [];
  for (const [own, length] of [
    [medium, 4],
    [long, shortest],
  ] as const) {
    if (own.length <= fewWindows) {
      rest.push(...own);
      continue;
    }
    const { scan, left } = openWindowFinder(own, length);
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
