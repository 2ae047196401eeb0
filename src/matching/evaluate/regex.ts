import { RE2JS, RE2JSException } from "re2js";
import type { RegexDialect } from "../../platforms/platform.ts";
import type { ReadRegex, Regex } from "../../platforms/regex/ast.ts";
import { type RegexWriter, re2 } from "../../platforms/regex/dialect.ts";
import { readRegex } from "../../platforms/regex/read.ts";
import { regexFor } from "../../platforms/regex/write.ts";
import { lettersFor, takeSteps } from "./effort.ts";
import { effortOf, leastOf, literalsIn, signsIn } from "./regex-facts.ts";

/** A regular expression that never takes long. */
export interface OpenRegex {
  readonly finds: (text: string) => boolean;
}

export type RegexTrouble = { readonly why: string };

/** Instructions of one expression; the largest of public rules has some 2,000. */
const mostInstructions = 10_000;
/** Letters of one expression; the longest of public rules has some 10,000. */
const longest = 65_536;

/** Steps of this runtime's own search, which tries every way: it is used where it cannot take more. */
const mostNativeSteps = 500_000;
/** So many of them take as long as one of RE2's. */
const nativeSteps = 10;

/** `caseSensitive`: unless the expression itself says otherwise. */
export function openRegex(text: string, caseSensitive: boolean, dialect: RegexDialect): OpenRegex | RegexTrouble {
  if (text.length > longest) return { why: "The regular expression is too long." };
  const read = readRegex(text, dialect);
  // What our reader does not follow may still be an expression of RE2.
  if (read.type === "unread") return compile(text, !caseSensitive);
  const written = regexFor(text, dialect, re2);
  if (written.type !== "regex") return { why: written.why };
  const fold = written.ignoreCase || !caseSensitive;
  const lines = lineTest(read);
  if (lines !== null) return { finds: lines };
  const compiled = compile(written.text, fold);
  if ("why" in compiled) return compiled;
  const first = quickNo(read.regex);
  const native = nativeSearch(text, dialect, read, fold);
  return { finds: (value) => first(value) && (native?.(value) ?? compiled.finds(value)) };
}

/** Texts in lower case of which one stands in every value that is found; null: none is known. */
export function regexLiterals(text: string, dialect: RegexDialect): readonly string[] | null {
  const read = text.length > longest ? null : readRegex(text, dialect);
  return read?.type === "read" ? literalsIn(read.regex) : null;
}

function compile(text: string, fold: boolean): OpenRegex | RegexTrouble {
  try {
    const regex = RE2JS.compile(text, fold ? RE2JS.CASE_INSENSITIVE : 0);
    if (regex.programSize() > mostInstructions) return { why: "The regular expression is too large." };
    return { finds: boundedFind(regex) };
  } catch (error) {
    if (error instanceof RE2JSException) return { why: `The regular expression cannot be run: ${error.message}.` };
    throw error;
  }
}

/** Looks at as much of a text as the event's effort allows. What meets the end of a part only is not found: the text goes on. */
export function boundedFind(regex: RE2JS): OpenRegex["finds"] {
  const each = regex.programSize();
  const asksForEnd = /\$|\\[zZbB]/u.test(regex.pattern());
  return (value) => {
    const letters = lettersFor(value.length, each);
    if (letters === value.length) return regex.matcher(value).find();
    const matcher = regex.matcher(value.slice(0, letters));
    return matcher.find() && (!asksForEnd || matcher.end() < letters);
  };
}

/** The text that was asked last: many expressions are asked of the same one. */
let last = { value: "", folded: "" };

/** Looks for plain texts and signs, which is much quicker, and nearly always enough to say no. */
function quickNo(regex: Regex): (value: string) => boolean {
  const literals = literalsIn(regex);
  const least = leastOf(regex);
  const signs = signsIn(regex);
  return (value) => {
    if (value.length < least) return false;
    let at = 0;
    for (const sign of signs) {
      at = value.indexOf(sign, at) + 1;
      if (at === 0) return false;
    }
    if (literals === null) return true;
    if (last.value !== value) last = { value, folded: value.toLowerCase() };
    const { folded } = last;
    // This letter is an s to RE2.
    return literals.some((one) => folded.includes(one)) || folded.includes("ſ");
  };
}

/** As this runtime reads expressions; its classes and `.` agree with RE2's on the letters of `plainText`. */
const native: RegexWriter = {
  ...re2,
  dotMatchesLines: true,
  dotAllFlag: "",
  unicodeClasses: false,
  posixClasses: false,
};
const plainText = /^[\t\n\r -~]*$/;

/** null, as an expression or as an answer: RE2 has to look. */
function nativeSearch(
  text: string,
  dialect: RegexDialect,
  { regex, multiline, dotAll }: ReadRegex,
  fold: boolean,
): ((value: string) => boolean | null) | null {
  const { ways, degree } = effortOf(regex);
  const known = ways < Infinity && !multiline && plainText.test(text);
  const written = known ? regexFor(text, dialect, native) : null;
  if (written?.type !== "regex") return null;
  let search: RegExp;
  try {
    search = new RegExp(written.text, `${fold ? "i" : ""}${dotAll ? "s" : ""}`);
  } catch {
    return null;
  }
  const each = leastOf(regex) + 1;
  return (value) => {
    const steps = ways * each * value.length ** (degree + 1);
    return steps <= mostNativeSteps && takeSteps(Math.ceil(steps / nativeSteps)) && plainText.test(value)
      ? search.test(value)
      : null;
  };
}

/** `.{1000,}` and its like ask how many letters stand on one line. */
function lineTest({ regex, dotAll, whole }: ReadRegex): ((value: string) => boolean) | null {
  if (regex.type !== "repeat" || regex.part.type !== "any" || regex.max !== null || whole) return null;
  const { min } = regex;
  return (value) => {
    let run = 0;
    for (const char of value) {
      run = dotAll || char !== "\n" ? run + 1 : 0;
      if (run >= min) return true;
    }
    return min === 0;
  };
}
