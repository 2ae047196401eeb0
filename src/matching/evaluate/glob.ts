import type { PatternToken } from "../../rule/expression.ts";

/** A run between two `*`: texts, and null for exactly one character. */
type Segment = readonly (string | null)[];

/**
 * Does a text meet a pattern as a whole? Each run is looked for where it first stands behind the one before, so that time
 * grows with text times pattern at most. One character is one code point.
 */
export function openGlob(tokens: readonly PatternToken[], fold: boolean): (text: string) => boolean {
  const segments: Segment[] = [[]];
  for (const token of tokens) {
    if (token.type === "any") segments.push([]);
    else if (token.type === "one") segments[segments.length - 1] = [...(segments.at(-1) ?? []), null];
    else if (token.type === "literal") {
      const text = fold ? token.text.toLowerCase() : token.text;
      segments[segments.length - 1] = [...(segments.at(-1) ?? []), text];
    }
  }
  const [first = []] = segments;
  const last = segments.at(-1) ?? [];
  const middle = segments.slice(1, -1).filter((one) => one.length > 0);
  if (segments.length === 1) return (text) => endOf(first, text, 0) === text.length;
  return (text) => {
    let at = endOf(first, text, 0);
    for (const one of middle) {
      if (at < 0) return false;
      at = endOfNext(one, text, at);
    }
    return at >= 0 && standsAtEnd(last, text, at);
  };
}

/** Where the segment ends that begins here; -1 where it does not stand here. */
function endOf(segment: Segment, text: string, from: number): number {
  let at = from;
  for (const part of segment) {
    if (part !== null) {
      if (!text.startsWith(part, at)) return -1;
      at += part.length;
      continue;
    }
    const point = text.codePointAt(at);
    if (point === undefined) return -1;
    at += point > 0xffff ? 2 : 1;
  }
  return at;
}

function endOfNext(segment: Segment, text: string, from: number): number {
  const [start] = segment;
  for (let at = from; at <= text.length; at++) {
    if (typeof start === "string") {
      at = text.indexOf(start, at);
      if (at < 0) return -1;
    }
    const end = endOf(segment, text, at);
    if (end >= 0) return end;
  }
  return -1;
}

function standsAtEnd(segment: Segment, text: string, from: number): boolean {
  if (segment.length === 0) return true;
  const [only] = segment;
  if (segment.length === 1 && typeof only === "string") {
    return text.length - only.length >= from && text.endsWith(only);
  }
  const fixed = segment.reduce((sum, part) => sum + (part?.length ?? 0), 0);
  const ones = segment.filter((part) => part === null).length;
  // A character is one or two units long, so that the segment can begin at few places only.
  for (let at = Math.max(from, text.length - fixed - 2 * ones); at <= text.length - fixed - ones; at++) {
    if (endOf(segment, text, at) === text.length) return true;
  }
  return false;
}
