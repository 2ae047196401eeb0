/**
 * A regular expression of Lucene, as `luceneRegexFor` writes them, in which each letter stands for both of its cases. What
 * has a backslash before it is never a letter there.
 */
export function foldedRegex(text: string): string {
  let out = "";
  let inClass = false;
  const chars = [...text];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? "";
    if (char === "\\") {
      out += char + (chars[++at] ?? "");
      continue;
    }
    if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    const end = chars[at + 2];
    if (inClass && chars[at + 1] === "-" && end !== undefined && end !== "]") {
      out += foldedRange(char, end);
      at += 2;
      continue;
    }
    const [lower, upper] = [char.toLowerCase(), char.toUpperCase()];
    const both = lower !== upper && [...lower].length === 1 && [...upper].length === 1;
    out += !both ? char : inClass ? lower + upper : `[${lower}${upper}]`;
  }
  return out;
}

function foldedRange(from: string, to: string): string {
  const range = `${from}-${to}`;
  if (/^[a-z]-[a-z]$/u.test(range)) return `${range}${range.toUpperCase()}`;
  if (/^[A-Z]-[A-Z]$/u.test(range)) return `${range}${range.toLowerCase()}`;
  return range;
}
