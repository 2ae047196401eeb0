import type { Regex } from "../../platforms/regex/ast.ts";

/** How a search that tries every way goes on: at most `ways` times the length of the text to the power of `degree`, from each place. */
export interface RegexEffort {
  readonly ways: number;
  readonly degree: number;
}

const endless: RegexEffort = { ways: Infinity, degree: 0 };
const mostWays = 10_000;

/** `ways` is Infinity where no bound is known. */
export function effortOf(regex: Regex): RegexEffort {
  switch (regex.type) {
    case "char":
    case "any":
    case "class":
    case "start":
    case "end":
    case "boundary":
      return { ways: 1, degree: 0 };
    case "sequence":
      return regex.parts.map(effortOf).reduce(joined, { ways: 1, degree: 0 });
    case "choice":
      return regex.options.map(effortOf).reduce(either, { ways: 0, degree: 0 });
    case "group":
      return effortOf(regex.part);
    case "repeat":
      return effortOfRepeat(regex);
    case "look":
    case "peculiar":
      return endless;
    default:
      return regex satisfies never;
  }
}

function joined(one: RegexEffort, other: RegexEffort): RegexEffort {
  const ways = one.ways * other.ways;
  return ways > mostWays ? endless : { ways, degree: one.degree + other.degree };
}

function either(one: RegexEffort, other: RegexEffort): RegexEffort {
  return { ways: one.ways + other.ways, degree: Math.max(one.degree, other.degree) };
}

/** A part that can be taken in one way only, and takes something, can be repeated in as many ways as there are letters. */
function effortOfRepeat({ part, min, max }: Extract<Regex, { readonly type: "repeat" }>): RegexEffort {
  const each = effortOf(part);
  if (max === null) return each.ways === 1 && each.degree === 0 && leastOf(part) > 0 ? { ways: 1, degree: 1 } : endless;
  let ways = 0;
  for (let times = min; times <= max && ways <= mostWays; times++) ways += each.ways ** times;
  return ways > mostWays || (each.degree > 0 && max > 1) ? endless : { ways, degree: each.degree };
}

/** Letters that a value must have at least. */
export function leastOf(regex: Regex): number {
  switch (regex.type) {
    case "char":
    case "any":
    case "class":
      return 1;
    case "sequence":
      return regex.parts.reduce((sum, one) => sum + leastOf(one), 0);
    case "choice":
      return regex.options.reduce((least, one) => Math.min(least, leastOf(one)), Infinity);
    case "repeat":
      return regex.min === 0 ? 0 : regex.min * leastOf(regex.part);
    case "group":
      return leastOf(regex.part);
    case "start":
    case "end":
    case "boundary":
    case "look":
    case "peculiar":
      return 0;
    default:
      return regex satisfies never;
  }
}

/** Letters from which on a text tells anything. */
const shortest = 3;
const mostLiterals = 64;

/** Texts in lower case of which one stands in every value that the expression finds; null where none are known. */
export function literalsIn(regex: Regex): readonly string[] | null {
  const found = literalsOf(regex);
  return found?.every((one) => one.length >= shortest) === true ? found : null;
}

function literalsOf(regex: Regex): readonly string[] | null {
  switch (regex.type) {
    case "char":
      return isPlainLetter(regex.char) ? [regex.char.toLowerCase()] : null;
    case "group":
      return literalsOf(regex.part);
    case "repeat":
      return regex.min > 0 ? literalsOf(regex.part) : null;
    case "choice": {
      const all: string[] = [];
      for (const option of regex.options) {
        const own = literalsOf(option);
        if (own === null) return null;
        all.push(...own);
      }
      return all.length > mostLiterals ? null : all;
    }
    case "sequence":
      return bestOfSequence(regex.parts);
    case "any":
    case "class":
    case "start":
    case "end":
    case "boundary":
    case "look":
    case "peculiar":
      return null;
    default:
      return regex satisfies never;
  }
}

/** Letters side by side are one text. */
function bestOfSequence(parts: readonly Regex[]): readonly string[] | null {
  let best: readonly string[] | null = null;
  let run = "";
  const offer = (one: readonly string[] | null): void => {
    if (one !== null && (best === null || shortestOf(one) > shortestOf(best))) best = one;
  };
  for (const part of parts) {
    if (part.type === "char" && isPlainLetter(part.char)) {
      run += part.char.toLowerCase();
      continue;
    }
    if (run !== "") offer([run]);
    run = "";
    offer(literalsOf(part));
  }
  if (run !== "") offer([run]);
  return best;
}

/** Others may be folded in ways that this runtime does not know. */
function isPlainLetter(char: string): boolean {
  return char.length === 1 && char.charCodeAt(0) < 128;
}

function shortestOf(texts: readonly string[]): number {
  return texts.reduce((least, one) => Math.min(least, one.length), Infinity);
}

/** Single letters that stand in every value that is found, one behind the other; letters that fold are left out. */
export function signsIn(regex: Regex): readonly string[] {
  switch (regex.type) {
    case "char":
      return isPlainLetter(regex.char) && !/[a-z]/iu.test(regex.char) ? [regex.char] : [];
    case "group":
      return signsIn(regex.part);
    case "sequence":
      return regex.parts.flatMap(signsIn);
    case "repeat":
      return regex.min > 0 ? signsIn(regex.part) : [];
    default:
      return [];
  }
}
