/** One word, name, literal or sign of an AQL text. `value` is what it stands for, without quotation marks. */
export interface AqlToken {
  readonly type: "word" | "name" | "string" | "number" | "sign" | "end";
  readonly value: string;
  /** Where it begins, in UTF-16 code units. */
  readonly at: number;
}

export interface AqlProblem {
  readonly at: number;
  readonly message: string;
}

const wordStart = /[A-Za-z_]/u;
const wordPart = /[A-Za-z0-9_]/u;
const digit = /[0-9]/u;
const space = /[ \t\r\n]/u;
const twoSigns: ReadonlySet<string> = new Set(["!=", "==", "<=", ">="]);
const oneSign = "=<>+-*/%^(),";

/**
 * Splits a text into tokens, and says what is none.
 *
 * - Texts stand in single quotation marks, names that need it in double ones.
 *   https://www.ibm.com/docs/en/qsip/7.6.0?topic=structure-quotation-marks
 * - A single quotation mark within a text is doubled, as IBM's own converter writes it; a backslash is a plain character.
 *   https://github.com/IBM/pySigma-backend-QRadar-AQL (test_QRadar_escaping_value),
 *   https://github.com/opencybersecurityalliance/stix-shifter/issues/362
 * - For a double quotation mark within a name, and for control characters within quotation marks, nobody shows a way:
 *   they are refused.
 * - A comment stands between slash-star and star-slash, and neither before nor behind the whole query.
 *   https://www.ibm.com/support/pages/node/6959337
 */
export function tokenize(text: string): { readonly tokens: readonly AqlToken[]; readonly problems: AqlProblem[] } {
  const tokens: AqlToken[] = [];
  const problems: AqlProblem[] = [];
  let lastComment = -1;
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (space.test(char)) at++;
    else if (text.startsWith("/*", at)) {
      if (tokens.length === 0) problems.push({ at, message: "A comment must not stand before the query." });
      lastComment = at;
      at = commentEnd(text, at, problems);
    } else if (char === "'" || char === '"') {
      const quoted = readQuoted(text, at, problems);
      tokens.push({ type: char === "'" ? "string" : "name", value: quoted.value, at });
      at = quoted.end;
    } else if (wordStart.test(char)) {
      const end = endOf(text, at, wordPart);
      tokens.push({ type: "word", value: text.slice(at, end), at });
      at = end;
    } else if (digit.test(char)) {
      const end = numberEnd(text, at);
      if (wordStart.test(text[end] ?? "")) problems.push({ at, message: "A name must not begin with a digit." });
      tokens.push({ type: "number", value: text.slice(at, end), at });
      at = end;
    } else {
      const two = text.slice(at, at + 2);
      const sign = twoSigns.has(two) ? two : char;
      if (sign.length === 1 && !oneSign.includes(sign)) {
        problems.push({ at, message: `AQL has no ${JSON.stringify(sign)} here.` });
      } else tokens.push({ type: "sign", value: sign, at });
      at += sign.length;
    }
  }
  if (lastComment > (tokens.at(-1)?.at ?? -1) && tokens.length > 0) {
    problems.push({ at: lastComment, message: "A comment must not stand behind the query." });
  }
  tokens.push({ type: "end", value: "", at: text.length });
  return { tokens, problems };
}

function endOf(text: string, from: number, part: RegExp): number {
  let at = from;
  while (at < text.length && part.test(text[at] ?? "")) at++;
  return at;
}

function numberEnd(text: string, from: number): number {
  const whole = endOf(text, from, digit);
  return text[whole] === "." && digit.test(text[whole + 1] ?? "") ? endOf(text, whole + 1, digit) : whole;
}

function commentEnd(text: string, from: number, problems: AqlProblem[]): number {
  const end = text.indexOf("*/", from + 2);
  if (end >= 0) return end + 2;
  problems.push({ at: from, message: "A comment has no end." });
  return text.length;
}

function readQuoted(
  text: string,
  from: number,
  problems: AqlProblem[],
): { readonly value: string; readonly end: number } {
  const quote = text[from] ?? "";
  const parts: string[] = [];
  let start = from + 1;
  for (;;) {
    const close = text.indexOf(quote, start);
    if (close < 0) {
      problems.push({ at: from, message: `A ${quote} is never closed.` });
      parts.push(text.slice(start));
      start = text.length;
      break;
    }
    parts.push(text.slice(start, close));
    start = close + 1;
    if (text[start] !== quote) break;
    if (quote === '"') problems.push({ at: start, message: "A name must not hold a double quotation mark." });
    parts.push(quote);
    start++;
  }
  const value = parts.join("");
  const control = [...value].findIndex((char) => char < " " || char === "\u007f");
  if (control >= 0) problems.push({ at: from, message: "A control character must not stand in quotation marks." });
  if (quote === '"' && value === "") problems.push({ at: from, message: "A name must not be empty." });
  return { value, end: start };
}
