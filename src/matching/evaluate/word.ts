import { RE2JS } from "re2js";
import { regexOfWord } from "../../platforms/regex/pattern-regex.ts";
import type { PatternToken } from "../../rule/expression.ts";
import { boundedFind } from "./regex.ts";

const letter = /[\p{L}\p{N}]/u;

/** Does the pattern stand in a text where no letter or digit touches its ends? Its `*` and `?` are letters and digits. */
export function openWord(tokens: readonly PatternToken[], fold: boolean): (text: string) => boolean {
  const [only] = tokens;
  if (tokens.length === 1 && only?.type === "literal") return openPlainWord(fold ? only.text.toLowerCase() : only.text);
  return boundedFind(RE2JS.compile(regexOfWord(tokens), fold ? RE2JS.CASE_INSENSITIVE : 0));
}

function openPlainWord(word: string): (text: string) => boolean {
  const starts = letter.test([...word][0] ?? "");
  const ends = letter.test([...word].at(-1) ?? "");
  return (text) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if ((!starts || !isLetterBefore(text, at)) && (!ends || !isLetterAt(text, at + word.length))) return true;
      if (word === "") return false;
    }
    return false;
  };
}

function isLetterAt(text: string, at: number): boolean {
  const point = text.codePointAt(at);
  return point !== undefined && letter.test(String.fromCodePoint(point));
}

function isLetterBefore(text: string, at: number): boolean {
  if (at === 0) return false;
  const unit = text.charCodeAt(at - 1);
  const from = unit >= 0xdc00 && unit <= 0xdfff && at > 1 ? at - 2 : at - 1;
  return isLetterAt(text, from);
}
