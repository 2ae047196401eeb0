import { matchHere, unexpected } from "../reader.ts";
import { type ShReader, skipBlanks, textWord } from "./blanks.ts";
import type { ShRedirection, ShWord } from "./syntax.ts";
import { documentWord, readWord } from "./words.ts";

const mark = /(?:\d*|\{[A-Za-z_]\w*\})(?:<<<|<<-?|<>|<&|>&|>>|>\||<(?!\()|>(?!\())|&>>?/y;

/** A redirection at the cursor; null where none begins. */
export function readRedirection(reader: ShReader): ShRedirection | null {
  const written = matchHere(reader, mark);
  if (written === null) return null;
  const start = reader.at;
  reader.at += written.length;
  const [, handle = "", operator = ""] = /^(\d*|\{\w+\})(.+)$/.exec(written) ?? [];
  skipBlanks(reader);
  if (operator === "<<" || operator === "<<-") return readDocument(reader, start, operator === "<<-");
  const target = readWord(reader);
  if (target === null) unexpected(reader, "The name of a file was expected.");
  const word: ShWord = target ?? textWord("", start, reader.at);
  switch (operator) {
    case "<<<":
      return { kind: "text", target: word };
    case "<":
    case "<>":
    case "<&":
      return { kind: "in", target: word };
    case ">&":
      return { kind: handle === "2" ? "error" : "out", target: joined(word) };
    case ">>":
    case "&>>":
      return { kind: handle === "2" ? "error" : "append", target: word };
    default:
      return { kind: handle === "2" ? "error" : "out", target: word };
  }
}

/** `2>&1` joins two handles: `&1` is its target. */
function joined(word: ShWord): ShWord {
  const [only] = word.parts;
  const isHandle = word.parts.length === 1 && only?.type === "text" && /^(?:\d+|-)$/.test(only.text);
  return isHandle ? textWord(`&${only.text}`, word.span.start, word.span.end) : word;
}

function readDocument(reader: ShReader, start: number, tabs: boolean): ShRedirection {
  const from = reader.at;
  const end = readWord(reader);
  if (end === null) {
    unexpected(reader, "The end of the here-document was expected.");
    return { kind: "text", target: textWord("", start, reader.at) };
  }
  const isQuoted = /["'\\]/.test(reader.text.slice(from, reader.at));
  const name = end.parts.map((one) => (one.type === "text" ? one.text : "")).join("");
  const parts: ShWord["parts"][number][] = [];
  const place = { start, end: reader.at };
  reader.awaited.push({
    end: name,
    tabs,
    start,
    fill: (text, at) => {
      parts.push(...(isQuoted ? textWord(text, at, reader.at) : documentWord(reader, text, at)).parts);
    },
  });
  return { kind: "text", target: { parts, span: place } };
}
