const named: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
};

/** A string of EQL; control characters are written as escapes, since a string ends with its line. */
export function eqlString(text: string): string {
  const inner = text.replace(
    /["\\\p{Cc}\u2028\u2029]/gu,
    (char) => named[char] ?? `\\u{${char.charCodeAt(0).toString(16).padStart(2, "0")}}`,
  );
  return `"${inner}"`;
}

const reserved: ReadonlySet<string> = new Set(
  "and any by false in join like maxspan not null of or regex runs sample sequence true until where with".split(" "),
);

/** A field, with backticks around the parts of its name that could be taken for something else. */
export function eqlField(name: string): string {
  return name
    .split(".")
    .map((part) =>
      /^[A-Za-z_@][A-Za-z0-9_@]*$/u.test(part) && !reserved.has(part.toLowerCase())
        ? part
        : `\`${part.replaceAll("`", "``")}\``,
    )
    .join(".");
}
