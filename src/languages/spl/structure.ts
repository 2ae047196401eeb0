/**
 * Where the sections of a text begin and end: found in one pass over quotes, macros, comments and brackets, before any
 * command is read, because what a character means inside a command depends on the command.
 */
export interface Structure {
  /** Offset of each `[` to that of its `]`; to the end of the text for an open one. */
  readonly closes: ReadonlyMap<number, number>;
  /** Offsets of the pipes of each level, by the offset of its `[`; the outermost level is -1. */
  readonly pipes: ReadonlyMap<number, readonly number[]>;
  /** Offset of each comment to the place after it. */
  readonly comments: ReadonlyMap<number, number>;
  readonly faults: readonly Fault[];
}

export interface Fault {
  readonly code: "unclosed-string" | "unclosed-macro" | "unclosed-comment" | "unclosed-subsearch" | "stray-bracket";
  readonly at: number;
}

export const outermost = -1;

const comment = "```";

export function scanStructure(text: string): Structure {
  const closes = new Map<number, number>();
  const comments = new Map<number, number>();
  const pipes = new Map<number, number[]>([[outermost, []]]);
  const faults: Fault[] = [];
  const open: number[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at];
    if (char === "\\") at += isEscape(text, at) ? 2 : 1;
    else if (char === '"') {
      const end = stringEnd(text, at);
      if (end > text.length) faults.push({ code: "unclosed-string", at });
      at = end;
    } else if (char === "`") {
      const isComment = text.startsWith(comment, at);
      const mark = isComment ? comment : "`";
      const close = text.indexOf(mark, at + mark.length);
      if (close < 0) faults.push({ code: isComment ? "unclosed-comment" : "unclosed-macro", at });
      const end = close < 0 ? text.length : close + mark.length;
      if (isComment) comments.set(at, end);
      at = end;
    } else if (char === "[") {
      open.push(at);
      pipes.set(at, []);
      at++;
    } else if (char === "]") {
      const from = open.pop();
      if (from === undefined) faults.push({ code: "stray-bracket", at });
      else closes.set(from, at);
      at++;
    } else {
      if (char === "|") pipes.get(open[open.length - 1] ?? outermost)?.push(at);
      at++;
    }
  }
  for (const from of open) {
    closes.set(from, text.length);
    faults.push({ code: "unclosed-subsearch", at: from });
  }
  return { closes, pipes, comments, faults };
}

/** Outside strings a backslash takes only these along: paths end in backslashes, too. */
export function isEscape(text: string, at: number): boolean {
  const next = text[at + 1];
  return next === "\\" || next === '"' || next === "|" || next === "[" || next === "]" || next === "`";
}

/** The place after the closing quote of the string that opens at `start`; past the end of the text if it is not closed. */
export function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at];
    if (char === "\\") at++;
    else if (char === '"') return at + 1;
  }
  return text.length + 1;
}

/** The place after the macro call that opens at `start`. */
export function macroEnd(text: string, start: number): number {
  const close = text.indexOf("`", start + 1);
  return close < 0 ? text.length : close + 1;
}
