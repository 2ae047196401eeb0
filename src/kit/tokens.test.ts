import { describe, expect, test } from "vitest";
import { openTokens, type Token } from "./tokens.ts";

const tokens: readonly Token[] = [
  { type: "word", text: "a", span: { start: 0, end: 1 } },
  { type: "word", text: "bc", span: { start: 2, end: 4 } },
  { type: "end", text: "", span: { start: 4, end: 4 } },
];

describe("a token cursor", () => {
  test("looks ahead without moving", () => {
    const cursor = openTokens(tokens);
    expect(cursor.peek(1).text).toBe("bc");
    expect(cursor.peek().text).toBe("a");
  });

  test("takes tokens in order and stays at the end marker", () => {
    const cursor = openTokens(tokens);
    expect([1, 2, 3, 4, 5].map(() => cursor.next().type)).toEqual(["word", "word", "end", "end", "end"]);
    expect(cursor.peek().type).toBe("end");
  });

  test("yields the end marker for anything past it", () => {
    expect(openTokens(tokens).peek(50).type).toBe("end");
  });

  test("knows the span of the last token taken", () => {
    const cursor = openTokens(tokens);
    expect(cursor.last()).toEqual({ start: 0, end: 0 });
    cursor.next();
    cursor.next();
    expect(cursor.last()).toEqual({ start: 2, end: 4 });
  });

  test("goes back to a mark", () => {
    const cursor = openTokens(tokens);
    cursor.next();
    const mark = cursor.mark();
    cursor.next();
    cursor.reset(mark);
    expect(cursor.next().text).toBe("bc");
  });

  test("refuses a list without an end marker", () => {
    expect(() => openTokens([])).toThrow("a token list must close with an end marker");
  });
});
