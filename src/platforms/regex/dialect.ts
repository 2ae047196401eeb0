import type { CharacterSet } from "./ast.ts";

/** What a dialect of regular expressions has, and how it writes it. One that matches the whole value is `lucene.ts`. */
export interface RegexWriter {
  /** As the report names it. */
  readonly title: string;
  readonly looks: "none" | "ahead" | "both";
  readonly possessive: boolean;
  /** Repetition that takes as little as it can. Whether a value is found does not depend on it, so others write it greedily. */
  readonly lazy: boolean;
  /** Groups that only hold together; false where every parenthesis is one. */
  readonly plainGroups: boolean;
  /** The highest number of times that a part may be repeated, where others may be repeated more often. */
  readonly mostRepeats?: number;
  readonly unicodeClasses: boolean;
  readonly posixClasses: boolean;
  readonly boundary: { readonly at: string; readonly inside: string };
  readonly sets: Readonly<Record<CharacterSet, string>>;
  readonly negatedSets: Readonly<Record<CharacterSet, string>>;
  /** A line break is also matched by `.`, unless asked otherwise. */
  readonly dotMatchesLines: boolean;
  /** What stands at the beginning for `.` to match line breaks, and for `^` and `$` to match at them; null: not to be had. */
  readonly dotAllFlag: string | null;
  readonly multilineFlag: string | null;
}

const sets = { digit: "\\d", word: "\\w", space: "\\s" } as const;
const negatedSets = { digit: "\\D", word: "\\W", space: "\\S" } as const;

/** https://github.com/google/re2/wiki/Syntax */
export const re2: RegexWriter = {
  title: "RE2",
  looks: "none",
  possessive: false,
  lazy: true,
  plainGroups: true,
  unicodeClasses: true,
  posixClasses: true,
  boundary: { at: "\\b", inside: "\\B" },
  sets,
  negatedSets,
  dotMatchesLines: false,
  dotAllFlag: "(?s)",
  multilineFlag: "(?m)",
};

/** https://www.pcre.org/current/doc/html/pcre2pattern.html */
export const pcre: RegexWriter = { ...re2, title: "PCRE", looks: "both", possessive: true };

/** https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html */
export const java: RegexWriter = { ...pcre, title: "Java", posixClasses: false };

/** https://www.postgresql.org/docs/15/functions-matching.html#FUNCTIONS-POSIX-REGEXP */
export const postgres: RegexWriter = {
  ...re2,
  title: "PostgreSQL",
  looks: "both",
  mostRepeats: 255,
  unicodeClasses: false,
  boundary: { at: "\\y", inside: "\\Y" },
  dotMatchesLines: true,
  dotAllFlag: "",
  multilineFlag: null,
};
