/** Authors stand in one text, with commas between them; what stands in brackets belongs to the author before. */
export function authorsOf(text: string): readonly string[] {
  const authors: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const char = text[i];
    if (char === "(") depth++;
    else if (char === ")") depth = Math.max(0, depth - 1);
    else if (char === undefined || (char === "," && depth === 0)) {
      authors.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return authors.filter((one) => one !== "");
}
