import type { Span } from "../../kit/span.ts";
import type { Token } from "../../kit/tokens.ts";

export type ConditionToken = Token<"word" | "open" | "close" | "pipe" | "compare" | "end">;

const shape = /[^\s()|<>=!]+|[<>=!]+|[()|]/gu;

const marks: Readonly<Record<string, ConditionToken["type"]>> = { "(": "open", ")": "close", "|": "pipe" };

/** The tokens of a condition; every character but white space belongs to one. `place` says where a span stands. */
export function lexCondition(text: string, place: (at: Span) => Span): readonly ConditionToken[] {
  const tokens: ConditionToken[] = [];
  for (const { 0: found, index } of text.matchAll(shape)) {
    const type = marks[found] ?? ("<>=!".includes(found.charAt(0)) ? "compare" : "word");
    tokens.push({ type, text: found, span: place({ start: index, end: index + found.length }) });
  }
  tokens.push({ type: "end", text: "", span: place({ start: text.length, end: text.length }) });
  return tokens;
}
