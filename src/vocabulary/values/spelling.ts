import { isPattern, type Predicate, type Value } from "../../rule/expression.ts";
import { showValue } from "../../rule/pattern.ts";

/** Encodings that widen a value without changing what it says: `-u` also stands for `/u` and `–u`. */
const widening: ReadonlySet<string> = new Set(["windash"]);

/** What turns a value into another text before it is compared, in order. */
export function encodings(predicate: Predicate): readonly string[] {
  return predicate.encoding?.filter((one) => !widening.has(one)) ?? [];
}

/** The value as people read it: case as written, and what is done to it before it is compared around it. */
export function spelledValue(predicate: Predicate, value: Value): string {
  const shown = showValue(value);
  const around = encodings(predicate);
  return around.length === 0 ? shown : `${around.join(" ")}(${shown})`;
}

/** A dash or slash in front of a word, as it marks an option of a command line; not the second slash of an address. */
const optionMark = /(?<![\w/])[-/\u2013\u2014\u2015]\b/gu;

/** Where any dash may stand for another, options are spelled with `-`. */
export function withPlainDashes(predicate: Predicate, value: Value): Value {
  if (predicate.encoding?.includes("windash") !== true) return value;
  const plain = (text: string): string => text.replace(optionMark, "-");
  if (typeof value === "string") return plain(value);
  if (!isPattern(value)) return value;
  const tokens = value.tokens.map((one) => (one.type === "literal" ? { ...one, text: plain(one.text) } : one));
  return { ...value, tokens };
}
