import { describe, expect, test } from "vitest";
import { lex } from "./lexer.ts";

const types = (text: string): readonly string[] => lex(text).tokens.map((one) => `${one.type}:${one.text}`);

const value = (text: string): string | null => {
  const [first] = lex(text).tokens;
  return first?.type === "string" || first?.type === "quoted" ? first.value : null;
};

describe("strings", () => {
  test.each([
    [String.raw`"a\\b"`, String.raw`a\b`],
    [String.raw`"a\"b"`, 'a"b'],
    [String.raw`"\n\r\t"`, "\n\r\t"],
    [String.raw`"\u{202e}x"`, "\u202ex"],
    [String.raw`"\u{1F600}"`, "😀"],
    [String.raw`"\u0041"`, "A"],
    ['"*?"', "*?"],
    ['""', ""],
    [String.raw`"""C:\Temp\"x"*"""`, String.raw`C:\Temp\"x"*`],
    ['""""quoted""""', '"quoted"'],
    [String.raw`'old\t'`, "old\t"],
    [String.raw`?"c:\raw"`, String.raw`c:\raw`],
    ["`a``b`", "a`b"],
  ])("%s is %j", (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  test("an escape that EQL does not have stays, and is reported at its place", () => {
    const { tokens, diagnostics } = lex(String.raw`x == "a\sb"`);
    expect(tokens[2]).toMatchObject({ type: "string", value: String.raw`a\sb` });
    expect(diagnostics).toMatchObject([{ code: "eql/unknown-escape", severity: "error", span: { start: 7, end: 9 } }]);
  });

  test.each([["'a'"], ["?'a'"], ['?"a"']])("%s is of older EQL", (text) => {
    expect(lex(text).diagnostics).toMatchObject([{ code: "eql/legacy-string", severity: "warning" }]);
  });

  test.each(['"open', '"""open" and', "`open", "``", String.raw`"open\"`])("%s ends with its line", (text) => {
    const { tokens, diagnostics } = lex(`${text}\nnext`);
    expect(tokens.map((one) => one.type)).toEqual(["unclosed", "word", "end"]);
    expect(diagnostics).toMatchObject([{ code: "eql/unclosed-string", span: { start: 0, end: text.length } }]);
  });
});

describe("comments", () => {
  test("are left out, but not inside strings", () => {
    expect(types('a /* b "c */ d // e\n"http://x/*" `//`')).toEqual([
      "word:a",
      "word:d",
      'string:"http://x/*"',
      "quoted:`//`",
      "end:",
    ]);
  });

  test("without an end take the rest", () => {
    const { tokens, diagnostics } = lex("a /* b");
    expect(tokens).toHaveLength(2);
    expect(diagnostics).toMatchObject([{ code: "eql/unclosed-comment", span: { start: 2, end: 6 } }]);
  });
});

describe("numbers and names", () => {
  test.each([
    ["1 2.5 .5 2e3 1.5E-2", ["number:1", "number:2.5", "number:.5", "number:2e3", "number:1.5E-2", "end:"]],
    ["5m", ["number:5", "word:m", "end:"]],
    ["a.6", ["word:a", "operator:.", "number:6", "end:"]],
    ["@timestamp>=_x", ["word:@timestamp", "operator:>=", "word:_x", "end:"]],
    ["a!=b!", ["word:a", "operator:!=", "word:b", "operator:!", "end:"]],
    ["§😀", ["unknown:§", "unknown:😀", "end:"]],
  ])("%s", (text, expected) => {
    expect(types(text)).toEqual(expected);
  });
});
