import type { PatternToken } from "../../rule/expression.ts";
import { tidy } from "../../rule/pattern.ts";

/** What is wrong with an escape: `dropped`, the backslash is lost; `unicode`, four hexadecimal digits are missing. */
export type EscapeFault = "dropped" | "unicode";

/**
 * A word with its escapes undone: a backslash takes any character for itself, and `\uXXXX` is a code unit. `*` and `?`
 * without one are wildcards; white space between several words counts as one space.
 */
export function decodeWords(text: string): readonly PatternToken[] {
  if (!/[\\*?\s]/.test(text)) return [{ type: "literal", text }];
  const tokens: PatternToken[] = [];
  let from = 0;
  let at = 0;
  const flush = (): void => {
    if (at > from) tokens.push({ type: "literal", text: text.slice(from, at) });
  };
  while (at < text.length) {
    const char = text[at] ?? "";
    if (char === "\\") {
      flush();
      const escaped = readEscape(text, at);
      tokens.push({ type: "literal", text: escaped.text });
      at = from = escaped.end;
    } else if (char === "*" || char === "?") {
      flush();
      tokens.push({ type: char === "*" ? "any" : "one" });
      from = ++at;
    } else if (/\s/.test(char)) {
      flush();
      while (/\s/.test(text[at] ?? "")) at++;
      from = at;
      tokens.push({ type: "literal", text: " " });
    } else at++;
  }
  flush();
  return tidy(tokens);
}

/** Text with its escapes undone, in which nothing is a wildcard. */
export function decodeText(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", from)) {
    const escaped = readEscape(text, at);
    parts.push(text.slice(from, at), escaped.text);
    from = escaped.end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

function readEscape(text: string, at: number): { readonly text: string; readonly end: number } {
  const digits = text.slice(at + 2, at + 6);
  if (text[at + 1] === "u" && /^[0-9a-f]{4}$/i.test(digits)) {
    return { text: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 6 };
  }
  return { text: text.slice(at + 1, at + 2), end: Math.min(at + 2, text.length) };
}

/** Tells `report` of the escapes in a text that were probably not meant so, each with its place. */
export function checkEscapes(text: string, report: (fault: EscapeFault, at: number) => void): void {
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", at + 2)) {
    const next = text[at + 1] ?? "";
    if (next === "u") {
      if (!/^[0-9a-f]{4}$/i.test(text.slice(at + 2, at + 6))) report("unicode", at);
    } else if (/[a-z0-9]/i.test(next)) report("dropped", at);
  }
}
