/** Escapes of double-quoted strings. The syntax page shows `\t` and `\\`; the others are those of C, as rules use them. */
const escapes: Readonly<Record<string, string>> = {
  "\\": "\\",
  '"': '"',
  "'": "'",
  "`": "`",
  "/": "/",
  n: "\n",
  r: "\r",
  t: "\t",
};

export interface Decoded {
  readonly value: string;
  /** Where the first escape stands that the language does not have, from the start of the inner text; null for none. */
  readonly unknown: number | null;
}

/** The value of a string between its double quotes. An unknown escape stays as written, backslash included. */
export function decodeString(inner: string): Decoded {
  if (!inner.includes("\\")) return { value: inner, unknown: null };
  const out: string[] = [];
  let unknown: number | null = null;
  let run = 0;
  for (let i = inner.indexOf("\\"); i >= 0; i = inner.indexOf("\\", i)) {
    const value = escapes[inner[i + 1] ?? ""];
    if (value === undefined) unknown ??= i;
    else {
      out.push(inner.slice(run, i), value);
      run = i + 2;
    }
    i += 2;
  }
  out.push(inner.slice(run));
  return { value: out.join(""), unknown };
}
