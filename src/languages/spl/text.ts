/**
 * What a word or a quoted text of a search means: quotes off, `\\` a backslash, `\"` a quote. A backslash before any
 * other character stands for itself, so that regular expressions and `\*` keep theirs.
 */
export function unquoteSearch(text: string): string {
  const quoted = text.length > 1 && text.startsWith('"') && text.endsWith('"');
  return unescapeBackslashes(quoted ? text.slice(1, -1) : text.startsWith('"') ? text.slice(1) : text);
}

/** The same for where and eval, in which single quotes enclose a field name. */
export function unquoteEval(text: string): string {
  if (text.startsWith("'")) return text.slice(1, text.length > 1 && text.endsWith("'") ? -1 : undefined);
  return unquoteSearch(text);
}

function unescapeBackslashes(text: string): string {
  if (!text.includes("\\")) return text;
  let out = "";
  for (let at = 0; at < text.length; at++) {
    const next = text[at + 1];
    if (text[at] === "\\" && (next === "\\" || next === '"')) at++;
    out += text[at];
  }
  return out;
}

/** The number that an unquoted text spells, if it is one in its plain decimal form; otherwise the text itself. */
export function numberOrText(text: string): number | string {
  const value = Number(text);
  return text !== "" && String(value) === text && Number.isFinite(value) ? value : text;
}
