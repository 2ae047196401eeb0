import type { Span } from "../../kit/span.ts";
import { caps, type Recorder } from "./ground.ts";

/** A cursor over the text of a script. Tokens of shells depend on where they stand, so that there is no lexer apart. */
export interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  readonly recorder: Recorder;
}

/** The character at the cursor; empty at the end. */
export function peek(reader: Reader, ahead = 0): string {
  return reader.text[reader.at + ahead] ?? "";
}

export function startsHere(reader: Reader, text: string): boolean {
  return reader.text.startsWith(text, reader.at);
}

export function take(reader: Reader, text: string): boolean {
  if (!startsHere(reader, text)) return false;
  reader.at += text.length;
  return true;
}

export function spanFrom(reader: Reader, start: number): Span {
  return { start, end: Math.max(start, Math.min(reader.at, reader.text.length)) };
}

/** What a pattern with the flag `y` finds at the cursor, without moving. */
export function matchHere(reader: Reader, pattern: RegExp): string | null {
  pattern.lastIndex = reader.at;
  return pattern.exec(reader.text)?.[0] ?? null;
}

export function isNewline(char: string): boolean {
  return char === "\n" || char === "\r";
}

export function unclosed(reader: Reader, message: string, start: number): void {
  reader.recorder.problem("shell/unclosed", message, { start, end: Math.min(start + 1, reader.text.length) });
}

export function unexpected(reader: Reader, message: string): void {
  const start = Math.min(reader.at, reader.text.length);
  reader.recorder.problem("shell/unexpected", message, { start, end: Math.min(start + 1, reader.text.length) });
}

/** Reads something one level deeper. Beyond the caps the rest of the text is left out, and that is told. */
export function deeper<Result>(reader: Reader, read: () => Result, otherwise: Result): Result {
  const at = { start: Math.min(reader.at, reader.text.length), end: reader.text.length };
  if (reader.depth >= caps.depth) {
    reader.recorder.problem("shell/too-deep", `Blocks nested at most ${caps.depth} deep were expected.`, at);
    reader.at = reader.text.length;
    return otherwise;
  }
  if (!reader.recorder.step(at)) {
    reader.at = reader.text.length;
    return otherwise;
  }
  reader.depth++;
  const result = read();
  reader.depth--;
  return result;
}
