/** What is known of a group while it is read. */
interface Group {
  /** One of the alternatives before the last `|` matches the empty string. */
  any: boolean;
  /** The pieces of the current alternative do, but for the last one. */
  all: boolean;
  /** The last piece does: a repetition behind it may still change that. */
  last: boolean;
}

/** Escapes that take no character and hold in an empty text: its ends, and "no end of a word". */
const emptyEscapes: ReadonlySet<string> = new Set(["A", "z", "B"]);
const repetition = /\{(\d{1,4})(?:,\d{0,4})?\}/y;
const property = /[pPx](?:\{[^}]{0,40}\}|.)/sy;
const named = /\[:\^?[a-z]{1,10}:\]/y;
/** `(`, `(?:`, `(?i:`, `(?P<name>`, or flags alone: `(?i)`. */
const opening = /\((?:\?(?:P?<\w{1,100}>|[a-zA-Z-]{0,10}([:)])))?/y;

/**
 * Does a regular expression (RE2) find something in the empty string? One pass, whatever it says: nothing is run. A
 * pattern that is none matches nothing. The expressions above are bounded, so that each looks at no more than a few characters.
 */
export function matchesEmpty(pattern: string): boolean {
  let group: Group = { any: false, all: true, last: true };
  const outer: Group[] = [];
  const piece = (empty: boolean): void => {
    group.all &&= group.last;
    group.last = empty;
  };
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? "";
    switch (char) {
      case "(": {
        const found = matchAt(opening, pattern, at);
        at += (found?.[0].length ?? 1) - 1;
        if (found?.[1] === ")") break;
        outer.push(group);
        group = { any: false, all: true, last: true };
        break;
      }
      case ")": {
        const inner = group.any || (group.all && group.last);
        const around = outer.pop();
        if (around === undefined) return false;
        group = around;
        piece(inner);
        break;
      }
      case "|":
        group = { any: group.any || (group.all && group.last), all: true, last: true };
        break;
      case "*":
      case "?":
        group.last = true;
        break;
      case "+":
        break;
      case "{": {
        const found = matchAt(repetition, pattern, at);
        if (found === null) piece(false);
        else at += found[0].length - 1;
        if (Number(found?.[1] ?? 1) === 0) group.last = true;
        break;
      }
      case "^":
      case "$":
        piece(true);
        break;
      case "[":
        at = classEnd(pattern, at);
        piece(false);
        break;
      case "\\":
        piece(emptyEscapes.has(pattern[at + 1] ?? ""));
        at += matchAt(property, pattern, at + 1)?.[0].length ?? 1;
        break;
      default:
        piece(false);
    }
  }
  return outer.length === 0 && (group.any || (group.all && group.last));
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

/** Where the bracket stands that closes a class: one right behind the opening is a member, as in `[]a]` and `[^]a]`. */
function classEnd(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === "^") at++;
  if (pattern[at] === "]") at++;
  while (at < pattern.length && pattern[at] !== "]") {
    if (pattern[at] === "\\") at += 2;
    else at += matchAt(named, pattern, at)?.[0].length ?? 1;
  }
  return at;
}
