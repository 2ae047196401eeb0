import type { Span } from "../../kit/span.ts";

const escapes: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", '"': '"', "\\": "\\" };

export interface Decoded {
  readonly value: string;
  /** Offsets of backslashes that escape nothing, from the start of the literal. */
  readonly stray: readonly number[];
}

function isRaw(text: string): boolean {
  return text.startsWith('"""');
}

/** The value of a string literal: nothing is escaped between three quotes; a stray backslash stands for itself. */
export function decodeString(text: string): Decoded {
  if (isRaw(text)) return { value: text.slice(3, -3), stray: [] };
  if (!text.includes("\\")) return { value: text.slice(1, -1), stray: [] };
  const parts: string[] = [];
  const stray: number[] = [];
  let from = 1;
  for (let at = 1; at < text.length - 1; at++) {
    if (text[at] !== "\\") continue;
    const meant = escapes[text[at + 1] ?? ""];
    if (meant === undefined) {
      stray.push(at);
      continue;
    }
    parts.push(text.slice(from, at), meant);
    at++;
    from = at + 1;
  }
  parts.push(text.slice(from, -1));
  return { value: parts.join(""), stray };
}

/**
 * Takes a place in the value of a string literal to the place in the text that it comes from. `start` is where the
 * literal stands; each escape is one character of the value and two of the text.
 */
export function placesIn(text: string, start: number): (at: Span) => Span {
  if (isRaw(text)) return ({ start: a, end: b }) => ({ start: start + 3 + a, end: start + 3 + b });
  if (!text.includes("\\")) return ({ start: a, end: b }) => ({ start: start + 1 + a, end: start + 1 + b });
  const offsets: number[] = [];
  for (let at = 1; at < text.length - 1; at++) {
    offsets.push(start + at);
    if (text[at] === "\\" && escapes[text[at + 1] ?? ""] !== undefined) at++;
  }
  offsets.push(start + text.length - 1);
  const place = (offset: number): number => offsets[Math.min(offset, offsets.length - 1)] ?? start;
  return ({ start: a, end: b }) => ({ start: place(a), end: place(b) });
}
