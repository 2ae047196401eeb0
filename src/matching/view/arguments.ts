/** Arguments of one command line that are told apart at most. */
const most = 4_096;

/**
 * The arguments of a command line. Blanks part them, save in double quotes; `\"` is a quote, and backslashes count two for
 * one only in front of a quote, as Windows programs read their line:
 * https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments
 * Lines of Unix, as audit logs join them, hold no quotes that were not in the arguments.
 */
export function argumentsOf(line: string): readonly string[] {
  const found: string[] = [];
  let current = "";
  let started = false;
  let quoted = false;
  let slashes = 0;
  for (let at = 0; at < line.length && found.length < most; at++) {
    const sign = line[at] ?? "";
    if (sign === "\\") {
      slashes++;
      started = true;
      continue;
    }
    if (sign === '"') {
      current += "\\".repeat(slashes >> 1);
      const escaped = slashes % 2 === 1;
      slashes = 0;
      started = true;
      if (escaped) current += '"';
      else if (quoted && line[at + 1] === '"') {
        current += '"';
        at++;
      } else quoted = !quoted;
      continue;
    }
    current += "\\".repeat(slashes);
    slashes = 0;
    if (!quoted && (sign === " " || sign === "\t")) {
      if (started) found.push(current);
      current = "";
      started = false;
      continue;
    }
    current += sign;
    started = true;
  }
  current += "\\".repeat(slashes);
  if (started && found.length < most) found.push(current);
  return found;
}
