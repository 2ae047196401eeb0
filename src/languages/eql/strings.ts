import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { span } from "../../kit/span.ts";

/** Escapes of one character. The quotes and the four control characters are those of the syntax reference. */
const escapes: Readonly<Record<string, string>> = {
  "\\": "\\",
  '"': '"',
  "'": "'",
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
};

const unicode = /u(?:\{([0-9A-Fa-f]{1,8})\}|([0-9A-Fa-f]{4}))/y;

/**
 * The value of a string between its quotes. `offset` is where `inner` begins in the text, for diagnostics.
 * An escape that EQL does not have stays as written, backslash included.
 */
export function decodeString(inner: string, offset: number, diagnostics: Diagnostic[]): string {
  if (!inner.includes("\\")) return inner;
  const out: string[] = [];
  let run = 0;
  for (let i = inner.indexOf("\\"); i >= 0; i = inner.indexOf("\\", i)) {
    const found = readEscape(inner, i);
    if (found === null) {
      const where = span(offset + i, offset + Math.min(i + 2, inner.length));
      diagnostics.push(
        diagnostic(
          "eql/unknown-escape",
          "error",
          'One of \\\\ \\" \\n \\r \\t \\u{…} was expected.',
          where,
          "A backslash itself is written \\\\, or in a raw string.",
        ),
      );
      i += 2;
      continue;
    }
    out.push(inner.slice(run, i), found.value);
    i = found.end;
    run = i;
  }
  out.push(inner.slice(run));
  return out.join("");
}

function readEscape(inner: string, at: number): { value: string; end: number } | null {
  const simple = escapes[inner[at + 1] ?? ""];
  if (simple !== undefined) return { value: simple, end: at + 2 };
  unicode.lastIndex = at + 1;
  const found = unicode.exec(inner);
  if (found === null) return null;
  const point = Number.parseInt(found[1] ?? found[2] ?? "", 16);
  return point > 0x10ffff ? null : { value: String.fromCodePoint(point), end: unicode.lastIndex };
}
