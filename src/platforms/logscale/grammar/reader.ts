import { limits } from "../../../kit/limits.ts";
import { blank } from "./characters.ts";

export interface CqlLiteral {
  readonly kind: "string" | "number" | "regex";
  /** Decoded: what the language makes of it, without quotes, slashes and their escapes. */
  readonly value: string;
  readonly at: number;
}

/** Where a check stands in a query, and what it has met so far. */
export interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  /** An aggregate function stood in an earlier step of this pipeline: no free text may follow. */
  aggregated: boolean;
  /** Inside `correlate`: its queries may link fields, and may not aggregate. */
  correlating: boolean;
  readonly literals: CqlLiteral[];
  readonly fields: Set<string>;
}

/** The first fault ends a check: what follows a fault cannot be read with any certainty. */
export class CqlFault extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

export function openReader(text: string): Reader {
  return { text, at: 0, depth: 0, aggregated: false, correlating: false, literals: [], fields: new Set() };
}

export function refuse(at: number, message: string): never {
  throw new CqlFault(at, message);
}

/** Takes what the sticky pattern matches here; null where it does not. */
export function take(reader: Reader, pattern: RegExp): string | null {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0] ?? null;
  if (found !== null) reader.at += found.length;
  return found;
}

export function sees(reader: Reader, pattern: RegExp): boolean {
  pattern.lastIndex = reader.at;
  return pattern.test(reader.text);
}

export function takeMark(reader: Reader, mark: string): boolean {
  skipBlank(reader);
  if (!reader.text.startsWith(mark, reader.at)) return false;
  reader.at += mark.length;
  return true;
}

export function expectMark(reader: Reader, mark: string, where: string): void {
  if (!takeMark(reader, mark)) refuse(reader.at, `Expected ${mark} ${where}.`);
}

/** `//` to the end of the line, and between slash star and star slash (library.humio.com/data-analysis/syntax-comments.html). */
export function skipBlank(reader: Reader): void {
  for (;;) {
    if (take(reader, blank) !== null) continue;
    if (reader.text.startsWith("//", reader.at)) {
      const end = reader.text.indexOf("\n", reader.at);
      reader.at = end === -1 ? reader.text.length : end + 1;
      continue;
    }
    if (!reader.text.startsWith("/*", reader.at)) return;
    const end = reader.text.indexOf("*/", reader.at + 2);
    if (end === -1) refuse(reader.at, "A comment is not closed.");
    reader.at = end + 2;
  }
}

/** Runs a part one level deeper, and refuses nesting beyond what every parser here allows. */
export function nested<T>(reader: Reader, part: () => T): T {
  if (reader.depth >= limits.depth) refuse(reader.at, "The query is nested too deep.");
  reader.depth++;
  const result = part();
  reader.depth--;
  return result;
}
