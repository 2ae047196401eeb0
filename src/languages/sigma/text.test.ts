import { expect, test } from "vitest";
import { showPattern } from "../../rule/pattern.ts";
import { sigmaTokens } from "./text.ts";

const any = { type: "any" } as const;
const one = { type: "one" } as const;
const literal = (text: string) => ({ type: "literal", text }) as const;

/** The table of "Escaping" in the Sigma Rules Specification, and its edges. */
test.each([
  ["a single backslash is itself", "C:\\Windows", [literal("C:\\Windows")]],
  ["two are one", "C:\\\\Windows", [literal("C:\\Windows")]],
  ["three are two", "\\\\\\server", [literal("\\\\server")]],
  ["four are two", "\\\\\\\\server", [literal("\\\\server")]],
  ["a trailing one is itself", "C:\\Temp\\", [literal("C:\\Temp\\")]],
  ["wildcards", "a*b?c", [literal("a"), any, literal("b"), one, literal("c")]],
  ["escaped wildcards", "a\\*b\\?c", [literal("a*b?c")]],
  ["a backslash before a wildcard", "C:\\\\*", [literal("C:\\"), any]],
  ["a backslash before a plain star", "C:\\\\\\*", [literal("C:\\*")]],
  ["two stars are one", "a**", [literal("a"), any]],
  ["no placeholder without expand", "%name%", [literal("%name%")]],
  ["an empty string", "", []],
])("%s", (_name, text, tokens) => {
  expect(sigmaTokens(text, false)).toEqual(tokens);
});

test.each([
  ["a placeholder", "%Servers%", [{ type: "placeholder", name: "Servers" }]],
  ["a name with a dash", "%DC-NAME%$", [{ type: "placeholder", name: "DC-NAME" }, literal("$")]],
  ["an escaped percent sign", "\\%plain%name%", [literal("%plain"), { type: "placeholder", name: "name" }]],
  ["a lone percent sign", "100% sure", [literal("100% sure")]],
  ["two percent signs", "%%", [literal("%%")]],
])("with expand: %s", (_name, text, tokens) => {
  expect(sigmaTokens(text, true)).toEqual(tokens);
});

test("a pattern shows as it was meant", () => {
  expect(showPattern({ type: "pattern", tokens: sigmaTokens("a\\*b*c", false) })).toBe("a\\*b*c");
});
