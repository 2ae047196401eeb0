import { peek, type Reader, startsHere } from "../reader.ts";
import type { ShPart, ShWord } from "./syntax.ts";

/** A here-document whose lines are still to come. */
interface Awaited {
  readonly end: string;
  readonly tabs: boolean;
  readonly start: number;
  readonly fill: (text: string, from: number) => void;
}

export interface ShReader extends Reader {
  /** Here-documents that begin at the next line. */
  readonly awaited: Awaited[];
}

/** Blanks, joined lines and comments, but no newlines. */
export function skipBlanks(reader: Reader): void {
  for (;;) {
    const char = peek(reader);
    if (char === " " || char === "\t" || char === "\r" || char === "\u00a0") reader.at++;
    else if (startsHere(reader, "\\\n")) reader.at += 2;
    else if (startsHere(reader, "\\\r\n")) reader.at += 3;
    else if (char === "#") {
      while (reader.at < reader.text.length && peek(reader) !== "\n") reader.at++;
    } else return;
  }
}

/** Newlines with what stands between them; the lines of here-documents are read on the way. */
export function skipNewlines(reader: ShReader): void {
  for (;;) {
    skipBlanks(reader);
    if (peek(reader) !== "\n") return;
    reader.at++;
    readAwaited(reader);
  }
}

function readAwaited(reader: ShReader): void {
  for (const one of reader.awaited.splice(0)) {
    const lines: string[] = [];
    const from = reader.at;
    for (;;) {
      if (reader.at >= reader.text.length) {
        // Shells warn of it, and take all there is.
        const message = `A line with ${one.end.slice(0, 40)} was expected at the end of the here-document.`;
        const at = { start: one.start, end: Math.min(one.start + 1, reader.text.length) };
        reader.recorder.problem("shell/unclosed", message, at, "warning");
        break;
      }
      const newline = reader.text.indexOf("\n", reader.at);
      const end = newline < 0 ? reader.text.length : newline;
      const written = reader.text.slice(reader.at, end).replace(/\r$/, "");
      reader.at = Math.min(end + 1, reader.text.length);
      const line = one.tabs ? written.replace(/^\t+/, "") : written;
      // Tests are written with blanks around them more often than shells take them.
      if (line === one.end || line.trim() === one.end) break;
      lines.push(line);
    }
    one.fill(lines.length === 0 ? "" : `${lines.join("\n")}\n`, from);
  }
}

/** A word of one text. */
export function textWord(text: string, start: number, end: number, quoted = true): ShWord {
  const part: ShPart = { type: "text", text, quoted };
  return { parts: text === "" && !quoted ? [] : [part], span: { start, end } };
}
