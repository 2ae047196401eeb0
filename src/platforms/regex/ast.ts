/** A regular expression as rules of all languages write them. */
export type Regex =
  | { readonly type: "char"; readonly char: string }
  /** `.` */
  | { readonly type: "any" }
  | { readonly type: "class"; readonly negated: boolean; readonly items: readonly ClassItem[] }
  | { readonly type: "sequence"; readonly parts: readonly Regex[] }
  | { readonly type: "choice"; readonly options: readonly Regex[] }
  | {
      readonly type: "repeat";
      readonly part: Regex;
      readonly min: number;
      readonly max: number | null;
      readonly manner: Manner;
    }
  /** Parentheses of any kind that only hold together. */
  | { readonly type: "group"; readonly part: Regex }
  | { readonly type: "start" }
  | { readonly type: "end" }
  | { readonly type: "boundary"; readonly negated: boolean }
  | { readonly type: "look"; readonly behind: boolean; readonly negated: boolean; readonly part: Regex }
  /** What a dialect may have and others do not, in words for the reader: `a back reference`. */
  | { readonly type: "peculiar"; readonly what: string; readonly text: string };

export type Manner = "greedy" | "lazy" | "possessive";

export type ClassItem =
  | { readonly type: "range"; readonly from: string; readonly to: string }
  | { readonly type: "set"; readonly set: CharacterSet; readonly negated: boolean }
  | { readonly type: "peculiar"; readonly what: string; readonly text: string };

/** `\d`, `\w`, `\s`. */
export type CharacterSet = "digit" | "word" | "space";

/** What is known of a regular expression. */
export interface ReadRegex {
  readonly type: "read";
  readonly regex: Regex;
  /** The text without the flags at its beginning, and without the frame of a whole-value match. */
  readonly body: string;
  readonly ignoreCase: boolean;
  /** `.` also matches a line break. */
  readonly dotAll: boolean;
  readonly multiline: boolean;
  /** The whole value must match. */
  readonly whole: boolean;
}

export interface UnreadRegex {
  readonly type: "unread";
  readonly why: string;
}
