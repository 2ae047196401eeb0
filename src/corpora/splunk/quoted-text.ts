/**
 * Indents quoted text of top-level keys that goes on in the first column. YAML 1.2 forbids that (§7.3), the parser that
 * Splunk's own tools use reads it. Leading blanks of such lines are folded away, so the value stays what was meant.
 * Null where there is nothing to indent; `at` is the first such line in the original text.
 */
export function indentQuotedText(text: string): { readonly text: string; readonly at: number } | null {
  const lines = text.split("\n");
  const out: string[] = [];
  let quote: string | null = null;
  let offset = 0;
  let at: number | null = null;
  for (const line of lines) {
    if (quote === null) {
      const opening = /^[A-Za-z_][A-Za-z0-9_]*: *(['"])/.exec(line);
      if (opening !== null && !closes(line, opening[0].length, opening[1] ?? "")) quote = opening[1] ?? null;
      out.push(line);
    } else {
      const unindented = /^[^\s]/.test(line);
      if (unindented) at ??= offset;
      out.push(unindented ? ` ${line}` : line);
      if (closes(line, 0, quote)) quote = null;
    }
    offset += line.length + 1;
  }
  return at === null || quote !== null ? null : { text: out.join("\n"), at };
}

/** Does the quoted text that runs at `from` end on this line? A doubled `'` and a `"` after a backslash do not end it. */
function closes(line: string, from: number, quote: string): boolean {
  for (let i = from; i < line.length; i++) {
    if (quote === '"' && line[i] === "\\") i++;
    else if (line[i] === quote) {
      if (quote === "'" && line[i + 1] === "'") i++;
      else return true;
    }
  }
  return false;
}
