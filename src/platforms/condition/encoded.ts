import type { Predicate, Value } from "../../rule/expression.ts";
import { isPattern } from "../../rule/expression.ts";

/** What `windash` takes for each other (Sigma specification, modifiers). */
export const dashes: readonly string[] = ["-", "/", "\u2013", "\u2014", "\u2015"];

/** Spellings of one value up to which they are written out. */
const mostSpellings = 5;

/**
 * The plain texts for which a predicate with encodings looks, for each of its values; null for what cannot be written
 * out. The steps are those of Sigma's modifiers of these names.
 */
export function encodedValues(predicate: Predicate): readonly (readonly Value[])[] | null {
  const encoding = predicate.encoding ?? [];
  const all: (readonly Value[])[] = [];
  for (const value of predicate.values) {
    let texts: readonly Value[] | null = [value];
    for (const step of encoding) texts = texts === null ? null : encodeAll(texts, step);
    if (texts === null) return null;
    all.push(texts);
  }
  return all;
}

function encodeAll(values: readonly Value[], step: string): readonly Value[] | null {
  const out: Value[] = [];
  for (const value of values) {
    const coded = isPattern(value) ? null : encodeStep(String(value), step);
    if (coded === null) return null;
    out.push(...coded);
  }
  return out;
}

function encodeStep(text: string, step: string): readonly string[] | null {
  switch (step) {
    case "windash":
      return withDashes(text);
    case "wide":
    case "utf16le":
      return [bytesOf(text, true)];
    case "utf16":
      return [`\u00ff\u00fe${bytesOf(text, true)}`];
    case "utf16be":
      return [bytesOf(text, false)];
    case "base64":
      return isBytes(text) ? [btoa(text)] : null;
    case "base64offset":
      return isBytes(text) ? [0, 1, 2].map((offset) => base64At(text, offset)) : null;
    default:
      return null;
  }
}

/** Every spelling with one dash; of a text with several, too many to write out. */
function withDashes(text: string): readonly string[] | null {
  const parts = text.split(
    new RegExp(`[${dashes.map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")}]`, "u"),
  );
  if (parts.length === 1) return [text];
  if (dashes.length ** (parts.length - 1) > mostSpellings) return null;
  return dashes.map((dash) => parts.join(dash));
}

/** UTF-16 as bytes, a character each. */
function bytesOf(text: string, little: boolean): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return units
    .map((unit) => (little ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255]))
    .map((pair) => String.fromCharCode(...pair))
    .join("");
}

function isBytes(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 255) return false;
  return true;
}

/** Base64 of a text that stands `offset` bytes behind a boundary, without the characters that its neighbours change. */
function base64At(text: string, offset: number): string {
  const coded = btoa(" ".repeat(offset) + text).replace(/=+$/u, "");
  const partial = (text.length + offset) % 3;
  return coded.slice([0, 2, 3][offset], partial === 0 ? undefined : -1);
}
