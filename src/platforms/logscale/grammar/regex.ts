import { refuse } from "./reader.ts";

/**
 * The dialect of regular expressions, by the lists of what is supported and what is not
 * (library.humio.com/data-analysis/syntax-regex-syntax.html, …/syntax-regex-unsupported.html): look-ahead and lazy
 * repetition, but no look-behind, no back-references, no atomic groups, no possessive repetition, no classes by
 * property, no classes within classes. Every group works as a group without capture, unless it is named.
 */
const escaped =
  /\\(?:0[0-3]?[0-7]{1,2}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|c[A-Z@[\]^_]|[tnrfadDsSwWbBAZz]|Q[\s\S]*?(?:\\E|$)|[^A-Za-z0-9])/y;
const escapedInClass =
  /\\(?:0[0-3]?[0-7]{1,2}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|c[A-Z@[\]^_]|[tnrfadDsSwW]|[^A-Za-z0-9])/y;
const groupStart = /\((?:(?!\?)|\?(?::|=|!|P?<[^<>=!)\s]+>|[A-Za-z]+:|[A-Za-z]+\)))/y;
const repetition = /[*?+]|\{[0-9]+(?:,[0-9]*)?\}/y;

/** `at` is where the body stands in the query. */
export function checkRegex(body: string, at: number): void {
  let here = 0;
  let open = 0;
  /** Something stands here that can be repeated. */
  let repeatable = false;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = here;
    return pattern.exec(body)?.[0] ?? null;
  };
  while (here < body.length) {
    const char = body[here];
    if (char === "\\") {
      const found = match(escaped) ?? refuse(at + here, `Regular expressions have no \\${body[here + 1] ?? ""}.`);
      here += found.length;
      repeatable = !/^\\[bBAZz]$/u.test(found);
    } else if (char === "(") {
      const found =
        match(groupStart) ?? refuse(at + here, `Regular expressions have no ${body.slice(here, here + 4)}.`);
      here += found.length;
      if (!found.endsWith(")")) open++;
      repeatable = false;
    } else if (char === ")") {
      if (open === 0) refuse(at + here, "A closing bracket too many in a regular expression.");
      open--;
      here++;
      repeatable = true;
    } else if (char === "[") {
      here = classEnd(body, here, at);
      repeatable = true;
    } else if (char === "*" || char === "+" || char === "?" || char === "{") {
      const found = match(repetition) ?? refuse(at + here, "A { that is no repetition must be escaped.");
      if (!repeatable) refuse(at + here, "Nothing stands before a repetition.");
      here += found.length;
      if (body[here] === "?" && found !== "+") here++;
      repeatable = false;
    } else {
      here++;
      repeatable = char !== "|" && char !== "^" && char !== "$";
    }
  }
  if (open > 0) refuse(at, "A bracket is not closed in a regular expression.");
}

function classEnd(body: string, start: number, at: number): number {
  let here = start + (body[start + 1] === "^" ? 2 : 1);
  if (body[here] === "]") refuse(at + here, "A class of characters is empty.");
  while (body[here] !== "]") {
    if (here >= body.length) refuse(at + start, "A class of characters is not closed.");
    if (body[here] === "[") refuse(at + here, "A [ within a class of characters must be escaped.");
    if (body.startsWith("&&", here)) refuse(at + here, "Classes of characters cannot be intersected.");
    if (body[here] === "\\") {
      escapedInClass.lastIndex = here;
      const found = escapedInClass.exec(body)?.[0];
      if (found === undefined) refuse(at + here, `Classes of characters have no \\${body[here + 1] ?? ""}.`);
      here += found.length;
    } else {
      here++;
    }
  }
  return here + 1;
}
