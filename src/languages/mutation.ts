import type { Environment, Language } from "./language.ts";

/** A source of numbers in [0, 1) that gives the same row for the same seed (mulberry32, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Pieces that parsers stumble over; each stands in the syntax of at least one language. */
const pieces = [
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  '"',
  "'",
  "`",
  "\\",
  "|",
  "*",
  "?",
  ":",
  "=",
  "!=",
  ",",
  "~",
  "-",
  "/*",
  "*/",
  "//",
  "```",
  '"""',
  "$",
  "%",
  "#",
  "\n",
  "\t",
  "\u0000",
  "\ud800",
  "\u00e9",
  "😀",
  " and ",
  " or ",
  " not ",
  " by ",
  " where ",
  "null",
  "1e9",
  ";",
  "@",
  "==",
  "!",
  " in ",
  " let x = ",
  "| where ",
  "| union ",
  "$e.",
  "nocase",
  "5m",
];

/** No query in the field is as long as this; what is longer takes its time for its length alone. */
const longestNest = 64 * 1024;

/** Openings, repeated ten thousand times or to `longestNest` characters. */
const nests = [
  "(",
  "[",
  "{",
  "not ",
  "a and (",
  "a or ",
  '"',
  "`",
  "[a where ",
  "f:(",
  "- ",
  "x: {",
  "x=[ search ",
  "-",
  "\\",
  "| ",
  "if(",
  "case(a, ",
  "union (",
  "let f = () { ",
  "re.regex(",
  "#",
  "!(",
  "a[",
  "a.b + ",
  "1 - ",
  "+",
];

function nested(opening: string): string {
  return opening.repeat(Math.min(10_000, Math.floor(longestNest / opening.length)));
}

/** One broken variant of a text: characters changed, cut, doubled, swapped in from another text, or nested deep. */
function mutate(text: string, other: string, random: () => number): string {
  const pick = (limit: number): number => Math.floor(random() * limit);
  const at = pick(text.length + 1);
  const length = pick(Math.min(200, text.length - at) + 1);
  const piece = pieces[pick(pieces.length)] ?? "";
  switch (pick(9)) {
    case 0:
      return text.slice(0, at) + String.fromCharCode(pick(128)) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + text.slice(at + length);
    case 2:
      return text.slice(0, at);
    case 3:
      return text.slice(0, at + length) + text.slice(at);
    case 4:
      return text.slice(0, at) + piece + text.slice(at);
    case 5:
      return text.slice(0, at) + piece.repeat(1 + pick(50)) + text.slice(at + length);
    case 6:
      return text.slice(0, at) + other.slice(pick(other.length + 1));
    case 7:
      return mutate(mutate(text, other, random), other, random);
    default:
      if (pick(40) > 0) return text.slice(0, at) + text.slice(at, at + length).repeat(2 + pick(4)) + text.slice(at);
      return text.slice(0, at) + nested(nests[pick(nests.length)] ?? "(") + text.slice(at);
  }
}

export interface FuzzResult {
  readonly cases: number;
  /** The longest that one text took to be parsed, lowered and printed, in milliseconds. */
  readonly slowestMs: number;
  readonly slowest: string;
  readonly failures: readonly { readonly text: string; readonly error: string }[];
}

export interface FuzzOptions {
  readonly seeds: readonly string[];
  readonly count: number;
  readonly seed: number;
  readonly environment?: Environment;
  readonly now: () => number;
  /** A case above it is measured again, since clocks tick in steps and the machine may be busy: the mean of several runs counts. */
  readonly suspectMs?: number;
}

/**
 * Feeds mutated texts to a language. Any exception is a failure, and so is a text that means another thing the second
 * time; what is slow is told, for the caller to judge.
 */
export function fuzzLanguage(language: Language, options: FuzzOptions): FuzzResult {
  const random = randomFrom(options.seed);
  const suspectMs = options.suspectMs ?? 25;
  const failures: { text: string; error: string }[] = [];
  let slowest = { ms: 0, text: "" };
  for (let i = 0; i < options.count; i++) {
    const choose = (): string => options.seeds[Math.floor(random() * options.seeds.length)] ?? "";
    const text = mutate(choose(), choose(), random);
    let ms: number;
    try {
      const first = read(language, text, options);
      ms = first.ms > suspectMs ? meanTime(language, text, options) : first.ms;
      if (read(language, text, options).meaning() !== first.meaning()) {
        failures.push({ text, error: "The same text meant two things in two runs." });
      }
    } catch (error) {
      failures.push({ text, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      continue;
    }
    if (ms > slowest.ms) slowest = { ms, text };
  }
  return { cases: options.count, slowestMs: slowest.ms, slowest: slowest.text, failures };
}

/** Runs of a text that seemed slow. */
const repeats = 5;

interface Read {
  readonly ms: number;
  /** All that the language makes of the text, for telling two runs apart. */
  readonly meaning: () => string;
}

/** Parses, lowers and prints a text once; what is compared afterwards is not part of the time. */
function read(language: Language, text: string, { environment, now }: FuzzOptions): Read {
  const start = now();
  const { ast, diagnostics } = language.parse(text, environment);
  const logic = language.lower(ast, environment);
  const printed = language.print(ast);
  const ms = now() - start;
  return { ms, meaning: () => JSON.stringify([diagnostics, logic, printed]) };
}

function meanTime(language: Language, text: string, options: FuzzOptions): number {
  let sum = 0;
  for (let run = 0; run < repeats; run++) sum += read(language, text, options).ms;
  return sum / repeats;
}
