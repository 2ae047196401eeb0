import type { PatternToken } from "../../rule/expression.ts";
import { tidy } from "../../rule/pattern.ts";

/** A pattern of `like`: `*` any run, `?` one character, and `\` takes the sign after it for itself. */
export function likeTokens(text: string): readonly PatternToken[] {
  const tokens: PatternToken[] = [];
  let from = 0;
  const flush = (end: number): void => {
    if (end > from) tokens.push({ type: "literal", text: text.slice(from, end) });
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "\\" && at + 1 < text.length) {
      flush(at);
      from = at + 1;
      at++;
    } else if (char === "*" || char === "?") {
      flush(at);
      tokens.push({ type: char === "*" ? "any" : "one" });
      from = at + 1;
    }
  }
  flush(text.length);
  return tidy(tokens);
}

/**
 * Names of the columns that a pattern of `dissect` makes: `%{name}`, also with `+` before or `->` behind it. `%{}` and
 * `%{?name}` throw away what they match. Source: Elastic, "Process data with DISSECT and GROK".
 */
export function dissectNames(pattern: string): readonly string[] {
  const names = [...pattern.matchAll(/%\{([^{}]*)\}/g)].map((one) => one[1] ?? "");
  return unique(
    names
      .filter((one) => one !== "" && !one.startsWith("?"))
      .map((one) =>
        one
          .replace(/^[+*&]+/, "")
          .replace(/->$/, "")
          .replace(/\/\d+$/, ""),
      ),
  );
}

/** Names of the columns that a pattern of `grok` makes: `%{SYNTAX:name}`, `%{SYNTAX:name:type}` and `(?<name>…)`. */
export function grokNames(pattern: string): readonly string[] {
  const found: { readonly at: number; readonly name: string }[] = [];
  for (const one of pattern.matchAll(/%\{([^{}]*)\}/g)) {
    found.push({ at: one.index, name: (one[1] ?? "").split(":")[1] ?? "" });
  }
  for (const one of pattern.matchAll(/\(\?<([A-Za-z_@][\w.@-]*)>/g)) found.push({ at: one.index, name: one[1] ?? "" });
  return unique(found.toSorted((a, b) => a.at - b.at).map((one) => one.name));
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((one) => one !== "");
}
