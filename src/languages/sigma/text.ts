import type { PatternToken } from "../../rule/expression.ts";
import { tidy } from "../../rule/pattern.ts";

/**
 * The tokens of a Sigma string. `*` and `?` are wildcards; a backslash is itself unless `*`, `?` or another backslash
 * follows (Sigma Rules Specification, "Escaping"). With `placeholders`, `%name%` stands for a value from outside and
 * `\%` for a percent sign ("Placeholders").
 */
export function sigmaTokens(text: string, placeholders: boolean): readonly PatternToken[] {
  const tokens: PatternToken[] = [];
  let literal = "";
  const close = (): void => {
    if (literal !== "") tokens.push({ type: "literal", text: literal });
    literal = "";
  };
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const next = text.charAt(i + 1);
    if (char === "\\" && (next === "*" || next === "?" || next === "\\" || (placeholders && next === "%"))) {
      literal += next;
      i++;
    } else if (char === "*" || char === "?") {
      close();
      tokens.push({ type: char === "*" ? "any" : "one" });
    } else if (char === "%" && placeholders) {
      const end = nameEnd(text, i + 1);
      if (end === null) literal += char;
      else {
        close();
        tokens.push({ type: "placeholder", name: text.slice(i + 1, end) });
        i = end;
      }
    } else literal += char;
  }
  close();
  return tidy(tokens);
}

/** Longest placeholder name that is looked for; keeps a text of nothing but percent signs linear. */
const longestName = 128;

/** Where the placeholder name that starts at `start` meets its closing `%`. */
function nameEnd(text: string, start: number): number | null {
  for (let i = start; i < text.length && i - start <= longestName; i++) {
    const char = text.charAt(i);
    if (char === "%") return i > start ? i : null;
    if (!/[\p{L}\p{N}_.-]/u.test(char)) return null;
  }
  return null;
}
