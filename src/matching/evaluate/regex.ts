import { RE2JS, RE2JSSyntaxException } from "re2js";
import type { RegexDialect } from "../../platforms/platform.ts";
import type { Regex } from "../../platforms/regex/ast.ts";
import { re2 } from "../../platforms/regex/dialect.ts";
import { readRegex } from "../../platforms/regex/read.ts";
import { regexFor } from "../../platforms/regex/write.ts";

/** A regular expression that finds in time that grows with the text alone. */
export interface OpenRegex {
  readonly finds: (text: string) => boolean;
  /** Texts of which one stands in every value that is found, in lower case; null: none is known. */
  readonly literals: readonly string[] | null;
}

export type RegexTrouble = { readonly why: string };

/** `caseSensitive`: unless the expression itself says otherwise. */
export function openRegex(text: string, caseSensitive: boolean, dialect: RegexDialect): OpenRegex | RegexTrouble {
  const read = readRegex(text, dialect);
  if (read.type === "unread") return compileAsIs(text, caseSensitive);
  const literals = longEnough(literalsOf(read.regex));
  const written = regexFor(text, dialect, re2);
  if (written.type !== "regex") return { why: written.why };
  const fold = written.ignoreCase || !caseSensitive;
  const quick = isPlain(read.regex) ? nativeRegex(written.text, fold) : null;
  if (quick !== null) return { finds: (value) => quick.test(value), literals };
  const compiled = compile(written.text, fold);
  return "why" in compiled ? compiled : { ...compiled, literals };
}

/** What our reader does not follow may still be an expression of RE2. */
function compileAsIs(text: string, caseSensitive: boolean): OpenRegex | RegexTrouble {
  const compiled = compile(text, !caseSensitive);
  return "why" in compiled ? compiled : { ...compiled, literals: null };
}

function compile(text: string, fold: boolean): { readonly finds: OpenRegex["finds"] } | RegexTrouble {
  try {
    const regex = RE2JS.compile(text, fold ? RE2JS.CASE_INSENSITIVE : 0);
    return { finds: (value) => regex.matcher(value).find() };
  } catch (error) {
    if (error instanceof RE2JSSyntaxException)
      return { why: `The regular expression cannot be run: ${error.message}.` };
    throw error;
  }
}

/** null where this runtime writes expressions otherwise. */
function nativeRegex(text: string, fold: boolean): RegExp | null {
  if (text.startsWith("(?")) return null;
  try {
    return new RegExp(text, fold ? "iu" : "u");
  } catch {
    return null;
  }
}

/** Ways to go through an expression from one place of a text, up to which a search that tries them all is quick. */
const mostWays = 64;

/**
 * Is a search that tries every way linear? There is no repetition without an end, and few ways to go through it. Only
 * parts that RE2 and this runtime take alike are let through.
 */
function isPlain(regex: Regex): boolean {
  return waysThrough(regex) <= mostWays;
}

function waysThrough(regex: Regex): number {
  switch (regex.type) {
    case "char":
    case "start":
      return 1;
    case "class":
      return regex.negated || regex.items.some((one) => one.type !== "range") ? Infinity : 1;
    case "sequence":
      return regex.parts.reduce((ways, part) => ways * waysThrough(part), 1);
    case "choice":
      return regex.options.reduce((ways, option) => ways + waysThrough(option), 0);
    case "group":
      return waysThrough(regex.part);
    case "repeat": {
      const { part, min, max } = regex;
      if (max === null || max > mostWays) return Infinity;
      const each = waysThrough(part);
      let ways = 0;
      for (let times = min; times <= max; times++) ways += each ** times;
      return ways;
    }
    case "any":
    case "end":
    case "boundary":
    case "look":
    case "peculiar":
      return Infinity;
    default:
      return regex satisfies never;
  }
}

/** Letters from which on a text tells anything. */
const shortest = 3;
const mostLiterals = 64;

function longEnough(literals: readonly string[] | null): readonly string[] | null {
  return literals?.every((one) => one.length >= shortest) === true ? literals : null;
}

/** Texts of which one stands in every value that the expression finds. */
function literalsOf(regex: Regex): readonly string[] | null {
  switch (regex.type) {
    case "char":
      return [regex.char.toLowerCase()];
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
    if (part.type === "char") {
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

function shortestOf(texts: readonly string[]): number {
  return texts.reduce((least, one) => Math.min(least, one.length), Infinity);
}
