import type { Operator } from "../../rule/expression.ts";

/** A regular expression that asks for a plain text. */
export interface PlainRegex {
  readonly operator: Extract<Operator, "eq" | "contains" | "starts_with" | "ends_with">;
  readonly text: string;
  /** It says itself that case does not matter. */
  readonly ignoresCase: boolean;
}

/** Escaped, these mean themselves in every dialect. */
const sign = /[\\.[\](){}+*?^$|/ "'_:;&%=@#!<>,~`-]/u;

const meta = /[.[\](){}+*?^$|]/u;

/** Further operators of Lucene, whose expressions match the whole value. */
const luceneMeta = /[.[\](){}+*?^$|@&~<>#"]/u;

/**
 * What a regular expression looks for, where it is nothing but letters: `\\cmd\.exe$` is what ends with `\cmd.exe`.
 * Anything at its open ends may be written out (`.*`), as may the bracket that languages which match the whole value put
 * around it. null for one that says more: that is left alone.
 */
export function plainRegex(regex: string): PlainRegex | null {
  const ignoresCase = regex.startsWith("(?i)");
  let body = ignoresCase ? regex.slice(4) : regex;
  let [start, end, operators] = [false, false, meta];
  if (body.startsWith("^(?:") && body.endsWith(")$")) {
    body = body.slice(4, -2);
    // Where the whole value is matched, `.` is any character, so that `.*` opens an end again.
    [start, end, operators] = [!body.startsWith(".*"), !endsOpen(body), luceneMeta];
  } else {
    start = body.startsWith("^");
    if (start) body = body.slice(1);
    end = body.endsWith("$") && !isEscaped(body, body.length - 1);
    if (end) body = body.slice(0, -1);
    // Behind an anchor, `.*` does not run over the end of a line: that says more than an open end.
    if ((start && body.startsWith(".*")) || (end && endsOpen(body))) return null;
  }
  if (body.startsWith(".*")) body = body.slice(2);
  if (endsOpen(body)) body = body.slice(0, -2);
  const text = literalText(body, operators);
  if (text === null || text === "") return null;
  const operator = start ? (end ? "eq" : "starts_with") : end ? "ends_with" : "contains";
  return { operator, text, ignoresCase };
}

function endsOpen(body: string): boolean {
  return body.endsWith(".*") && !isEscaped(body, body.length - 2);
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === "\\") slashes++;
  return slashes % 2 === 1;
}

/** null where a character is more than itself. */
function literalText(body: string, operators: RegExp): string | null {
  let text = "";
  for (let i = 0; i < body.length; i++) {
    const char = body[i] ?? "";
    if (char === "\\") {
      const escaped = body[++i] ?? "";
      if (!sign.test(escaped)) return null;
      text += escaped;
    } else if (operators.test(char)) return null;
    else text += char;
  }
  return text;
}
