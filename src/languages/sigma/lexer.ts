import type { Token } from "../../kit/tokens.ts";

export type ConditionToken = Token<"word" | "open" | "close" | "pipe" | "compare" | "end">;

const single: Readonly<Record<string, ConditionToken["type"]>> = { "(": "open", ")": "close", "|": "pipe" };

/** The tokens of a condition; every character but white space belongs to one. */
export function lexCondition(text: string): readonly ConditionToken[] {
  const tokens: ConditionToken[] = [];
  const add = (type: ConditionToken["type"], start: number, end: number): void => {
    tokens.push({ type, text: text.slice(start, end), span: { start, end } });
  };
  let at = 0;
  while (at < text.length) {
    const start = at;
    const char = text.charAt(at);
    const mark = single[char];
    if (isSpace(char)) at++;
    else if (mark !== undefined) add(mark, start, ++at);
    else if (isCompare(char)) {
      while (at < text.length && isCompare(text.charAt(at))) at++;
      add("compare", start, at);
    } else {
      while (at < text.length && isWord(text.charAt(at))) at++;
      add("word", start, at);
    }
  }
  add("end", text.length, text.length);
  return tokens;
}

function isSpace(char: string): boolean {
  return char.trim() === "";
}

function isCompare(char: string): boolean {
  return char === "<" || char === ">" || char === "=" || char === "!";
}

function isWord(char: string): boolean {
  return !isSpace(char) && !isCompare(char) && single[char] === undefined;
}
