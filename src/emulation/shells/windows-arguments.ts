/** One argument of a command line, with its place in it. */
export interface WindowsArgument {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The arguments that a Windows program finds in its command line, by the rules of Microsoft's C runtime: blanks part
 * them outside quotes, `\"` is a quote, backslashes count double only before a quote, and `""` within quotes is one quote.
 * Source: https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments
 */
export function splitWindowsArguments(line: string): readonly WindowsArgument[] {
  const found: WindowsArgument[] = [];
  let at = 0;
  while (at < line.length) {
    if (isBlank(line[at])) {
      at++;
      continue;
    }
    const start = at;
    const parts: string[] = [];
    let quoted = false;
    // The program's own name knows no escapes.
    const isName = found.length === 0;
    while (at < line.length && (quoted || !isBlank(line[at]))) {
      const char = line[at] ?? "";
      if (char === "\\" && !isName) {
        const run = runOf(line, at);
        const quoteNext = line[at + run] === '"';
        parts.push("\\".repeat(quoteNext ? run >> 1 : run));
        at += run;
        if (quoteNext && run % 2 === 1) {
          parts.push('"');
          at++;
        }
      } else if (char === '"') {
        if (quoted && line[at + 1] === '"' && !isName) {
          parts.push('"');
          at++;
        } else quoted = !quoted;
        at++;
      } else {
        parts.push(char);
        at++;
      }
    }
    found.push({ value: parts.join(""), start, end: at });
  }
  return found;
}

function runOf(line: string, from: number): number {
  let at = from;
  while (line[at] === "\\") at++;
  return at - from;
}

function isBlank(char: string | undefined): boolean {
  return char === " " || char === "\t" || char === "\n" || char === "\r";
}

/** `C:\Windows\System32\CMD.EXE` → `cmd`. */
export function windowsProgram(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1).toLowerCase();
  return name.endsWith(".exe") || name.endsWith(".com") ? name.slice(0, -4) : name;
}
